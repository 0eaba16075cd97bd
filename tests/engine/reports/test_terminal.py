"""The terminal's summary: one screen that says as much as it can hold."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators import measure
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.record import NOT_ENGLISH, Record, make_record
from holdfast.reports.terminal import print_record, render_terminal
from holdfast.session import Role

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
            i: Code("empathic_opportunity", "stated", 0.9) for i in range(3, 40, 4)
        },
        response={i: Code("response", "ignored", 0.9) for i in range(3, 40, 4)},
        question={i: Code("question", "closed", 0.9) for i in range(0, 40, 4)},
    )
    noticed = ("A time before the one ahead of it was mended, as all these lines: 3, 4, 5, 6.",) * 9
    coded = replace(coded, session=replace(session, source="a-long-name" * 9, notes=noticed))
    record = make_record(coded, measure(coded), make.card())
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
        "Openings missed",
        "of 7",
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


def opened(make: Any) -> CodedSession:
    said = (
        ("Lee", "I was so lonely on Sunday."),
        ("Lee", "And then the phone rang."),
        ("Dana", "Did you finish the form?"),
    )
    stated = Code("empathic_opportunity", "stated", 0.9)
    coded: CodedSession = make.coded(make.conversation(*said), empathic_opportunity={0: stated})
    return coded


def test_a_missed_opening_is_quoted_with_its_answer_however_far_apart(make: Any) -> None:
    missed = Opening(0, "stated", 2, Response.MISSED)
    screen = render_terminal(make_record(opened(make), openings=[missed]))
    assert "Openings missed  1 of 1" in screen
    assert "I was so lonely on Sunday." in screen
    assert "Did you finish the form?" in screen
    assert "And then the phone rang." not in screen


def test_an_opening_without_a_known_answer_is_not_said_to_be_answered(make: Any) -> None:
    found = [
        Opening(0, "stated", None, None),
        Opening(0, "stated", 2, Response.UNCLEAR),
        Opening(0, "stated", 2, Response.UNCLEAR),
    ]
    words = " ".join(render_terminal(make_record(opened(make), openings=found)).split())
    assert (
        "No opening is known to have been passed over: "
        "1 has no answer in the transcript, 2 are unclear."
    ) in words


def test_openings_that_were_met_were_not_passed_over(make: Any) -> None:
    met = Opening(0, "stated", 2, Response.MET)
    screen = render_terminal(make_record(opened(make), openings=[met]))
    assert "None of the openings found was passed over." in screen


def test_the_length_is_counted_from_the_first_time(make: Any) -> None:
    said = (("Dana", "Hello."), ("Lee", "Hello.")) * 10
    session = make.conversation(*said, start=3600.0)
    assert "1:19 long" in render_terminal(make_record(make.coded(session)))


def test_the_length_is_told_with_start_times_only(make: Any) -> None:
    session = make.conversation(*((("Dana", "Hello."), ("Lee", "Hello.")) * 10), start=3600.0)
    starts = tuple(replace(one, end=None) for one in session.utterances)
    screen = render_terminal(make_record(make.coded(replace(session, utterances=starts))))
    assert "1:16 long" in screen


def test_notes_stand_under_the_header_and_are_counted_where_they_are_many(make: Any) -> None:
    session = make.conversation(("Dana", "Hello."), (None, "Hm."), ("Lee", "Hello."))
    session = replace(session, notes=("Line 3 was mended.", "So was 4.", "And 5.", "And 6."))
    lines = render_terminal(make_record(make.coded(session)), report="page.html").splitlines()
    assert lines[1:5] == [
        "1 utterance was not coded: its speaker is neither the therapist nor the client.",
        "Line 3 was mended.",
        "So was 4.",
        "… and 2 more, on the page",
    ]


def test_a_third_person_is_among_what_was_not_coded(make: Any) -> None:
    session = make.conversation(
        ("Dana", "Hello."), ("Kim", "Hi."), ("Lee", "Hello."), ("Kim", "So")
    )
    roles = {"Dana": Role.THERAPIST, "Lee": Role.CLIENT, "Kim": Role.OTHER}
    said = tuple(replace(one, role=roles[one.speaker]) for one in session.utterances)
    screen = render_terminal(make_record(make.coded(replace(session, utterances=said))))
    assert "2 utterances were not coded" in screen


def right_column(make: Any, accuracy: Accuracy) -> str:
    coded = make.coded(make.conversation(("Dana", "Hello there."), ("Lee", "Hello.")))
    record = replace(
        make_record(coded, [make.referenced()]), accuracy={"reflection:complex": accuracy}
    )
    screen = render_terminal(record)
    (row,) = [line for line in screen.splitlines() if line.startswith("Complex among")]
    return re.split(r"\s{2,}", row)[-1]


def test_few_matches_are_counted_and_not_made_a_share(make: Any) -> None:
    assert right_column(make, Accuracy("", precision=0.6, marks=5)) == "3/5"
    assert right_column(make, Accuracy("", precision=18 / 19, marks=19)) == "18/19"


def test_many_matches_are_a_share(make: Any) -> None:
    assert right_column(make, Accuracy("", precision=0.6, marks=20)) == "60 %"


def test_another_language_is_named_first_and_nothing_of_it_is_shown(make: Any) -> None:
    said = (("Lee", "Ich war so traurig und einsam, und niemand hat es gemerkt. " * 3),) * 3
    stated = Code("empathic_opportunity", "stated", 0.9)
    coded = make.coded(make.conversation(*said), empathic_opportunity={0: stated})
    missed = Opening(0, "stated", None, Response.MISSED)
    record = make_record(coded, openings=[missed])
    screen = render_terminal(record)
    assert " ".join(screen.split()).startswith(NOT_ENGLISH)
    assert (record.openings, record.moments.missed) == ((), ())
    assert "Openings missed" not in screen
    assert "Worth keeping" not in screen
