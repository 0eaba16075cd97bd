"""Rules take time in proportion to the text, whatever the text."""

from __future__ import annotations

from time import process_time

import pytest

from holdfast.coding.rules import code_by_rules
from holdfast.session import Role, Session, Utterance

from .talk import conversation

WORST = {
    "one word": "x",
    "the beginning of many phrases": "i ",
    "almost a phrase": "i feel so really just ",
    "gaps": "can't take do you can't stand ",
    "spaces": "   ",
    "ends of sentences": ". ? ",
    "apostrophes": "'",
    "matches": "i was sad. ",
}


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.CLIENT])
@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str, role: Role) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        session = Session((Utterance(0, "Lee", text, line=1, role=role),))
        began = process_time()
        code_by_rules(session)
        return process_time() - began

    seconds(100)
    small, large = seconds(20_000), seconds(200_000)
    assert large < 40 * small + 0.2


def test_an_utterance_of_ten_megabytes_does_not_hang() -> None:
    text = "it was a long day and we talked about the garden and the dog " * 165_000
    session = Session((Utterance(0, "Lee", text, line=1, role=Role.CLIENT),))
    began = process_time()
    code_by_rules(session)
    assert process_time() - began < 30


def test_a_session_of_six_hundred_utterances_takes_well_under_a_second() -> None:
    lines = [
        "T: So the evenings are when it gets hard, and you feel that you have to hold it together.",
        "C: Yeah, I was so worried, and then I just sat there and didn't know what to say to her.",
    ] * 300
    session = conversation(*lines)
    code_by_rules(session)
    began = process_time()
    code_by_rules(session)
    assert process_time() - began < 0.5
