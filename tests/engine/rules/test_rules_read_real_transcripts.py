"""Whatever a transcript's spelling, the same words give the same codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.rules import code_by_rules
from holdfast.coding.rules.heard import listen
from holdfast.session import Role, Session, Utterance

from .talk import codes_of_last, conversation


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared.",
        "I’m scared.",
        "im scared",
        "I'M SCARED!",
        "Well, um — I'm, you know, so scared…",
        "I-I'm scared",
    ],
)
def test_spelling_does_not_change_what_is_heard(text: str) -> None:
    code = codes_of_last(f"C: {text}", "T: Don't worry.")["premature_reassurance"]
    assert code.value == "after_opening"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not angry.",
        "She was angry.",
        "I was never really angry.",
        "If I was angry, I'd say so.",
        "She thinks I'm angry.",
        "I don't think I'm angry.",
        "It doesn't make me angry.",
    ],
)
def test_a_feeling_denied_or_another_persons_opens_nothing(text: str) -> None:
    code = codes_of_last(f"C: {text}", "T: Don't worry.")["premature_reassurance"]
    assert code.value == "elsewhere"


@pytest.mark.parametrize("text", ["I-I don't think you understand…", "i dont think you understand"])
def test_the_words_that_matched_are_told_as_they_were_written(text: str) -> None:
    words = codes_of_last(f"C: {text}")["relationship_talk"].words
    assert words is not None
    assert text[slice(*words)] == text.removeprefix("I-").removesuffix("…")


@pytest.mark.parametrize("text", ["I don't want to be here anymore.", "Why must I stay alive?"])
def test_words_that_may_be_about_life_are_no_complaint_about_therapy(text: str) -> None:
    codes = codes_of_last(f"C: {text}")
    assert codes["confrontation"].value is None
    assert codes["relationship_talk"].value is None


def test_every_rule_code_for_the_role_is_there() -> None:
    therapist, client, other, unknown = code_by_rules(
        conversation("T: Hello.", "C: Hello.", "O: Hello.", "?: Hello.")
    )
    assert list(therapist) == [
        "encourager", "asking_for_feedback", "structure", "judging", "premature_reassurance",
    ]  # fmt: skip
    assert list(client) == ["relationship_talk", "withdrawal", "confrontation"]
    assert other == unknown == {}
    codes = [*therapist.values(), *client.values()]
    assert all(one.by == "rules" and one.p is None and one.value is None for one in codes)


@given(st.lists(st.text(), max_size=5), st.sampled_from([Role.THERAPIST, Role.CLIENT, None]))
def test_any_text_is_coded_and_every_match_lies_within_it(
    texts: list[str], role: Role | None
) -> None:
    session = Session(
        tuple(Utterance(i, "Lee", text, line=i + 1, role=role) for i, text in enumerate(texts))
    )
    coded = code_by_rules(session)
    assert len(coded) == len(texts)
    for text, codes in zip(texts, coded, strict=True):
        for code in codes.values():
            if code.words is not None:
                start, end = code.words
                assert 0 <= start < end <= len(text)


@given(st.text())
def test_words_are_found_where_they_stand(text: str) -> None:
    heard = listen(text)
    for word, place in heard.places():
        start, end = heard.characters(place, place + len(word) + 1)
        assert 0 <= start < end <= len(text)
        if word.isascii() and word != "|":
            assert listen(text[start:end]).tokens == (word,)
