"""Who said yes, who said no, who was never asked: all of a therapist's clients on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import accept, begin_agreement, give_consent, propose
from holdfast_web.analysis.queries.consents import ClientConsents, consents_at_a_glance
from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import end_care, open_record, pass_care_on
from holdfast_web.vault.keys import opened
from tests.web.agreeing import FILLED, agreed_upon, reachable
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]
KINDS = ("recording", "analysis", "supervision")


def say(cast: Cast, *kinds: str, given: bool = True) -> None:
    for kind in kinds:
        give_consent(by=cast.client_person, client=cast.client, kind=kind, given=given)


def look(cast: Cast, name: str = "therapist") -> tuple[ClientConsents, ...]:
    forget_access(cast[name])
    return consents_at_a_glance(viewer=cast[name]).clients


def states(cast: Cast) -> list[str]:
    (one,) = look(cast)
    return [answer.state for answer in one.states]


def test_without_an_agreement_nobody_was_asked(cast: Cast) -> None:
    assert states(cast) == ["no_agreement"] * 3


def test_each_answer_stands_for_itself(cast: Cast) -> None:
    agreed_upon(cast)
    assert states(cast) == ["unasked"] * 3
    say(cast, "recording", "analysis")
    say(cast, "supervision", given=False)
    assert states(cast) == ["yes", "yes", "no"]
    (one,) = look(cast)
    assert one.text_is_open
    say(cast, "recording", given=False)
    assert states(cast) == ["no", "yes", "no"]
    assert not look(cast)[0].text_is_open


def test_a_changed_clause_is_to_be_asked_anew(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, *KINDS)
    change = {"analysis": {"terms": {"kept_days": 365}}}
    version = propose(by=cast.therapist, client=cast.client, changes=change)
    accept(by=cast.client_person, version=version)
    assert states(cast) == ["yes", "anew", "yes"]


def test_a_clause_that_is_left_out_was_never_asked(cast: Cast, sign_in: SignIn) -> None:
    reachable()
    version = begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)
    version.since = {key: since for key, since in version.since.items() if key != "recording"}
    version.save()
    accept(by=cast.client_person, version=version)
    assert states(cast) == ["not_in_it", "unasked", "unasked"]
    page = sign_in(cast.therapist).get("/consents/").content.decode()
    assert "not in the agreement" in page


def test_only_ones_own_clients_are_there(cast: Cast) -> None:
    agreed_upon(cast)
    assert [one.name for one in look(cast)] == ["Cleo Client"]
    assert [one.name for one in look(cast, "other_therapist")] == ["Dara Different"]
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    assert look(cast) == ()
    assert [one.name for one in look(cast, "other_therapist")] == ["Cleo Client", "Dara Different"]


def test_a_yes_to_one_therapist_is_none_to_the_next(cast: Cast) -> None:
    agreed_upon(cast)
    say(cast, *KINDS)
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    first = look(cast, "other_therapist")[0]
    assert {answer.state for answer in first.states} == {"no_agreement"}


def test_sixty_clients_take_as_many_queries_as_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    agreed_upon(cast)
    say(cast, *KINDS)

    def count() -> int:
        forget_access(cast.therapist)
        with opened(), django_assert_max_num_queries(14) as found:
            assert len(consents_at_a_glance(viewer=cast.therapist).clients) in (1, 60)
        return len(found)

    few = count()
    for number in range(59):
        care = open_record(by=cast.therapist, name=f"One {number}", therapist=cast.therapist)
        begin_agreement(by=cast.therapist, care=care, changes=FILLED)
    assert count() == few


def test_the_page_says_it_in_words_and_leads_to_the_agreement(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    say(cast, "recording")
    say(cast, "analysis", given=False)
    therapist = sign_in(cast.therapist)
    page = therapist.get("/consents/").content.decode()
    assert f"/clients/{cast.client.pk}/agreement/" in page
    for words in ("Cleo Client", "since today", "No answer yet", "for 0 of your 1 client:"):
        assert words in page
    assert 'href="/consents/"' in therapist.get("/").content.decode()
    assert Event.objects.filter(what="consents.listed", client_id=cast.client.pk).exists()


@pytest.mark.parametrize("name", ["client_person", "owner", "supervisor"])
def test_the_page_is_a_therapists(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert sign_in(cast[name]).get("/consents/").status_code == 404


def test_with_nobody_in_care_the_page_says_so(cast: Cast, sign_in: SignIn) -> None:
    end_care(by=cast.therapist, care=cast.care)
    assert (
        "Nobody is in your care now." in sign_in(cast.therapist).get("/consents/").content.decode()
    )
