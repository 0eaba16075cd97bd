"""Some codes depend on the utterance before."""

from __future__ import annotations

import pytest

from .talk import codes_of_last


def test_a_sound_that_fills_the_utterance_encourages() -> None:
    assert codes_of_last("C: Then she left.", "T: Mm-hm. Okay. Go on.")["encourager"].value


def test_the_answer_to_a_question_is_no_encourager() -> None:
    assert not codes_of_last("C: Will you be here on Monday?", "T: Yes.")["encourager"].value


def test_a_long_row_of_sounds_is_no_encourager() -> None:
    assert not codes_of_last("T: yeah yeah yeah yeah yeah yeah yeah")["encourager"].value


def test_reassurance_right_after_a_feeling_is_marked_as_such() -> None:
    lines = ("C: I'm so scared of tomorrow.", "T: Don't worry.")
    assert codes_of_last(*lines)["premature_reassurance"].value == "after_opening"


def test_reassurance_elsewhere_is_marked_as_such() -> None:
    lines = ("C: We painted the fence.", "T: Don't worry.")
    assert codes_of_last(*lines)["premature_reassurance"].value == "elsewhere"


def test_a_short_answer_alone_is_not_withdrawal() -> None:
    assert not codes_of_last("C: Fine.")["withdrawal"].value
    assert not codes_of_last("T: Did you eat?", "C: No.")["withdrawal"].value


def test_a_short_answer_to_an_open_question_is_a_minimal_response() -> None:
    code = codes_of_last("T: What was it like to see him?", "C: I don't know.")["withdrawal"]
    assert code.value == "minimal_response"


@pytest.mark.parametrize(
    "question", ["How are you?", "What about Monday?", "What year was it?", "So it was hard, yeah?"]
)
def test_questions_that_ask_for_little_may_be_answered_with_little(question: str) -> None:
    assert not codes_of_last(f"T: {question}", "C: Fine.")["withdrawal"].value


def test_an_open_question_is_known_without_punctuation() -> None:
    code = codes_of_last("T: what was it like to see him", "C: dunno")["withdrawal"]
    assert code.value == "minimal_response"


def test_the_third_short_answer_in_a_row_is_a_minimal_response() -> None:
    run = ["T: Did you eat?", "C: No.", "T: Did you sleep?", "C: No."]
    assert not codes_of_last(*run)["withdrawal"].value
    third = codes_of_last(*run, "T: Did you call her?", "C: No.")["withdrawal"]
    assert third.value == "minimal_response"


def test_yes_but_after_a_suggestion_rejects_and_after_a_question_answers() -> None:
    answer = "C: Yes, but it's too far."
    suggested = codes_of_last("T: You could walk there.", answer)["confrontation"]
    asked = codes_of_last("T: Could you walk there?", answer)["confrontation"]
    assert (suggested.value, asked.value) == ("rejects_intervention", None)
