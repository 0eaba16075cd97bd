"""Text is erased when the days are over that the agreement says, by itself, whatever else holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast_web.agreements.actions import accept, propose
from holdfast_web.analysis.models import Analysis, Excerpt, SessionShare, Transcript
from holdfast_web.analysis.retention import remove_all_outdated
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import end_care
from holdfast_web.keeping.actions import close_record
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.test_withdrawal import hung
from tests.web.transcripts import brought

WHY = "a test"


def days_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Move the clock on, to the same time of day: in summer that is another hour than UTC's."""
    then = timezone.localtime() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)


def left() -> int:
    return int(Transcript.objects.for_the_practice(WHY).count())


def test_on_the_last_day_it_is_there_and_on_the_next_it_is_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung(brought(cast), cast)
    days_pass(monkeypatch, 180)
    assert remove_all_outdated() == 0
    assert left() == 1
    days_pass(monkeypatch, 1)
    assert remove_all_outdated() == 1
    assert left() == 0
    for model in (Analysis, Excerpt, SessionShare):
        assert not model.objects.for_the_practice(WHY).exists()
    event = Event.objects.get(what="transcript.removed_in_time")
    assert (event.actor_id, event.client_id) == (None, cast.client.pk)
    assert remove_all_outdated() == 0


def test_each_has_its_own_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(cast)
    Transcript.objects.for_the_practice(WHY).update(
        kept_until=timezone.localdate() + timedelta(days=3)
    )
    words = "Tessa: Good to see you.\nCleo: Good to be here, too.\n"
    later = brought(cast, words, session=held(cast, hours_ago=1))
    days_pass(monkeypatch, 4)
    assert remove_all_outdated() == 1
    assert Transcript.objects.for_the_practice(WHY).get().pk == later.pk


def test_neither_the_end_of_care_nor_a_closed_record_keeps_it_longer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(cast)
    end_care(by=cast.therapist, care=cast.care)
    close_record(by=cast.owner, client=cast.client)
    assert left() == 1
    days_pass(monkeypatch, 181)
    assert remove_all_outdated() == 1


@pytest.mark.parametrize("command", ["retention", "remind"])
def test_the_clockwork_and_the_command_do_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    brought(cast)
    Transcript.objects.for_the_practice(WHY).update(
        kept_until=timezone.localdate() - timedelta(days=1)
    )
    # It would close the database that this test stands in.
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    ran = CliRunner().invoke(app, [command])
    assert ran.exit_code == 0, ran.output
    assert "1 transcript(s) erased" in ran.output
    assert left() == 0


def test_a_shorter_time_that_is_agreed_later_holds_for_what_is_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(cast)
    change = {"analysis": {"terms": {"kept_days": 30}}}
    version = propose(by=cast.therapist, client=cast.client, changes=change)
    accept(by=cast.client_person, version=version)
    kept = Transcript.objects.for_the_practice(WHY).get()
    assert kept.kept_until == timezone.localdate() + timedelta(days=30)


def test_a_longer_time_is_none_for_what_was_brought_before(cast: Cast) -> None:
    brought(cast)
    change = {"analysis": {"terms": {"kept_days": 365}}}
    version = propose(by=cast.therapist, client=cast.client, changes=change)
    accept(by=cast.client_person, version=version)
    kept = Transcript.objects.for_the_practice(WHY).get()
    assert kept.kept_until == timezone.localdate() + timedelta(days=180)
