from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.codes import Code
from holdfast.indicators import INDICATORS, Response
from holdfast.indicators.answers import sentence
from holdfast.indicators.opened import Opening, openings

FELT = (
    "C",
    "I felt so ashamed in front of my sister.",
    {"empathic_opportunity": "stated", "words": (7, 17)},
)
UNSURE = Code("behaviour", "other", 0.4, unsure=True)


def answer(coded: Any, text: str, **codes: Any) -> Response | None:
    (found,) = openings(coded(FELT, ("T", text, codes)))
    return found.response


@pytest.mark.parametrize(
    ("text", "codes", "response"),
    [
        ("It weighed on you all evening.", {"reflection": "complex"}, "met"),
        ("That must have been awful.", {}, "met"),
        ("No wonder you left early. Who was there?", {"question": "closed"}, "met"),
        ("Ashamed.", {}, "met"),
        ("What did your sister do?", {"question": "open"}, "explored"),
        ("Can you tell me more?", {"question": "closed"}, "explored"),
        ("Mm-hm.", {"encourager": "present"}, "acknowledged"),
        ("All right then.", {}, "acknowledged"),
        (
            "Right, and do you feel sick? Then take one at noon.",
            {"question": "closed", "input": "advice"},
            "missed",
        ),
        ("How many hours do you sleep?", {"question": "closed"}, "missed"),
        ("You could write a list every morning.", {"input": "advice"}, "missed"),
        ("Let us turn to the form from last week.", {}, "missed"),
        (
            "Don't worry, that must happen to everyone.",
            {"premature_reassurance": "present"},
            "missed",
        ),
        ("But why would you go there at all, being ashamed?", {"judging": "judging"}, "missed"),
        (
            "You felt small. Don't worry, it will pass.",
            {"reflection": "simple", "premature_reassurance": "present"},
            "met",
        ),
        ("I was thinking of the calendar too.", {"behaviour": UNSURE}, "unclear"),
    ],
)
def test_the_table_of_answers_row_by_row(coded: Any, text: str, codes: Any, response: str) -> None:
    assert answer(coded, text, **codes) == response


def test_an_opening_points_at_both_utterances_and_at_the_feeling(coded: Any) -> None:
    told = coded(
        ("T", "How was it?"),
        FELT,
        ("T", "Okay."),
        ("T", "You felt small.", {"reflection": "simple"}),
    )
    assert openings(told) == (Opening(1, "stated", (7, 17), 3, Response.MET),)
    assert FELT[1][7:17] == "so ashamed"


def test_a_turn_is_as_good_as_its_best_utterance(coded: Any) -> None:
    told = coded(
        FELT,
        ("T", "Right."),
        ("T", "Did you bring the form today, by chance?", {"question": "closed"}),
    )
    assert openings(told)[0].response is Response.ACKNOWLEDGED


def test_a_word_that_gives_the_floor_back_leaves_the_answer_to_the_turn_after(coded: Any) -> None:
    mm = ("T", "Mm.", {"encourager": "present"})
    on = ("C", "And she only laughed.")
    reflected = ("T", "You felt small.", {"reflection": "simple"})
    elsewhere = ("T", "Let us turn to the form from last week.")
    answers = [
        openings(coded(FELT, mm, on, after))[0] for after in (reflected, elsewhere, ("O", "Tea?"))
    ]
    assert [(one.response, one.response_index) for one in answers] == [
        ("met", 3),
        ("acknowledged", 1),
        ("acknowledged", 1),
    ]


def test_only_one_turn_after_the_floor_was_given_back_is_read(coded: Any) -> None:
    mm, on = ("T", "Mm.", {"encourager": "present"}), ("C", "And she only laughed.")
    told = coded(FELT, mm, on, mm, on, ("T", "You felt small.", {"reflection": "simple"}))
    assert openings(told)[0].response is Response.ACKNOWLEDGED


def test_several_openings_in_one_turn_count_as_one_the_stated_first(coded: Any) -> None:
    hinted = ("C", "It was a long night.", {"empathic_opportunity": "hinted"})
    told = coded(hinted, FELT, FELT, ("T", "Mm.", {"encourager": "present"}), hinted)
    assert [(one.index, one.kind) for one in openings(told)] == [(1, "stated"), (4, "hinted")]


def test_an_opening_at_the_end_has_no_answer_and_no_part_in_the_shares(coded: Any) -> None:
    told = coded(FELT)
    assert openings(told) == (Opening(0, "stated", (7, 17), None, None),)
    assert INDICATORS["openings"](told).value == 1
    assert INDICATORS["openings_missed_share"](told).n == 0


def test_a_third_person_in_between_is_no_answer(coded: Any) -> None:
    assert openings(coded(FELT, ("O", "Tea?"), ("T", "You felt small.")))[0].response is None


def test_an_unsure_opening_is_left_out(coded: Any) -> None:
    code = Code("empathic_opportunity", "hinted", unsure=True)
    assert openings(coded(("C", "Well, it rained.", {"empathic_opportunity": code}))) == ()


def test_shares_stand_on_the_openings_with_a_clear_answer(coded: Any) -> None:
    told = coded(
        *[FELT, ("T", "You felt small.", {"reflection": "simple"})] * 2,
        *[FELT, ("T", "Tell me more?", {"question": "open"})],
        *[FELT, ("T", "Mm.", {"encourager": "present"}), ("O", "Tea?")],
        *[FELT, ("T", "Here is the form for next week.", {"input": "information"})],
        *[FELT, ("T", "I was thinking of the calendar too.", {"behaviour": UNSURE})],
    )
    assert INDICATORS["openings"](told).value == 6
    shares = [
        INDICATORS[f"openings_{answer}_share"](told).value
        for answer in ("met", "taken_up", "missed")
    ]
    assert shares == pytest.approx([0.4, 0.6, 0.2])
    assert INDICATORS["openings_met_share"](told).n == 5


def test_without_openings_nothing_is_missed(coded: Any) -> None:
    found = INDICATORS["openings_missed_share"](coded(("C", "It rained."), ("T", "Yes.")))
    assert found.value is None
    assert found.missing == (
        "not enough talk: 0 openings with a clear answer, at least 5 are needed"
    )


BUS = "The bus was late again. I felt so ashamed at work! Then the bus came."
ON_THE_BUS = (
    "C",
    BUS,
    {
        "empathic_opportunity": "stated",
        "words": (BUS.index("so ashamed"), BUS.index(" at work")),
    },
)


@pytest.mark.parametrize(
    ("question", "response"),
    [
        ("Which bus do you take in the morning?", "missed"),
        ("Who was there at work?", "explored"),
        ("Ashamed of what?", "explored"),
        ("Would you say a bit more?", "explored"),
        ("And what would it be like, if they saw?", "explored"),
    ],
)
def test_a_question_explores_only_with_a_word_of_the_sentence_that_holds_the_feeling(
    coded: Any, question: str, response: str
) -> None:
    (found,) = openings(coded(ON_THE_BUS, ("T", question, {"question": "open"})))
    assert found.response == response


def test_other_lines_of_the_clients_turn_do_not_make_a_question_stay(coded: Any) -> None:
    told = coded(FELT, ("C", "Then the bus came."), ("T", "Which bus?", {"question": "open"}))
    assert openings(told)[0].response is Response.MISSED


@given(st.text("ab .!\n", max_size=30), st.data())
def test_the_sentence_of_a_feeling_holds_its_words(text: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentence(text, start, end)
    assert text[start:end].strip() in found
    assert found in text
