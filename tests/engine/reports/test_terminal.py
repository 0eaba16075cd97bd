"""The terminal's summary: one screen that says as much as it can hold."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from holdfast.coding.codes import Code
from holdfast.indicators import measure
from holdfast.reports.record import Record, make_record
from holdfast.reports.terminal import print_record, render_terminal

ESCAPE = "\x1b"


@pytest.fixture(scope="module")
def screen(first_record: Record) -> str:
    return render_terminal(first_record, report="a-first-session.html")


def test_it_fits_one_screen(screen: str) -> None:
    lines = screen.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_long_names_and_long_lines_still_fit(make: Any) -> None:
    client = "Bartholomew Featherstonehaugh the Younger"
    said = (("Dana", "What " + "day " * 80 + "is it?"), (client, "I was so lonely, " + "so " * 90))
    session = make.conversation(*(said * 20), start=3600.0)
    coded = make.coded(
        session,
        emotions={i: Code("emotions", ("sadness",), (0.9,)) for i in range(1, 40, 2)},
        reflection={i: Code("reflection", "complex", 0.9) for i in range(2, 40, 4)},
        empathic_opportunity={
            i: Code("empathic_opportunity", "stated", by="rules", words=(9, 15))
            for i in range(3, 40, 4)
        },
        question={i: Code("question", "closed", 0.9) for i in range(0, 40, 4)},
    )
    record = make_record(coded, measure(coded))
    assert len(record.moments.missed) == 2
    assert len(record.moments.kept) == 3
    lines = render_terminal(record, report="/a/long/way/to/the/page.html").splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_it_shows_who_spoke_the_skills_and_the_moments(screen: str) -> None:
    for expected in (
        "a-first-session.vtt",
        "Dana 47 %",
        "53 % Lee",
        "Complex among reflections",
        "Openings missed  2 of 7",
        "26    4:40 Lee",
        "Worth keeping",
        "What this can't tell",
        "coder unsure on 3",
        "The page: a-first-session.html",
    ):
        assert expected in screen


def test_a_skill_shows_its_count_interval_reference_and_accuracy(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Hello there."), ("Lee", "Hello.")))
    screen = render_terminal(make_record(coded, [make.referenced()], make.card()))
    (row,) = [line for line in screen.splitlines() if line.startswith("Complex among")]
    assert re.split(r"\s{2,}", row) == [
        "Complex among reflections", "37", "46 %", "33–58 %", "34–61 %", "10–40 %", "66 %",
    ]  # fmt: skip


def test_nothing_is_invented_for_a_silent_session(make: Any) -> None:
    screen = render_terminal(make_record(make.coded(make.conversation(("Lee", "Hello.")))))
    assert "No reflection followed a feeling closely enough" in screen
    assert "No opening was found" in screen


def test_it_is_plain_where_it_is_not_a_terminal(first_record: Record) -> None:
    console = Console(file=StringIO(), width=100)
    print_record(first_record, console=console)
    assert ESCAPE not in console.file.getvalue()


def test_no_color_is_obeyed(first_record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=StringIO(), width=80, force_terminal=True)
    print_record(first_record, console=console)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", console.file.getvalue())


def test_colour_only_repeats_what_the_words_say(first_record: Record, screen: str) -> None:
    console = Console(file=StringIO(), width=80, force_terminal=True, color_system="standard")
    print_record(first_record, console=console, report="a-first-session.html")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue())
    assert [line.rstrip() for line in plain.splitlines()] == screen.splitlines()


def test_names_and_words_cannot_command_the_terminal(make: Any) -> None:
    hostile = "[bold]\x1b[2J\x1b]0;x\x07"
    session = make.conversation(("Dana", "Hello."), (hostile, "[red]\x1b[31mHello."))
    screen = render_terminal(make_record(make.coded(session)))
    assert ESCAPE not in screen
    assert "\x07" not in screen
    assert "[bold]" in screen


def test_it_gives_no_grade_and_no_rank(screen: str) -> None:
    words = r"\b(grades?|ranks?|ranked|percentile|best|worst|score|alliance)\b"
    assert not re.search(words, screen, flags=re.IGNORECASE)
