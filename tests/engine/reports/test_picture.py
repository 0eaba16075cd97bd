"""The session as one picture: each thing in its place, and readable without colour."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.marks import FEELINGS, OPENINGS, QUESTIONS, REFLECTIONS
from holdfast.reports.picture import LEFT, RIGHT, WIDTH, draw_picture
from holdfast.reports.record import Record, make_record
from holdfast.reports.timeline import lay_out


def test_every_turn_of_both_is_drawn(first_record: Record) -> None:
    drawn = draw_picture(first_record)
    for role in ("client", "therapist"):
        said = [one for one in first_record.coded.session.utterances if one.role == role]
        assert drawn.count(f'class="{role}"') == len(said)


def test_shapes_differ_without_colour() -> None:
    for family in (FEELINGS, QUESTIONS, REFLECTIONS, OPENINGS):
        shapes = [shape(9, 9) for kind, (_, shape) in family.items() if kind]
        assert len(set(shapes)) == len(shapes)


def test_marks_say_their_line_time_and_kind(first_record: Record) -> None:
    assert "Line 26, 4:40, Lee: opening missed" in draw_picture(first_record)
    assert re.search(r"Line 21, 3:54, Dana: complex reflection", draw_picture(first_record))


def test_a_good_feeling_points_up_and_a_difficult_one_down(make: Any) -> None:
    session = make.conversation(("Lee", "I was so glad."), ("Lee", "I was so sad."), start=0.0)
    emotions = {
        0: Code("emotions", ("joy",), (0.9,)),
        1: Code("emotions", ("sadness",), (0.9,)),
    }
    drawn = draw_picture(make_record(make.coded(session, emotions=emotions)))
    assert "Lee: joy" in drawn
    assert 'class="open"' in drawn.split("Lee: joy")[1].split("</g>")[0]
    assert 'class="full"' in drawn.split("Lee: sadness")[1].split("</g>")[0]


def test_neutral_is_no_feeling(make: Any) -> None:
    session = make.conversation(("Lee", "It was Tuesday."), start=0.0)
    emotions = {0: Code("emotions", ("neutral",), (0.9,))}
    drawn = draw_picture(make_record(make.coded(session, emotions=emotions)))
    assert "neutral" not in drawn


def test_nothing_is_drawn_outside_the_picture(first_record: Record) -> None:
    for x in re.findall(r'<rect x="([\d.-]+)"', draw_picture(first_record)):
        assert LEFT - 6 <= float(x) <= WIDTH - RIGHT


def test_one_utterance_without_a_time_makes_the_axis_count_lines(make: Any) -> None:
    session = make.conversation(("Dana", "And?"), ("Lee", "Well."), start=10.0)
    broken = replace(
        session,
        utterances=(session.utterances[0], replace(session.utterances[1], start=None, end=None)),
    )
    assert lay_out(session).timed
    assert not lay_out(broken).timed


@pytest.mark.parametrize("seconds", [1.0, 59.0, 600.0, 3000.0, 36000.0])
def test_the_axis_has_a_readable_number_of_ticks(make: Any, seconds: float) -> None:
    session = make.conversation(("Dana", "And?"), start=0.0)
    (only,) = session.utterances
    ticks = list(lay_out(replace(session, utterances=(replace(only, end=seconds),))).ticks())
    assert 1 <= len(ticks) <= 10


@pytest.mark.parametrize("response", [*Response, None])
def test_every_answer_to_an_opening_has_a_shape(make: Any, response: Response | None) -> None:
    session = make.conversation(("Lee", "I was lonely."), ("Dana", "Hm."), start=0.0)
    opening = Opening(0, "stated", 1, response)
    record = Record(make.coded(session), openings=(opening,))
    assert "Line 1, 0:00, Lee: " in draw_picture(record)
