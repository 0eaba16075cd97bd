"""The bridge to skills over sessions: months, models kept apart, technique beside feeling."""

from __future__ import annotations

import datetime as dt

from holdfast_web.engine.feeling_beside import Felt, feelings_beside
from holdfast_web.engine.skill_courses import skill_courses
from holdfast_web.engine.skill_months import month_courses
from holdfast_web.engine.skill_view import HeldSession, SkillCourse

CAUSAL = ("because", "cause", "effect", "lead", "make", "help", "improve", "due to", "therefore")


def session(
    number: int, value: float | None, *, client: str = "A", model: str = "m", month: int = 3
) -> HeldSession:
    told = {
        "value": value,
        "n": 900,
        "missing": None if value is not None else "not enough talk: x",
    }
    gist = {"indicators": [{"name": "talk_share", "interval": None, **told}]}
    return HeldSession(number, dt.date(2026, month, number), client, model, gist)


def talk(courses: tuple[SkillCourse, ...]) -> SkillCourse:
    return next(one for one in courses if one.name == "talk_share")


def test_a_month_of_three_clients_has_a_mean_and_an_interval() -> None:
    (point,) = talk(
        month_courses([session(1, 0.3 + n / 10, client="ABC"[n]) for n in range(3)])
    ).points
    assert point.value is not None
    assert abs(point.value - 0.4) < 1e-9
    assert (point.label, point.sessions, bool(point.interval)) == ("Mar 2026", 3, True)


def test_a_month_leaves_out_what_another_model_read() -> None:
    older = [session(1, 0.9, client=client, model="old") for client in "ABC"]
    newer = [session(2, 0.4, client=client) for client in "ABC"]
    (point,) = talk(month_courses([*older, *newer])).points
    assert (point.sessions, point.words) == (3, "40\u202f%")


def test_a_session_without_a_number_is_left_out_of_a_month_and_never_nought() -> None:
    every = [session(1, 0.4, client=client) for client in "ABC"] + [session(2, None, client="D")]
    (point,) = talk(month_courses(every)).points
    assert (point.sessions, point.words) == (3, "40\u202f%")


def test_a_gap_breaks_the_line_and_is_drawn_at_the_foot() -> None:
    course = talk(skill_courses([session(1, 0.4), session(2, None), session(3, 0.5)]))
    assert course.picture.count('class="gap"') == 1
    assert 'class="rated"' not in course.picture
    assert course.points[1].why.startswith("not enough talk")


def test_a_picture_says_what_it_shows_and_has_no_style_of_its_own() -> None:
    picture = talk(skill_courses([session(1, 0.4), session(2, 0.5)])).picture
    assert "2 of 2 with a number, 40\u202f% in session 1, 50\u202f% in session 2" in picture
    assert "style" not in picture


def test_what_is_experimental_and_has_no_number_in_any_session_is_left_out() -> None:
    number = {
        "name": "suggestions_without_permission_share",
        "value": 0.2,
        "n": 40,
        "interval": None,
        "missing": None,
    }
    plain = session(1, 0.4)
    heard = HeldSession(2, plain.date, "A", "m", {"indicators": [number]})
    assert "suggestions_without_permission_share" not in {
        one.name for one in skill_courses([plain])
    }
    found = {one.name: one for one in skill_courses([plain, heard])}
    assert [one.value for one in found["suggestions_without_permission_share"].points] == [
        None,
        0.2,
    ]
    assert found["suggestions_without_permission_share"].experimental
    assert not found["talk_share"].experimental


def test_a_count_is_followed_as_a_rate_or_not_at_all() -> None:
    names = ("turns", "openings_met", "questions", "questions_per_1000_words")
    told = {"value": 3.0, "n": 3, "interval": None, "missing": None}
    gist = {"indicators": [{"name": name, **told} for name in names]}
    found = {one.name for one in skill_courses([HeldSession(1, dt.date(2026, 3, 2), gist=gist)])}
    assert found.isdisjoint({"turns", "openings_met", "questions"})
    assert "questions_per_1000_words" in found


def test_once_there_is_enough_ratings_stand_beside_the_numbers_without_a_cause() -> None:
    sessions = [
        HeldSession(n, dt.date(2026, 1, 1), client, "m", session(1, n * 7 % 11 / 10).gist)
        for client in "ABCDE"
        for n in range(1, 13)
    ]
    felt = {(one.client, one.number): Felt(safe=_rated(one)) for one in sessions}
    found = feelings_beside(sessions, felt)
    safe = next(one for one in found if one.feeling == "safe")
    assert safe.enough
    assert len(safe.rows) == 60
    assert "felt more safe than usual (r = " in safe.words
    assert not [word for word in CAUSAL if word in safe.words.lower()]


def test_too_few_ratings_say_how_many_more_and_show_none() -> None:
    sessions = [session(n, n / 10) for n in range(1, 6)]
    found = feelings_beside(sessions, {("A", n): Felt(safe=n) for n in range(1, 6)})
    safe = next(one for one in found if one.feeling == "safe")
    assert (safe.sessions, safe.missing, safe.rows) == (5, 28, ())
    assert safe.words.endswith("5 sessions have both numbers so far; at least 28 more are needed.")


def _rated(one: HeldSession) -> float:
    assert one.gist is not None
    return round(10 * float(one.gist["indicators"][0]["value"]), 1)
