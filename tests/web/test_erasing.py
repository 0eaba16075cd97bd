"""A record is erased for good: keys, rows and names; a tombstone and an audit that holds stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.actions import is_open
from holdfast_web.accounts.models import Invitation, Person
from holdfast_web.agreements.actions import accept, begin_agreement
from holdfast_web.audit.chain import verify
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import end_care, invite_client, open_record
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.keeping.actions import close_record, erase_record
from holdfast_web.keeping.erased import erased_file, read_erased
from holdfast_web.keeping.erasing import rows_about_clients
from holdfast_web.keeping.queries.records import records, records_past_their_time
from holdfast_web.keeping.rules import term_of
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.cipher import CannotOpen
from holdfast_web.vault.fields import SealedField
from holdfast_web.vault.keys import opened
from holdfast_web.vault.models import ClientKey
from tests.web.agreeing import FILLED, agreed_upon, reachable
from tests.web.conftest import Cast
from tests.web.dumps import everything_in_the_database
from tests.web.record import full_record

SignIn = Callable[[Person | None], Browser]


def url(cast: Cast, what: str = "erase") -> str:
    return f"/practice/{what}/{cast.client.pk}/"


def long_ago(cast: Cast, years: int) -> None:
    """Let the care have ended some years ago."""
    ended = timezone.now() - timedelta(days=366 * years)
    CareRelationship.objects.filter(pk=cast.care.pk).update(
        starts_at=ended - timedelta(days=90), ends_at=ended
    )


def sent(**changes: str) -> dict[str, str]:
    return {"name": "Cleo Client", "law": "on", **changes}


def test_nothing_is_erased_while_care_is_open(cast: Cast, sign_in: SignIn) -> None:
    with pytest.raises(Refused, match="Care is still open"):
        erase_record(by=cast.owner, client=cast.client)
    owner = sign_in(cast.owner)
    assert "Care is still open" in owner.get(url(cast)).content.decode()
    assert owner.post(url(cast), sent()).status_code == 403
    assert ClientKey.objects.filter(client_id=cast.client.pk).count() == 2


def test_only_the_owner_closes_and_erases(cast: Cast) -> None:
    for name in ("therapist", "supervisor", "client_person"):
        with pytest.raises(Refused):
            close_record(by=cast[name], client=cast.client)
    end_care(by=cast.owner, care=cast.care)
    for name in ("therapist", "supervisor", "client_person"):
        with pytest.raises(Refused):
            erase_record(by=cast[name], client=cast.client)


def test_a_closed_record_stays_and_its_client_still_opens_it(cast: Cast, sign_in: SignIn) -> None:
    owner = sign_in(cast.owner)
    assert owner.post(url(cast, "close")).status_code == 302
    assert sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/").status_code == 404
    assert sign_in(cast.client_person).get("/me/goals/").status_code == 200
    assert "closed already" in owner.get(url(cast, "close")).content.decode()


def test_after_erasing_nothing_is_left_but_a_tombstone(cast: Cast) -> None:
    record = full_record(cast, say=lambda place: f"planted: {place}")
    close_record(by=cast.owner, client=cast.client)
    before = Event.objects.filter(client_id=cast.client.pk).count()
    client = erase_record(by=cast.owner, client=cast.client)
    assert client.erased_at is not None
    for model in rows_about_clients():
        assert not model._base_manager.filter(client_id=client.pk).exists(), model
    assert not ClientKey.objects.filter(client_id=client.pk).exists()
    tombstone = Client._base_manager.get(pk=client.pk)
    assert (tombstone.brings, tombstone.phone) == (None, None)
    with opened(), pytest.raises(CannotOpen):
        _ = tombstone.name
    assert CareRelationship.objects.filter(client_id=client.pk).exists()
    assert Event.objects.filter(client_id=client.pk).count() == before + 1
    assert verify().problems == ()
    left = everything_in_the_database()
    assert not [words for words in record.words.values() if words.encode() in left]
    for told in (b"Cleo", b"cleo.client@example.org"):
        assert told not in left
    assert b"Dara" in left


def test_every_row_with_sealed_words_goes_or_is_blanked() -> None:
    """A table of words that is forgotten here fails this test."""
    sealed = {
        model
        for model in apps.get_models()
        if any(isinstance(one, SealedField) for one in model._meta.get_fields())
    }
    assert sealed - set(rows_about_clients()) == {Client}


def test_everything_of_transcripts_goes_with_the_record() -> None:
    mine = set(apps.get_app_config("analysis").get_models())
    assert mine <= set(rows_about_clients())


def test_the_table_of_tasks_holds_nothing_of_anybody(cast: Cast) -> None:
    record = full_record(cast)
    tasks = apps.get_app_config("django_tasks_database").get_model("DBTaskResult")
    told = [str(one) for one in tasks.objects.values()]
    assert told
    names = (str(record.client.pk), str(record["transcript"].pk), str(record["analysis"].pk))
    assert not [one for one in told for name in (*names, "Cleo") if name in one]
    assert all(one.args_kwargs == {"args": [], "kwargs": {}} for one in tasks.objects.all())


def test_whoever_was_erased_cannot_come_in(cast: Cast, sign_in: SignIn) -> None:
    cast.client_person.set_password("a long and quiet harbour")
    cast.client_person.save()
    browser = sign_in(cast.client_person)
    close_record(by=cast.owner, client=cast.client)
    erase_record(by=cast.owner, client=cast.client)
    assert browser.get("/me/goals/").status_code == 302
    person = Person.objects.get(pk=cast.client_person.pk)
    assert (person.name, person.is_active, person.has_usable_password()) == ("Erased", False, False)
    assert person.email.endswith(".invalid")
    # Nobody knows the address any more: somebody else, or they themselves, may come anew.
    Person.objects.create_person(email="cleo.client@example.org", name="Cleo Client", role="client")


def test_open_invitations_to_an_erased_record_lead_nowhere(cast: Cast) -> None:
    invite_client(by=cast.therapist, client=cast.client, email="cleo@example.net")
    close_record(by=cast.owner, client=cast.client)
    erase_record(by=cast.owner, client=cast.client)
    invitation = Invitation.objects.get(client_id=cast.client.pk)
    assert not is_open(invitation)
    assert (invitation.name, "cleo" in invitation.email) == ("Erased", False)


def test_the_pages_of_others_go_on_without_them(cast: Cast, sign_in: SignIn) -> None:
    full_record(cast)
    close_record(by=cast.owner, client=cast.client)
    erase_record(by=cast.owner, client=cast.client)
    for name, path in (
        ("owner", "/"),
        ("owner", "/practice/people/"),
        ("owner", "/practice/records/"),
        ("owner", "/practice/audit/"),
        ("owner", "/safety/"),
        ("owner", "/inbox/"),
        ("therapist", "/"),
        ("therapist", "/sessions/"),
        ("supervisor", "/"),
    ):
        response = sign_in(cast[name]).get(path)
        assert response.status_code == 200, (name, path)
        assert b"Cleo" not in response.content


def test_the_page_wants_the_name_and_a_look_at_the_law(cast: Cast, sign_in: SignIn) -> None:
    end_care(by=cast.owner, care=cast.care)
    owner = sign_in(cast.owner)
    for changes in ({"name": "Somebody Else"}, {"law": ""}, {"name": ""}):
        assert owner.post(url(cast), sent(**changes)).status_code == 422
    assert ClientKey.objects.filter(client_id=cast.client.pk).exists()
    assert owner.post(url(cast), sent(name=" cleo client ")).status_code == 302
    assert not ClientKey.objects.filter(client_id=cast.client.pk).exists()
    assert owner.get(url(cast)).status_code == 404
    assert cast.client.pk.hex[:8] in owner.get("/practice/records/").content.decode()


def test_erasing_wants_a_fresh_sign_in(cast: Cast, sign_in: SignIn) -> None:
    end_care(by=cast.owner, care=cast.care)
    cast.owner.set_password("a long and quiet harbour")
    cast.owner.save()
    response = sign_in(cast.owner).post(url(cast), sent())
    assert response.status_code == 302
    assert response["Location"].startswith("/account/reauthenticate/")
    assert ClientKey.objects.filter(client_id=cast.client.pk).exists()


def test_the_page_says_until_when_a_record_is_kept_and_why(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    long_ago(cast, 3)
    page = sign_in(cast.owner).get(url(cast)).content.decode()
    assert "The agreement with this client says 7 years after the last session" in page
    assert "That time is not over" in page
    long_ago(cast, 8)
    assert "That time is over" in sign_in(cast.owner).get(url(cast)).content.decode()


def test_an_agreement_of_ones_own_says_how_long(cast: Cast) -> None:
    reachable()
    version = begin_agreement(
        by=cast.therapist,
        care=cast.care,
        changes={**FILLED, "records": {"terms": {"kept_years": 10}}},
    )
    accept(by=cast.client_person, version=version)
    long_ago(cast, 8)
    term = term_of(cast.client)
    assert (term.years, term.agreed, term.is_over) == (10, True, False)
    assert (term_of(cast.other_client).until, term_of(cast.other_client).is_over) == (None, False)


def test_records_past_their_time_are_listed_and_left_alone(cast: Cast) -> None:
    assert records_past_their_time() == ()
    long_ago(cast, 8)
    found = records_past_their_time()
    assert [one.name for one in found] == ["Cleo Client"]
    assert records_past_their_time(years=20) == ()
    assert ClientKey.objects.filter(client_id=cast.client.pk).exists()


@pytest.mark.parametrize("day", [(2020, 2, 29), (2019, 12, 31)])
def test_years_are_counted_over_leap_days(cast: Cast, day: tuple[int, int, int]) -> None:
    CareRelationship.objects.filter(pk=cast.care.pk).update(
        starts_at=datetime(2018, 1, 1, tzinfo=UTC), ends_at=datetime(*day, 12, tzinfo=UTC)
    )
    expected = date(2027, 3, 1) if day[1] == 2 else date(2026, 12, 31)
    assert term_of(cast.client).until == expected


def test_the_list_of_records_costs_the_same_for_many(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    agreed_upon(cast)

    def look() -> int:
        with opened(), django_assert_max_num_queries(20) as found:
            records(viewer=cast.owner)
        return len(found)

    few = look()
    for number in range(12):
        care = open_record(by=cast.therapist, name=f"One {number}", therapist=cast.therapist)
        if number % 2:
            end_care(by=cast.therapist, care=care)
    assert look() == few


@pytest.mark.django_db(transaction=True)
def test_who_was_erased_is_remembered_outside_the_database(cast: Cast) -> None:
    end_care(by=cast.owner, care=cast.care)
    erase_record(by=cast.owner, client=cast.client)
    assert cast.client.pk in read_erased()
    erased_file().unlink()
