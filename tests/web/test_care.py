"""Access follows the care relationship, from a date to a date; an emergency is told of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.chain import verify
from holdfast_web.audit.queries import events_about
from holdfast_web.care.access import forget_access, records_open_to
from holdfast_web.care.actions import (
    begin_care,
    change_practice,
    end_care,
    open_in_an_emergency,
    pass_care_on,
)
from holdfast_web.care.models import CareRelationship, EmergencyAccess, Practice
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]


def test_a_therapist_reads_their_own_client_and_no_other(cast: Cast) -> None:
    assert may_read(cast.therapist, cast.client, Part.ANSWERS)
    assert not may_read(cast.therapist, cast.other_client, Part.ANSWERS)
    assert not may_read(cast.other_therapist, cast.client, Part.COURSE)


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("name", ["owner", "supervisor", "other_client_person"])
def test_nothing_of_a_record_is_open_without_a_way_to_it(cast: Cast, name: str, part: Part) -> None:
    assert not may_read(cast[name], cast.client, part)


def test_a_client_reads_their_own_record_but_nobodys_private_notes(cast: Cast) -> None:
    assert may_read(cast.client_person, cast.client, Part.NOTES)
    assert not may_read(cast.client_person, cast.client, Part.PRIVATE_NOTES)
    assert not may_read(cast.client_person, cast.other_client, Part.GOALS)


def test_when_care_ends_the_record_closes(cast: Cast) -> None:
    end_care(by=cast.therapist, care=cast.care)
    assert not may_read(cast.therapist, cast.client, Part.COURSE)


def test_care_that_begins_tomorrow_opens_nothing_today(cast: Cast) -> None:
    end_care(by=cast.owner, care=cast.care)
    tomorrow = timezone.now() + timedelta(days=1)
    begin_care(
        by=cast.owner, client=cast.client, therapist=cast.other_therapist, starts_at=tomorrow
    )
    assert not may_read(cast.other_therapist, cast.client, Part.COURSE)


def test_handing_over_moves_access_without_gap_or_overlap(cast: Cast) -> None:
    after = pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    before = CareRelationship.objects.get(pk=cast.care.pk)
    assert before.ends_at == after.starts_at
    forget_access(cast.therapist)
    assert not may_read(cast.therapist, cast.client, Part.NOTES)
    assert may_read(cast.other_therapist, cast.client, Part.NOTES)


def test_a_therapist_cannot_take_a_client_from_another(cast: Cast) -> None:
    with pytest.raises(Refused):
        end_care(by=cast.other_therapist, care=cast.care)
    with pytest.raises(Refused):
        begin_care(by=cast.therapist, client=cast.other_client, therapist=cast.other_therapist)


def test_a_closed_account_opens_no_record(cast: Cast) -> None:
    cast.therapist.is_active = False
    forget_access(cast.therapist)
    assert records_open_to(cast.therapist, Part.COURSE) == ()


def test_in_an_emergency_a_record_opens_for_an_hour_without_private_notes(cast: Cast) -> None:
    open_in_an_emergency(by=cast.supervisor, client=cast.client, reason="She can’t be reached.")
    assert may_read(cast.supervisor, cast.client, Part.NOTES)
    assert not may_read(cast.supervisor, cast.client, Part.PRIVATE_NOTES)
    EmergencyAccess.objects.update(ends_at=timezone.now())
    forget_access(cast.supervisor)
    assert not may_read(cast.supervisor, cast.client, Part.NOTES)


def test_an_emergency_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="why"):
        open_in_an_emergency(by=cast.supervisor, client=cast.client, reason="  because ")
    assert not EmergencyAccess.objects.exists()


def test_owner_and_client_are_told_of_an_emergency_without_its_reason(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        open_in_an_emergency(by=cast.supervisor, client=cast.client, reason="A grave worry here")
    assert {letter.to[0] for letter in mail.outbox} == {
        cast.owner.email,
        cast.client_person.email,
    }
    assert not any("grave" in letter.body + letter.subject for letter in mail.outbox)
    assert "emergency.opened" in [event.what for event in events_about(cast.client.pk)]


def test_a_client_cannot_open_a_record_in_an_emergency(cast: Cast, sign_in: SignIn) -> None:
    with pytest.raises(Refused):
        open_in_an_emergency(by=cast.client_person, client=cast.client, reason="Because I want to")
    assert sign_in(cast.client_person).get("/emergency/").status_code == 404


def test_settings_are_the_owners(cast: Cast, practice: Practice, sign_in: SignIn) -> None:
    with pytest.raises(Refused):
        change_practice(by=cast.therapist, practice=practice, values={"name": "Mine"})
    for name in ("therapist", "supervisor", "client_person"):
        assert sign_in(cast[name]).get("/practice/settings/").status_code == 404
        assert sign_in(cast[name]).get("/practice/people/").status_code == 404


def test_the_owner_sets_crisis_help_and_every_page_shows_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.owner)
    told = {"emergency": "112", "lines": "Night line | 0800 1 | at night | Somebody listens."}
    browser.post("/practice/settings/crisis/", told | {"called": "on"})
    assert Practice.objects.get().crisis_confirmed_on == timezone.localdate()
    assert "0800 1" in Browser().get("/help/").content.decode()
    assert "112" in sign_in(cast.client_person).get("/").content.decode()
    bad = browser.post("/practice/settings/crisis/", {"emergency": "112", "lines": "no number"})
    assert "needs a name and a number" in bad.content.decode()


def test_the_owners_list_names_clients_and_nothing_of_their_records(
    cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in(cast.owner).get("/practice/people/").content.decode()
    assert "Cleo Client" in page
    assert "clients.listed" in [event.what for event in events_about(None)]  # type: ignore[arg-type]


def test_the_chain_holds_after_all_this(cast: Cast) -> None:
    end_care(by=cast.therapist, care=cast.care)
    assert verify().problems == ()
