"""Whose transcript is read next: everybody in turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.actions.taking import Gone, beat, keep, take, take_up
from holdfast_web.analysis.models import Analysis
from holdfast_web.analysis.queries.analyses import reading_state
from holdfast_web.analysis.queue import Waiting, in_turn, turns
from holdfast_web.analysis.reader import SILENT, read_next, take_up_silent
from holdfast_web.analysis.worker import look_round
from holdfast_web.engine.coding import Reading, shipped
from tests.web.conftest import Cast
from tests.web.strangers import SignIn
from tests.web.transcripts import brought

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ONE, OTHER, THIRD = uuid4(), uuid4(), uuid4()
WHY = "a test"


def rows(*whose: UUID) -> list[Waiting]:
    return [Waiting(uuid4(), one, NOON + timedelta(minutes=n)) for n, one in enumerate(whose)]


def names(waiting: list[Waiting], order: tuple[UUID, ...]) -> list[UUID]:
    known = {one.id: one.whose for one in waiting}
    return [known[one] for one in order]


def test_the_single_one_of_another_is_not_held_up_by_ten() -> None:
    waiting = rows(*[ONE] * 10, OTHER)
    assert names(waiting, in_turn(waiting, {ONE: 1}, {ONE: NOON}))[0] == OTHER
    assert names(waiting, in_turn(waiting, {}, {ONE: NOON}))[0] == OTHER
    assert names(waiting, in_turn(waiting, {}, {}))[:2] == [ONE, OTHER]


def test_people_take_turns_while_each_has_something() -> None:
    waiting = rows(ONE, ONE, ONE, OTHER, OTHER, THIRD)
    assert names(waiting, in_turn(waiting, {}, {})) == [ONE, OTHER, THIRD, ONE, OTHER, ONE]


def test_ones_own_are_read_in_the_order_in_which_they_were_brought() -> None:
    waiting = rows(ONE, OTHER, ONE, ONE)
    order = in_turn(reversed(waiting), {}, {})
    assert [one for one in order if one != waiting[1].id] == [
        waiting[0].id,
        waiting[2].id,
        waiting[3].id,
    ]


@given(
    st.lists(st.sampled_from([ONE, OTHER, THIRD]), max_size=12),
    st.dictionaries(st.sampled_from([ONE, OTHER]), st.integers(0, 3)),
)
def test_everything_that_waits_has_its_turn_once(
    whose: list[UUID], at_work: dict[UUID, int]
) -> None:
    waiting = rows(*whose)
    order = in_turn(waiting, at_work, {})
    assert sorted(order) == sorted(one.id for one in waiting)


def test_a_page_says_the_place_in_turn(cast: Cast) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    assert reading_state(transcript, viewer=cast.therapist).place == 1
    assert turns() == (asked.pk,)
    take(by=None, analysis_id=asked.pk)
    state = reading_state(transcript, viewer=cast.therapist)
    assert (state.place, state.state, state.at_work) == (None, "running", True)


def test_what_one_worker_has_taken_no_other_takes(cast: Cast) -> None:
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))
    take(by=None, analysis_id=asked.pk)
    with pytest.raises(Gone):
        take(by=None, analysis_id=asked.pk)
    assert not read_next()


def silent(analysis: Analysis) -> None:
    """Let a reading look as a killed worker leaves it."""
    then = timezone.now() - SILENT - timedelta(seconds=1)
    Analysis.objects.for_the_practice(WHY).filter(pk=analysis.pk).update(beats_at=then)


def test_what_a_silent_worker_left_is_read_again_and_the_silent_one_changes_nothing(
    cast: Cast,
) -> None:
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))
    first = take(by=None, analysis_id=asked.pk)
    assert take_up_silent() == 0, "it spoke just now"
    silent(asked)
    assert take_up_silent() == 1
    second = take(by=None, analysis_id=asked.pk)
    with pytest.raises(Gone):
        beat(first, 3, 14)
    with pytest.raises(Gone):
        keep(by=None, taken=first, reading=Reading({}, shipped()))
    beat(second, 3, 14)
    assert Analysis.objects.for_the_practice(WHY).get(pk=asked.pk).read == 3
    with pytest.raises(Gone):
        take_up(by=None, analysis_id=asked.pk, silent_since=timezone.now() - SILENT)


def test_after_three_times_it_is_given_up_with_a_reason_and_can_be_tried_again(cast: Cast) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    for again in (1, 1, 0):
        take(by=None, analysis_id=asked.pk)
        silent(asked)
        assert take_up_silent() == again
    state = reading_state(transcript, viewer=cast.therapist)
    assert state.state == "failed"
    assert "broke off each time" in state.failure
    assert state.may_start
    start_analysis(by=cast.therapist, transcript=transcript)
    assert read_next()
    assert reading_state(transcript, viewer=cast.therapist).state == "done"


def test_what_waits_without_a_ring_is_rung_for(cast: Cast) -> None:
    start_analysis(by=cast.therapist, transcript=brought(cast))
    DBTaskResult.objects.all().delete()
    look_round()
    look_round()
    assert DBTaskResult.objects.count() == 1


def test_a_page_says_when_nobody_is_there_to_read(cast: Cast) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    assert not reading_state(transcript, viewer=cast.therapist).unheard
    long_ago = timezone.now() - timedelta(minutes=5)
    Analysis.objects.for_the_practice(WHY).filter(pk=asked.pk).update(asked_at=long_ago)
    assert reading_state(transcript, viewer=cast.therapist).unheard
    take(by=None, analysis_id=asked.pk)
    assert not reading_state(transcript, viewer=cast.therapist).unheard


def test_a_page_says_so_too_when_whoever_read_is_gone(cast: Cast, sign_in: SignIn) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    take(by=None, analysis_id=asked.pk)
    long_ago = timezone.now() - timedelta(minutes=5)
    rows = Analysis.objects.for_the_practice(WHY).filter(pk=asked.pk)
    rows.update(asked_at=long_ago, beats_at=long_ago)
    assert reading_state(transcript, viewer=cast.therapist).unheard
    where = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/analysis/progress/"
    page = sign_in(cast.therapist).get(where).content.decode()
    assert "nothing is being read on this machine" in page
    assert "lines read" not in page
