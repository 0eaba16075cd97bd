"""Consents: asked apart, no until the client says yes, taken back as easily as given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import (
    accept,
    agree_to_share,
    give_consent,
    offer_share,
    propose,
)
from holdfast_web.agreements.models import Consent
from holdfast_web.agreements.queries import agreement_of, waiting_for_client
from holdfast_web.agreements.terms import CONSENTS, Term, agreed
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import pass_care_on
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.agreeing import agreed_upon, offered
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]


def say(cast: Cast, term: Term, given: bool, **more: Any) -> Consent:
    return give_consent(
        by=cast.client_person, client=cast.client, kind=term.value, given=given, **more
    )


@pytest.mark.parametrize("term", CONSENTS)
def test_accepting_the_agreement_never_says_yes(cast: Cast, term: Term) -> None:
    agreed_upon(cast)
    decision = agreed(cast.client, term)
    assert not decision
    assert "hasn’t said yes" in decision.reason


def test_without_an_agreement_there_is_nothing_to_agree_to(cast: Cast) -> None:
    assert "no working agreement" in agreed(cast.client, Term.RECORDING).reason
    with pytest.raises(Refused):
        say(cast, Term.RECORDING, True)


def test_a_yes_to_one_thing_is_none_to_another(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    assert agreed(cast.client, Term.RECORDING)
    assert not agreed(cast.client, Term.ANALYSIS)
    assert not agreed(cast.client, Term.SUPERVISION)


def test_the_latest_answer_counts_and_all_are_kept(cast: Cast) -> None:
    agreed_upon(cast)
    for given in (True, False, True, False):
        say(cast, Term.RECORDING, given)
        assert bool(agreed(cast.client, Term.RECORDING)) is given
    assert "said no" in agreed(cast.client, Term.RECORDING).reason
    assert Consent.objects.seen_by(cast.client_person).count() == 4


def test_a_yes_before_the_agreement_is_accepted_opens_nothing_until_it_is(cast: Cast) -> None:
    version = offered(cast)
    say(cast, Term.RECORDING, True)
    assert not agreed(cast.client, Term.RECORDING)
    accept(by=cast.client_person, version=version)
    assert agreed(cast.client, Term.RECORDING)


def test_a_yes_older_than_the_clause_is_asked_anew(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    say(cast, Term.ANALYSIS, True)
    longer = {"recording": {"terms": {"kept_days": 90}}}
    version = propose(by=cast.therapist, client=cast.client, changes=longer)
    assert agreed(cast.client, Term.RECORDING), "a proposal changes nothing yet"
    accept(by=cast.client_person, version=version)
    decision = agreed(cast.client, Term.RECORDING)
    assert not decision
    assert "has changed since" in decision.reason
    assert agreed(cast.client, Term.ANALYSIS), "its clause reads as it did"
    view = agreement_of(cast.client, viewer=cast.client_person)
    assert [one.state for one in view.consents] == ["anew", "yes", "unasked"]
    assert "recording" in waiting_for_client(cast.client, viewer=cast.client_person).consents
    say(cast, Term.RECORDING, True)
    assert agreed(cast.client, Term.RECORDING)


def test_another_change_of_the_agreement_leaves_a_consent_as_it_is(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    fee = {"fees": {"terms": {"amount": "£60"}}}
    accept(
        by=cast.client_person,
        version=propose(by=cast.therapist, client=cast.client, changes=fee),
    )
    assert agreed(cast.client, Term.RECORDING)


def test_a_yes_to_words_that_have_changed_meanwhile_is_not_taken_and_a_no_is(
    cast: Cast,
) -> None:
    first = agreed_upon(cast)
    longer = {"recording": {"terms": {"kept_days": 90}}}
    version = propose(by=cast.therapist, client=cast.client, changes=longer)
    accept(by=cast.client_person, version=version)
    with pytest.raises(Stale):
        say(cast, Term.RECORDING, True, seen=first.pk)
    say(cast, Term.RECORDING, False, seen=first.pk)
    assert "said no" in agreed(cast.client, Term.RECORDING).reason


@pytest.mark.parametrize("who", ["therapist", "owner", "supervisor", "other_client_person"])
def test_nobody_says_yes_for_the_client(cast: Cast, who: str) -> None:
    agreed_upon(cast)
    with pytest.raises((Refused, NotYours)):
        give_consent(by=cast[who], client=cast.client, kind="recording", given=True)
    assert not agreed(cast.client, Term.RECORDING)


def test_a_yes_to_one_therapist_is_none_to_the_next(cast: Cast) -> None:
    version = agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    assert not agreed(cast.client, Term.RECORDING)
    assert version.care_id == cast.care.pk


def test_a_clause_that_the_agreement_leaves_out_is_agreed_to_by_nobody(cast: Cast) -> None:
    agreed_upon(cast)
    with pytest.raises(Refused, match="doesn’t ask"):
        give_consent(by=cast.client_person, client=cast.client, kind="fees_", given=True)
    assert agreed(cast.client, Term.ONLINE)


def test_taking_back_supervision_closes_what_is_shared_at_once(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, Term.SUPERVISION, True)
    share = offer_share(
        by=cast.therapist,
        client=cast.client,
        supervisor=cast.supervisor,
        parts=["goals"],
        purpose="To think about the ending.",
        ends_at=timezone.now() + timedelta(days=30),
    )
    agree_to_share(by=cast.client_person, share=share)
    say(cast, Term.SUPERVISION, False)
    share.refresh_from_db()
    assert share.withdrawn_at is not None


def test_one_tap_on_the_page_gives_and_takes_back(cast: Cast, sign_in: SignIn) -> None:
    version = agreed_upon(cast)
    browser = sign_in(cast.client_person)
    page = browser.get("/me/agreement/").content.decode()
    assert "Nobody takes a yes for granted" in page
    seen = {"seen": str(version.pk)}
    done = browser.post("/me/agreement/consent/recording/", {"given": "yes", **seen})
    assert done["Location"] == "/me/agreement/#recording"
    assert agreed(cast.client, Term.RECORDING)
    assert "Take my yes back" in browser.get("/me/agreement/").content.decode()
    browser.post("/me/agreement/consent/recording/", {"given": "no", **seen})
    assert not agreed(cast.client, Term.RECORDING)


def test_the_therapist_sees_the_answer_and_no_button(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, False)
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/agreement/").content.decode()
    assert "Your client said no" in page
    assert "consent/recording/" not in page


@pytest.mark.parametrize(
    "data", [{}, {"given": "maybe"}, {"given": "yes", "seen": "nonsense"}, {"given": "yes"}]
)
def test_a_forged_answer_is_none(cast: Cast, sign_in: SignIn, data: dict[str, str]) -> None:
    agreed_upon(cast)
    answer = sign_in(cast.client_person).post("/me/agreement/consent/recording/", data)
    assert answer.status_code == 404
    assert not agreed(cast.client, Term.RECORDING)


@pytest.mark.parametrize("who", ["therapist", "other_therapist", "supervisor", "owner", None])
def test_only_a_client_has_the_page(cast: Cast, sign_in: SignIn, who: str | None) -> None:
    agreed_upon(cast)
    browser = sign_in(cast[who] if who else None)
    answer = browser.post("/me/agreement/consent/recording/", {"given": "yes"})
    assert answer.status_code == (404 if who else 302)


def test_each_answer_is_witnessed(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    say(cast, Term.RECORDING, False)
    told = Event.objects.filter(what__startswith="consent.").order_by("place")
    assert [(one.what, one.facts["kind"]) for one in told] == [
        ("consent.given", "recording"),
        ("consent.refused", "recording"),
    ]


def test_asking_what_was_agreed_takes_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    agreed_upon(cast)
    say(cast, Term.RECORDING, True)
    with django_assert_max_num_queries(3):
        assert agreed(cast.client, Term.RECORDING)
