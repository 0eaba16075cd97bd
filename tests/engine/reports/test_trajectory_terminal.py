"""Ratings in a terminal: what a person must see first, the picture, one thing to do."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.instruments import Instrument, SafetyFlag, load_instrument
from holdfast.instruments.rows import read_rows
from holdfast.reports.trajectory.caseload import print_caseload
from holdfast.reports.trajectory.plot import plot
from holdfast.reports.trajectory.signals import signal_rows
from holdfast.reports.trajectory.terminal import MOST_NOTES, print_trajectories
from holdfast.reports.trajectory.words import NO_SIGNALS, TOO_FEW, noticed
from holdfast.trajectories import Course, Rating
from holdfast.trajectories.reading import Case, read_cases
from holdfast.trajectories.trajectory import CaseTrajectories, follow

CHECK_IN, PHQ9 = load_instrument("check-in"), load_instrument("phq-9")
ESCAPE = "\x1b"
HOSTILE = ("[bold]x[/bold]", "[/b]", "\x1b[2J\x1b]0;x\x07", "a\nb", "\ud800", "[link=x]y")
POINTS = st.one_of(st.none(), st.floats(0, 10))
FLAG = SafetyFlag("q9", 1, "alert", "Thoughts of being better off dead")


def followed(
    *values: float | None, of: Instrument = CHECK_IN, client: str = ""
) -> CaseTrajectories:
    scale = of.scale()
    ratings = tuple(Rating(session, value) for session, value in enumerate(values, start=1))
    return follow(Case(client, ((of, Course(client, ratings, scale.lowest, scale.highest)),)))


def paper(width: int = 80) -> Console:
    return Console(file=StringIO(), width=width, color_system=None)


def printed(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def screen(case: CaseTrajectories, *, width: int = 80, report: str = "") -> str:
    console = paper(width)
    print_trajectories(case, console=console, report=report)
    return printed(console)


def caseload(*cases: CaseTrajectories) -> str:
    console = paper(160)
    print_caseload(cases, console=console)
    return printed(console)


def one_line(text: str) -> str:
    return " ".join(text.split())


# One client


@pytest.mark.parametrize(("file", "name"), [(RATINGS, "check-in"), (PHQ9_ANSWERS, "phq-9")])
def test_answers_that_somebody_must_see_come_before_the_picture(file: object, name: str) -> None:
    case = follow(read_cases(read_rows(file), default=name).cases[0])  # type: ignore[arg-type]
    shown = screen(case)
    assert shown.index("Please look at these answers first") < shown.index("┤")
    assert f"session {case.safety[0][0]}: {case.safety[0][1].title[:40]}" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_nothing_is_said_of_answers_where_nobody_must_see_any() -> None:
    assert "Please look" not in screen(followed(9, 8))


@pytest.mark.parametrize(("values", "said"), [((9,), TOO_FEW), ((), TOO_FEW), ((9, 9), NO_SIGNALS)])
def test_where_there_is_little_to_say_it_says_so(values: tuple[float, ...], said: str) -> None:
    shown = one_line(screen(followed(*values)))
    assert said in shown
    assert "Consider" not in shown


def test_each_note_names_one_thing_to_do_to_say_and_to_avoid() -> None:
    case = followed(9, 9, 9, 3, 4, 3)
    shown = one_line(screen(case))
    for each in noticed(case.trajectories[0])[:MOST_NOTES]:
        assert f"Consider: {each.card.consider[0]}" in shown
        assert f"Say: “{each.card.say[0]}”" in shown
        assert f"Better not: {each.card.avoid[0]}" in shown


def test_of_a_rupture_that_stays_open_it_names_what_to_do_and_no_disclaimer() -> None:
    shown = one_line(screen(followed(9, 9, 9, 3, 3, 3, 3)))
    assert "It hasn't come back yet" in shown
    assert "Consider: Begin with how it was for the client" in shown
    assert "Consider: These are ideas" not in shown


def test_of_many_notes_the_later_ones_are_named_without_advice() -> None:
    case = follow(read_cases(read_rows(RATINGS)).cases[0])
    notes = noticed(case.trajectories[0])
    advised = [each for place, each in enumerate(notes, 1) if place <= MOST_NOTES or each.alert]
    shown = screen(case)
    assert len(notes) > len(advised)
    assert shown.count("Consider: ") == len(advised)
    assert all(each.card.title in shown for each in notes)


def test_getting_worse_comes_with_safety_first() -> None:
    shown = one_line(screen(followed(5, 12, of=PHQ9)))
    assert shown.index("Safety comes first") < shown.index("Consider: ")


def test_the_sessions_of_a_note_lead_to_its_number_under_the_picture() -> None:
    lines = screen(followed(9, 9, 9, 9, 9, 2)).splitlines()
    (under,) = [place for place, line in enumerate(lines) if re.search(r"^\s+1  2  3  4", line)]
    assert lines[under + 1].split()[0] == "1"
    assert lines[under + 1].rstrip().endswith("1")
    assert any(line.startswith("1  ") and "session" in line for line in lines)


def test_change_is_printed_rounded() -> None:
    shown = screen(followed(16 + 2 / 7, 9 + 1 / 8, of=PHQ9))
    assert "From 16.3 to 9.1: 7.2 points better." in shown
    assert "285714" not in shown


def test_reasons_are_rounded_and_never_say_minus_nothing() -> None:
    shown = one_line(screen(followed(*[20 - place * 0.01 for place in range(8)], of=PHQ9)))
    assert "the change since the start is +0 points; 6 would be more than error" in shown
    shown = one_line(screen(followed(20, 20.01, 20.02, 20.03, of=PHQ9)))
    assert "the change since the start is +0 points" in shown
    core = load_instrument("core-10")
    shown = one_line(screen(followed(20, *[14.5] * 7, of=core)))
    assert "no reliable improvement yet (+5.5 points of 6)" in shown


def test_what_nobody_has_validated_says_so() -> None:
    assert "Unvalidated: nobody has studied yet how well it measures." in screen(followed(9, 8))
    assert "Unvalidated" not in screen(followed(9, 8, of=PHQ9))


def test_the_page_is_named_at_the_end() -> None:
    assert screen(followed(9, 8), report="a.html").splitlines()[-1].endswith("a.html")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_client_or_a_definition_cannot_command_the_terminal(words: str) -> None:
    own = replace(PHQ9, title=words)
    case = replace(followed(17, 9, of=own, client=words), safety=((2, replace(FLAG, title=words)),))
    for shown in (screen(case), caseload(case)):
        assert not {ESCAPE, "\x07"} & set(shown)
        shown.encode()
        expected = one_line("".join(c if c.isprintable() else " " for c in words))
        assert expected in shown


def test_a_client_without_a_name_is_this_client() -> None:
    assert "this client" in screen(followed(9, 8)).splitlines()[0]


# The picture


@given(st.lists(st.tuples(POINTS, POINTS), max_size=60), st.integers(30, 100))
def test_the_picture_fits_and_has_a_mark_for_each_rating_that_is_shown(
    values: list[tuple[float | None, float | None]], width: int
) -> None:
    ratings = tuple(
        Rating(session, value, guess=guess) for session, (value, guess) in enumerate(values, 1)
    )
    lines = plot(Course("A", ratings), {}, width=width)
    assert max(map(len, lines)) <= width
    drawn = "".join(lines)
    shown = ratings[-((width - 8) // (3 if len(ratings) * 3 + 8 <= width else 2)) :]
    assert drawn.count("●") + drawn.count("◉") == sum(one.value is not None for one in shown)
    assert lines[-1].count("–") == sum(one.value is None for one in shown)


def test_on_a_narrow_screen_the_latest_are_shown() -> None:
    course = Course("A", tuple(Rating(session, 9.0) for session in range(1, 42)))
    assert plot(course, {}, width=40)[-1].split() == [str(n) for n in range(26, 41, 2)]


@pytest.mark.parametrize(("first", "width"), [(1, 80), (1, 60), (95, 80), (95, 40), (990, 40)])
def test_the_number_of_a_session_stands_under_its_rating(first: int, width: int) -> None:
    ratings = tuple(
        Rating(session, None if session % 7 == 0 else session % 11)
        for session in range(first, first + 30)
    )
    *rows, _, under = plot(Course("A", ratings, 0, 10), {}, width=width)
    columns = sorted(place for row in rows for place, sign in enumerate(row) if sign == "●")
    labels = {found.end() - 1: found.group() for found in re.finditer(r"\S+", under)}
    assert len(labels) >= 7
    shown = ratings[-len(columns) - under.count("–") :]
    rated = [one.session for one in shown if one.value is not None]
    at = dict(zip(columns, rated, strict=True))
    for column, label in labels.items():
        assert label == str(at.get(column, "–"))


# Many clients


def test_those_whom_somebody_must_look_at_come_first_then_the_latest_alerts() -> None:
    flagged = replace(followed(9, 9, client="flagged"), safety=((1, FLAG),))
    shown = caseload(
        followed(9, 9, 9, client="quiet"),
        followed(9, 9, 9, 3, 8, 9, 9, 9, client="earlier"),
        followed(9, 9, 9, 9, 2, client="latest"),
        flagged,
    )
    order = [line.split()[0] for line in shown.splitlines()[1:]]
    assert order == ["flagged", "latest", "earlier", "quiet"]
    assert "please look at the answers" in shown


def test_a_quiet_client_has_a_line_and_no_word_of_praise() -> None:
    (line,) = [one for one in caseload(followed(9, None, 8.25)).splitlines() if "this" in one]
    assert re.split(r"\s{2,}", line.strip()) == ["this client", "Check-in", "█ ▇", "8.2", "–"]


def test_each_instrument_of_a_client_has_its_line() -> None:
    both = replace(
        followed(9, 9, client="A"),
        trajectories=followed(9, 9).trajectories + followed(17, 9, of=PHQ9).trajectories,
    )
    lines = caseload(both).splitlines()[1:]
    assert [("A" in line.split()[0]) for line in lines] == [True, False]
    assert ["PHQ-9" in line for line in lines] == [False, True]


# Rows


def test_signals_are_rows_with_the_same_columns() -> None:
    cases = [followed(9, 9, 9, 3, client="A"), followed(5, 12, of=PHQ9, client="B")]
    rows = signal_rows(cases)
    signals = chain.from_iterable(one.signals for case in cases for one in case.trajectories)
    assert [one["reason"] for one in rows] == [one.reason for one in signals]
    assert {tuple(one) for one in rows} == {
        ("client", "instrument", "session", "signal", "attention", "reason")
    }
    assert (rows[-1]["client"], rows[-1]["signal"]) == ("B", "worse")
