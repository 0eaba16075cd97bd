"""Trajectories as JSON: every number by its name, and nothing that was not asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import Instrument, SafetyFlag, load_instrument
from holdfast.reports.trajectory.json import FORMAT, render_json
from holdfast.trajectories import Course, Rating
from holdfast.trajectories.cards import load_cards
from holdfast.trajectories.expected import ExpectedCourse
from holdfast.trajectories.reading import Case
from holdfast.trajectories.trajectory import follow

CHECK_IN, PHQ9 = load_instrument("check-in"), load_instrument("phq-9")
USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)


def written(
    *values: float | None, of: Instrument = PHQ9, client: str = "A", flags: tuple[Any, ...] = ()
) -> dict[str, Any]:
    """Return what is written of one client, read again."""
    scale = of.scale()
    ratings = tuple(
        Rating(session, value, guess=9 if of is CHECK_IN else None, date="2026-03-03")
        for session, value in enumerate(values, start=1)
    )
    course = Course(client, ratings, scale.lowest, scale.highest)
    whole = json.loads(render_json((follow(Case(client, ((of, course),), flags), expected=USUAL),)))
    assert whole["format"] == FORMAT
    (found,) = whole["clients"]
    assert found["client"] == client
    return found  # type: ignore[no-any-return]


def test_ratings_are_written_as_they_were_given_and_not_rounded() -> None:
    (one,) = written(9 + 1 / 7, None, of=CHECK_IN)["trajectories"]
    assert one["ratings"] == [
        {"session": 1, "value": 9 + 1 / 7, "lowest_item": None, "guess": 9, "date": "2026-03-03"},
        {"session": 2, "value": None, "lowest_item": None, "guess": 9, "date": "2026-03-03"},
    ]
    assert (one["instrument"], one["status"]) == (CHECK_IN.label, "unvalidated")
    assert (one["lowest"], one["highest"]) == (0, 10)


def test_a_signal_has_its_figures_its_card_its_source_and_what_it_does_not_mean() -> None:
    (one,) = written(5, 12)["trajectories"]
    worse = {each["name"]: each for each in one["signals"]}["worse"]
    assert (worse["session"], worse["attention"], worse["card"]) == (2, "alert", "worse")
    assert worse["figures"] == {"improvement": -7, "worsening": 7, "reliable": 6, "sessions": 2}
    assert worse["reason"].endswith("questionnaire's own error.")
    assert worse["source"]
    assert worse["not_meaning"]


def test_every_card_that_is_named_is_there() -> None:
    signals = [
        *written(9, 9, 9, 3, 3, 3, 3, 9, of=CHECK_IN)["trajectories"][0]["signals"],
        *written(20, 20, 20, 20, 20, 20, 20, 20, 27)["trajectories"][0]["signals"],
    ]
    assert {one["card"] for one in signals} <= set(load_cards())
    assert len({one["card"] for one in signals}) > 4


def test_change_has_every_rule_side_by_side() -> None:
    (one,) = written(17, 9)["trajectories"]
    assert one["change"]["significance"] == "recovered"
    assert (one["change"]["before"], one["change"]["after"]) == (17, 9)
    rules = {rule.name: rule.threshold for rule in PHQ9.scale().changes}
    assert {name: rule["threshold"] for name, rule in one["change"]["rules"].items()} == rules
    assert {rule["direction"] for rule in one["change"]["rules"].values()} == {"better"}


def test_where_there_is_too_little_there_is_null() -> None:
    (one,) = written(17)["trajectories"]
    assert (one["change"], one["gap"], one["signals"], one["episodes"]) == (None, None, [], [])
    assert written()["trajectories"][0]["ratings"] == []


def test_an_episode_and_the_gap_are_written_for_a_check_in() -> None:
    (one,) = written(9, 9, 9, 3, 4, 9, of=CHECK_IN)["trajectories"]
    assert [(each["start"], each["status"], each["repaired_at"]) for each in one["episodes"]] == [
        (4, "repaired", 6)
    ]
    assert one["gap"]["n"] == 6


def test_the_expected_band_stands_beside_each_rating() -> None:
    (one,) = written(15, None, 12)["trajectories"]
    assert one["expected"][0] is None
    assert one["expected"][2]["low"] == USUAL.band(15, 3).low


def test_answers_that_somebody_must_see_are_written_with_their_session() -> None:
    flag = SafetyFlag("q9", 1, "alert", "Thoughts of being better off dead")
    assert written(9, 9, flags=((2, flag),))["safety"] == [
        {"session": 2, "item": "q9", "answer": 1, "kind": "alert", "title": flag.title}
    ]


@pytest.mark.parametrize("client", ["", "</script>", '"}]', "=1+1", "Zoë\n"])
def test_any_client_is_written_as_text(client: str) -> None:
    assert written(9, 8, client=client)["client"] == client


@given(st.lists(st.one_of(st.none(), st.floats(0, 10)), max_size=12))
def test_any_course_is_valid_json_without_a_not_a_number(values: list[float | None]) -> None:
    course = Course("A", tuple(Rating(session, value) for session, value in enumerate(values, 1)))
    text = render_json((follow(Case("A", ((CHECK_IN, course),))),))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads(text, parse_constant=refuse)
