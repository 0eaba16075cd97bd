"""Shares for supervision: offered by the therapist, agreed by the client, closed by either."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import (
    accept,
    agree_to_share,
    give_consent,
    offer_share,
    propose,
    withdraw_share,
)
from holdfast_web.agreements.queries import agreement_of, shared_with, shares_of, versions_of
from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import end_care
from holdfast_web.care.models import Share
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.keys import opened
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]


def ready(cast: Cast) -> None:
    """Bring about an agreement in which the client said yes to supervision."""
    agreed_upon(cast)
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=True)


def offer(cast: Cast, **changes: Any) -> Share:
    told: dict[str, Any] = {
        "supervisor": cast.supervisor,
        "parts": ["goals", "course"],
        "purpose": "To think about why the last sessions felt stuck.",
        "ends_at": timezone.now() + timedelta(days=30),
    }
    return offer_share(by=cast.therapist, client=cast.client, **{**told, **changes})


def sees(cast: Cast, part: Part) -> bool:
    forget_access(cast.supervisor)
    return bool(may_read(cast.supervisor, cast.client, part))


def test_without_the_clients_consent_to_supervision_nothing_can_be_offered(cast: Cast) -> None:
    agreed_upon(cast)
    with pytest.raises(Refused, match="supervisor"):
        offer(cast)


def test_an_offer_opens_nothing_until_the_client_agrees_to_it(cast: Cast) -> None:
    ready(cast)
    share = offer(cast)
    assert not sees(cast, Part.GOALS)
    agree_to_share(by=cast.client_person, share=share)
    assert sees(cast, Part.GOALS)
    assert sees(cast, Part.COURSE)


def test_only_what_was_agreed_opens(cast: Cast) -> None:
    ready(cast)
    agree_to_share(by=cast.client_person, share=offer(cast, parts=["goals"]))
    for part in Part:
        assert sees(cast, part) is (part in (Part.GOALS, Part.CARE)), part


@pytest.mark.parametrize("parts", [[], ["notes"], ["answers", "goals"], ["private_notes"], ["x"]])
def test_notes_and_answers_cannot_be_shared(cast: Cast, parts: list[str]) -> None:
    ready(cast)
    with pytest.raises(Refused, match="at least one part"):
        offer(cast, parts=parts)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_share_ends_within_a_year(cast: Cast, days: int) -> None:
    ready(cast)
    with pytest.raises(Refused, match="within a year"):
        offer(cast, ends_at=timezone.now() + timedelta(days=days))


def test_a_share_needs_a_purpose_and_a_supervisor(cast: Cast) -> None:
    ready(cast)
    with pytest.raises(Refused, match="what it is for"):
        offer(cast, purpose="   ")
    with pytest.raises(Refused, match="isn’t a supervisor"):
        offer(cast, supervisor=cast.other_therapist)


@pytest.mark.parametrize("who", ["client_person", "therapist"])
def test_either_closes_it_and_it_is_closed_at_once(cast: Cast, who: str) -> None:
    ready(cast)
    share = agree_to_share(by=cast.client_person, share=offer(cast))
    assert sees(cast, Part.GOALS)
    withdraw_share(by=cast[who], share=share)
    assert not sees(cast, Part.GOALS)
    with pytest.raises(Stale):
        agree_to_share(by=cast.client_person, share=share)


def test_a_share_runs_out(cast: Cast) -> None:
    ready(cast)
    share = agree_to_share(by=cast.client_person, share=offer(cast))
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now())
    assert not sees(cast, Part.GOALS)


def test_a_share_ends_with_the_care(cast: Cast) -> None:
    ready(cast)
    agree_to_share(by=cast.client_person, share=offer(cast))
    end_care(by=cast.therapist, care=cast.care)
    assert not sees(cast, Part.GOALS)


def test_a_changed_supervision_clause_closes_what_was_shared_under_the_old(cast: Cast) -> None:
    ready(cast)
    agree_to_share(by=cast.client_person, share=offer(cast))
    change = {"supervision": {"own_words": "My notes may be read, too."}}
    version = propose(by=cast.therapist, client=cast.client, changes=change)
    assert sees(cast, Part.GOALS)
    accept(by=cast.client_person, version=version)
    assert not sees(cast, Part.GOALS)


def test_the_therapist_cannot_agree_for_the_client(cast: Cast) -> None:
    ready(cast)
    share = offer(cast)
    with pytest.raises(Refused):
        agree_to_share(by=cast.therapist, share=share)


@pytest.mark.parametrize("who", ["other_therapist", "other_client_person", "owner", "supervisor"])
def test_to_strangers_there_is_no_share(cast: Cast, who: str) -> None:
    ready(cast)
    share = offer(cast)
    for attempt in (agree_to_share, withdraw_share):
        with pytest.raises(NotYours):
            attempt(by=cast[who], share=share)
    with pytest.raises(NotYours):
        shares_of(cast.client, viewer=cast[who])


def test_the_supervisor_cannot_close_or_list_what_others_share(cast: Cast) -> None:
    ready(cast)
    share = agree_to_share(by=cast.client_person, share=offer(cast))
    forget_access(cast.supervisor)
    with pytest.raises(Refused):
        withdraw_share(by=cast.supervisor, share=share)
    with pytest.raises(NotYours):
        shares_of(cast.client, viewer=cast.supervisor)


def test_the_supervisor_reads_what_it_is_for(cast: Cast) -> None:
    ready(cast)
    agree_to_share(by=cast.client_person, share=offer(cast))
    forget_access(cast.supervisor)
    (share,) = shared_with(viewer=cast.supervisor)
    assert share.purpose == "To think about why the last sessions felt stuck."
    assert "share.viewed" in Event.objects.filter(client_id=cast.client.pk).values_list(
        "what", flat=True
    )


def test_of_a_shared_agreement_the_supervisor_sees_what_holds_and_no_more(cast: Cast) -> None:
    ready(cast)
    agree_to_share(by=cast.client_person, share=offer(cast, parts=["agreement"]))
    propose(
        by=cast.client_person,
        client=cast.client,
        changes={"fees": {"own_words": "A secret wish."}},
    )
    forget_access(cast.supervisor)
    view = agreement_of(cast.client, viewer=cast.supervisor)
    assert view.accepted is not None
    assert (view.proposed, view.changes) == (None, ())
    assert not view.may_answer
    assert not view.may_ask
    (care,) = versions_of(cast.client, viewer=cast.supervisor)
    assert len(care.versions) == 1


def test_each_step_is_witnessed(cast: Cast) -> None:
    ready(cast)
    share = agree_to_share(by=cast.client_person, share=offer(cast))
    withdraw_share(by=cast.client_person, share=share)
    told = Event.objects.filter(what__startswith="share.").order_by("place")
    assert [one.what for one in told] == ["share.offered", "share.agreed", "share.closed"]
    assert not any("stuck" in str(one.facts) for one in told)


# --- Pages ------------------------------------------------------------------------------------


def test_offered_agreed_and_closed_on_the_pages(cast: Cast, sign_in: SignIn) -> None:
    ready(cast)
    theirs, mine = sign_in(cast.therapist), sign_in(cast.client_person)
    address = f"/clients/{cast.client.pk}/shares/"
    assert "Ask to share something" in theirs.get(address).content.decode()
    data = {
        "supervisor": str(cast.supervisor.pk),
        "parts": ["goals"],
        "purpose": "<b>To think</b>",
        "until": (timezone.localdate() + timedelta(days=7)).isoformat(),
    }
    assert theirs.post(address, data).status_code == 302
    page = mine.get("/me/shares/").content.decode()
    assert "Sunny Supervisor" in page
    assert "&lt;b&gt;To think&lt;/b&gt;" in page
    share = Share.objects.get()
    mine.post(f"/me/shares/{share.pk}/agree/")
    assert sees(cast, Part.GOALS)
    supervisor = sign_in(cast.supervisor)
    assert supervisor.get(f"/clients/{cast.client.pk}/agreement/").status_code == 404
    mine.post(f"/me/shares/{share.pk}/close/")
    assert not sees(cast, Part.GOALS)
    late = mine.post(f"/me/shares/{share.pk}/agree/")
    assert late.status_code == 409


def test_a_share_that_cannot_be_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    ready(cast)
    data = {
        "supervisor": str(cast.supervisor.pk),
        "parts": ["goals"],
        "purpose": "My reasons",
        "until": (timezone.localdate() - timedelta(days=1)).isoformat(),
    }
    answer = sign_in(cast.therapist).post(f"/clients/{cast.client.pk}/shares/", data)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "My reasons" in page
    assert "within a year" in page


def test_without_consent_the_button_says_why(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/shares/").content.decode()
    assert "<button disabled title=" in page
    assert "said yes to sharing with a supervisor" in page


@pytest.mark.parametrize("who", ["other_therapist", "other_client_person", "supervisor", "owner"])
def test_strangers_find_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    ready(cast)
    share = offer(cast)
    browser = sign_in(cast[who])
    assert browser.get(f"/clients/{cast.client.pk}/shares/").status_code == 404
    for address in (
        f"/me/shares/{share.pk}/agree/",
        f"/me/shares/{share.pk}/close/",
        f"/clients/{cast.client.pk}/shares/{share.pk}/close/",
    ):
        assert browser.post(address).status_code == 404
    share.refresh_from_db()
    assert (share.client_agreed_at, share.withdrawn_at) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_agreed_and_taken_back_at_once_leaves_it_closed(cast: Cast) -> None:
    ready(cast)
    share = offer(cast)
    start, told = threading.Barrier(2), []

    def run(call: Callable[[], Any]) -> None:
        try:
            with opened():
                start.wait()
                call()
            told.append("done")
        except Stale:
            told.append("stale")
        finally:
            connection.close()

    calls = (
        lambda: agree_to_share(by=cast.client_person, share=share),
        lambda: withdraw_share(by=cast.therapist, share=share),
    )
    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 2
    share.refresh_from_db()
    assert share.withdrawn_at is not None
    assert not sees(cast, Part.GOALS)
