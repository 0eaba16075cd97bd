"""Nothing clinical is read or changed without an event; one request writes its reads at once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.audit.chain import Event, verify
from holdfast_web.audit.witness import action, clinical_read, one_writing, witness
from holdfast_web.lib.refusals import Refused, Unwitnessed
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]


@action
def forgets(*, by: Person) -> None:
    by.about = "changed"
    by.save()


@clinical_read
def looks(*, viewer: Person) -> None:
    witness("goals.viewed", by=viewer)


def test_an_action_without_an_event_is_refused_and_undone(cast: Cast) -> None:
    with pytest.raises(Unwitnessed, match="forgets"):
        forgets(by=cast.owner)
    assert Person.objects.get(pk=cast.owner.pk).about == ""


def test_a_read_without_an_event_is_refused(cast: Cast) -> None:
    with pytest.raises(Unwitnessed):
        clinical_read(lambda: "words")()


@action
def does_both(*, by: Person, fails: bool) -> None:
    witness("goal.added", by=by)
    with contextlib.suppress(Refused):
        does_one(by=by, fails=fails)


@action
def does_one(*, by: Person, fails: bool) -> None:
    witness("goal.changed", by=by)
    if fails:
        raise Refused("Not now.")


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_not_done_within_an_action_leaves_no_event(cast: Cast, fails: bool) -> None:
    before = Event.objects.count()
    does_both(by=cast.therapist, fails=fails)
    found = Event.objects.filter(place__gt=before).order_by("place")
    done = [] if fails else ["goal.changed"]
    assert list(found.values_list("what", flat=True)) == ["goal.added", *done]
    assert verify().problems == ()


@pytest.mark.django_db(transaction=True)
def test_what_follows_an_action_leaves_events_of_its_own(cast: Cast) -> None:
    before = Event.objects.count()

    @action
    def tells_later() -> None:
        witness("goal.added", by=cast.therapist)
        transaction.on_commit(lambda: witness("goal.changed", by=cast.therapist))

    tells_later()
    assert Event.objects.count() == before + 2
    assert verify().problems == ()


def test_reads_of_a_block_are_written_at_its_end(cast: Cast) -> None:
    before = Event.objects.count()
    with one_writing():
        looks(viewer=cast.therapist)
        looks(viewer=cast.therapist)
        assert Event.objects.count() == before
    assert Event.objects.count() == before + 2
    assert verify().problems == ()


def test_reads_are_written_even_if_the_page_breaks_afterwards(cast: Cast) -> None:
    before = Event.objects.count()

    def breaks() -> None:
        with one_writing():
            looks(viewer=cast.therapist)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert Event.objects.count() == before + 1


def test_a_page_is_not_shown_when_its_reads_cannot_be_written(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(cast.therapist)
    browser.raise_request_exception = False
    assert browser.get("/").status_code == 200

    def full(entries: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("holdfast_web.audit.witness.append", full)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Cleo" not in answer.content.decode()
