"""Openings for empathy, and how they were answered."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators import INDICATORS, Response
from holdfast.indicators.opened import Opening, openings

MM = ("T", "Mm-hm.", {"encourager": "present"})
ON = ("C", "And she only laughed.")
NAMED = ("T", "You felt small in front of her.", {})
AHEAD = ("T", "And what else is on the list for this week?", {"question": "open"})
UNCODED = "not applicable: the session was coded without it"


def felt(
    answer: str | None = "met",
    *,
    kind: str = "stated",
    feeling: str = "shame_guilt",
    p: float = 1.0,
    unsure: bool = False,
) -> tuple[str, str, dict[str, Code]]:
    """Return a line that opens a feeling, with what a coder heard of it."""
    rest = round((1 - p) / 3, 6)
    alternatives = tuple(
        (label, p if label == answer else rest)
        for label in ("ignored", "acknowledged", "explored", "met")
    )
    response = (
        Code("response", None)
        if answer is None
        else Code("response", answer, p, unsure=unsure, alternatives=alternatives)
    )
    heard = Code("empathic_opportunity", kind, 0.9, alternatives=((kind, 0.9), ("none", 0.1)))
    return (
        "C",
        "I felt so ashamed in front of my sister.",
        {
            "empathic_opportunity": heard,
            "feeling": Code("feeling", feeling, 0.8, alternatives=((feeling, 0.8),)),
            "response": response,
        },
    )


def without(told: CodedSession, *names: str) -> CodedSession:
    """Return a session as a coder that doesn't know some codes leaves it."""
    kept = ({name: one for name, one in codes.items() if name not in names} for codes in told.codes)
    return CodedSession(told.session, tuple(kept), told.model, told.codebook)


@pytest.mark.parametrize(
    ("heard", "response"),
    [
        ("met", Response.MET),
        ("explored", Response.EXPLORED),
        ("acknowledged", Response.ACKNOWLEDGED),
        ("ignored", Response.MISSED),
    ],
)
def test_an_opening_has_the_answer_that_the_coder_heard(
    coded: Any, heard: str, response: Response
) -> None:
    told = coded(("T", "How was it?"), felt(heard), NAMED)
    assert openings(told) == (Opening(1, "stated", 2, response),)


def test_an_answer_of_which_the_coder_is_unsure_is_unclear_and_in_no_share(coded: Any) -> None:
    told = coded(felt("met", p=0.4, unsure=True), NAMED)
    assert openings(told)[0].response is Response.UNCLEAR
    assert INDICATORS["openings_met_share"](told).n == 0


def test_an_opening_at_the_end_has_no_answer_and_no_part_in_the_shares(coded: Any) -> None:
    told = coded(felt(None))
    assert openings(told) == (Opening(0, "stated", None, None),)
    assert INDICATORS["openings"](told).value == 1
    assert INDICATORS["openings_missed_share"](told).n == 0


def test_a_third_person_in_between_is_no_answer(coded: Any) -> None:
    assert openings(coded(felt("met"), ("O", "Tea?"), NAMED))[0].response is None


def test_several_openings_in_one_turn_count_as_one_the_stated_first(coded: Any) -> None:
    hinted = felt(kind="hinted")
    told = coded(hinted, felt(), felt(), MM, hinted)
    assert [(one.index, one.kind) for one in openings(told)] == [(1, "stated"), (4, "hinted")]


def test_an_unsure_opening_is_left_out(coded: Any) -> None:
    code = Code("empathic_opportunity", "hinted", unsure=True)
    assert openings(coded(("C", "Well, it rained.", {"empathic_opportunity": code}))) == ()


def test_the_line_that_answered_is_the_first_with_more_than_a_few_words(coded: Any) -> None:
    assert openings(coded(felt("met"), MM, NAMED))[0].response_index == 2
    assert openings(coded(felt("met"), MM, ON, NAMED))[0].response_index == 3
    assert openings(coded(felt("ignored"), MM, AHEAD))[0].response_index == 2


def test_a_sign_that_gives_the_floor_back_is_itself_the_acknowledgement(coded: Any) -> None:
    assert openings(coded(felt("acknowledged"), MM, ON, AHEAD))[0].response_index == 1


def test_openings_are_counted_by_kind_and_by_feeling(coded: Any) -> None:
    told = coded(
        *[felt(), NAMED] * 2,
        *[felt(kind="hinted", feeling="sadness"), NAMED],
        *[("C", "The bus was on time."), AHEAD],
    )
    counted = {
        name: INDICATORS[name](told).value
        for name in (
            "openings",
            "openings_stated",
            "openings_hinted",
            "openings_of_shame_guilt",
            "openings_of_sadness",
            "openings_of_anger",
        )
    }
    assert counted == {
        "openings": 3,
        "openings_stated": 2,
        "openings_hinted": 1,
        "openings_of_shame_guilt": 2,
        "openings_of_sadness": 1,
        "openings_of_anger": 0,
    }


def test_answers_are_counted_and_their_shares_add_up(coded: Any) -> None:
    heard = ("met", "met", "explored", "acknowledged", "ignored")
    told = coded(*[line for answer in heard for line in (felt(answer), NAMED)])
    ways = ("met", "explored", "acknowledged", "missed")
    assert [INDICATORS[f"openings_{way}"](told).value for way in ways] == [2, 1, 1, 1]
    shares = [INDICATORS[f"openings_{way}_share"](told).value for way in ways]
    assert shares == pytest.approx([0.4, 0.2, 0.2, 0.2])
    assert INDICATORS["openings_taken_up_share"](told).value == pytest.approx(0.6)


def test_four_openings_are_counted_and_too_few_for_a_share(coded: Any) -> None:
    told = coded(*[felt(), NAMED] * 4)
    assert INDICATORS["openings_met"](told).value == 4
    assert INDICATORS["openings_met_share"](told).missing == (
        "not enough talk: 4 openings with a clear answer, at least 5 are needed"
    )


@pytest.mark.usefixtures("independent_errors")
def test_the_coders_doubt_makes_an_interval(coded: Any) -> None:
    told = coded(*[felt(p=0.7), NAMED] * 10)
    share = INDICATORS["openings_met_share"](told)
    assert share.value == 1
    assert share.interval is not None
    assert share.interval[0] == pytest.approx(0.7 - 1.96 * (0.21 / 10) ** 0.5, abs=0.001)
    assert INDICATORS["openings"](told).interval == (7, 10)


def test_without_openings_there_are_none_of_any_feeling_and_nothing_is_missed(coded: Any) -> None:
    told = coded(("C", "The bus was on time."), AHEAD)
    assert INDICATORS["openings_of_sadness"](told).value == 0
    assert INDICATORS["openings_missed"](told).value == 0
    assert INDICATORS["openings_missed_share"](told).missing == (
        "not enough talk: 0 openings with a clear answer, at least 5 are needed"
    )


def test_a_coder_that_hears_no_feelings_and_no_answers_says_so(coded: Any) -> None:
    told = without(coded(*[felt(), NAMED] * 6), "feeling", "response")
    assert INDICATORS["openings"](told).value == 6
    assert {one.response for one in openings(told)} == {Response.UNCLEAR}
    for name in ("openings_of_shame_guilt", "openings_met", "openings_met_share"):
        assert (INDICATORS[name](told).value, INDICATORS[name](told).missing) == (None, UNCODED)


def test_openings_that_rules_found_have_no_interval(coded: Any) -> None:
    stated = Code("empathic_opportunity", "stated", by="rules", words=(5, 13))
    told = coded(*[("C", "I am so alone.", {"empathic_opportunity": stated}), NAMED] * 6)
    assert INDICATORS["openings"](told).value == 6
    assert INDICATORS["openings"](told).interval is None
