"""The practice's clauses: what ships, what the owner changes, and whom a change touches."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import (
    accept,
    begin_agreement,
    propose,
    rewrite_clause,
    ship_clause_again,
)
from holdfast_web.agreements.clause import NAMES, Clause, bracketed, clauses_of, unbracketed
from holdfast_web.agreements.clauses import clauses_for, practice_clauses, shipped
from holdfast_web.agreements.models import Template
from holdfast_web.agreements.queries import agreement_of, clauses_of_practice
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.agreeing import FILLED, agreed_upon, reachable
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]
REQUIRED = {
    "goals_and_roles",
    "confidentiality",
    "exceptions",
    "contact",
    "reviews",
    "ending",
    "change_of_therapist",
    "complaints",
    "records",
    "emergencies",
    "supervision",
}


def named(key: str) -> Clause:
    return next(one for one in practice_clauses() if one.key == key)


def rewrite(cast: Cast, key: str, **changes: Any) -> Template:
    now = named(key)
    told: dict[str, Any] = {
        "title": now.title,
        "words": now.words,
        "terms": dict(now.terms),
        "in_use": now.in_use,
        "edition": now.edition,
    }
    return rewrite_clause(by=cast.owner, clause=key, **{**told, **changes})


# --- What ships -------------------------------------------------------------------------------


@pytest.mark.parametrize("clause", shipped(), ids=lambda one: one.key)
def test_each_clause_says_what_its_terms_are_called_and_uses_no_unknown_name(
    clause: Clause,
) -> None:
    assert set(clause.labels) == set(clause.terms)
    assert set(re.findall(r"\{(\w+)\}", clause.words)) <= set(clause.terms) | set(NAMES)
    assert set(clause.own_terms) <= set(clause.terms)
    assert clause.why


@pytest.mark.parametrize("clause", shipped(), ids=lambda one: one.key)
def test_words_come_back_from_the_editor_as_they_went_in(clause: Clause) -> None:
    assert unbracketed(bracketed(clause), clause) == clause.words


def test_what_every_agreement_needs_cannot_be_left_out() -> None:
    kept = {one.key for one in shipped() if not one.may_be_left_out}
    assert kept >= REQUIRED


def test_three_clauses_ask_for_a_consent_of_their_own() -> None:
    asking = [one.key for one in shipped() if one.asks_consent]
    assert asking == ["recording", "analysis", "supervision"]


def test_terms_are_said_in_words() -> None:
    contact = next(one for one in shipped() if one.key == "contact")
    text = contact.text
    assert "Monday, Tuesday, Wednesday, Thursday, Friday" in text
    assert "messages in Holdfast, phone" in text
    assert "within 48 hours" in text


def test_a_blank_is_shown_by_its_name() -> None:
    fees = next(one for one in shipped() if one.key == "fees")
    assert "Fee for a session: [the fee for a session]." in fees.text
    assert fees.blanks == ("the fee for a session",)


# --- What the owner changes -------------------------------------------------------------------


def test_a_change_touches_only_what_is_offered_from_then_on(cast: Cast) -> None:
    version = agreed_upon(cast)
    rewrite(cast, "fees", words="You pay {amount}, and that is all.")
    kept = next(one for one in clauses_of(version.clauses) if one.key == "fees")
    assert "that is all" not in kept.text
    other = begin_agreement(by=cast.other_therapist, care=cast.other_care, changes=FILLED)
    offered = next(one for one in clauses_of(other.clauses) if one.key == "fees")
    assert offered.text.startswith("You pay £55, and that is all.")


def test_a_filled_blank_needs_no_filling_by_therapists(cast: Cast) -> None:
    reachable()
    rewrite(cast, "fees", terms={"amount": "£70"})
    fees = next(one for one in clauses_for(cast.therapist) if one.key == "fees")
    assert not fees.blanks


def test_what_therapists_fill_in_is_no_blank_of_the_practice(cast: Cast) -> None:
    groups = clauses_of_practice(viewer=cast.owner)
    about = next(c for g in groups for c in g.clauses if c.clause.key == "about_your_therapist")
    assert about.blanks == ("where the practice is",)


def test_a_required_clause_cannot_be_dropped(cast: Cast) -> None:
    with pytest.raises(Refused, match="Every agreement needs"):
        rewrite(cast, "confidentiality", in_use=False)


def test_a_clause_that_is_left_out_is_not_offered_and_opens_nothing(cast: Cast) -> None:
    reachable()
    rewrite(cast, "recording", in_use=False)
    version = begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)
    accept(by=cast.client_person, version=version)
    assert "recording" not in version.since
    assert "says nothing" in agreed(cast.client, Term.RECORDING).reason


def test_a_clause_that_the_practice_adds_later_can_be_proposed(cast: Cast) -> None:
    reachable()
    rewrite(cast, "online", in_use=False)
    version = begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)
    accept(by=cast.client_person, version=version)
    assert not agreed(cast.client, Term.ONLINE)
    rewrite(cast, "online", in_use=True)
    missing = agreement_of(cast.client, viewer=cast.therapist).missing
    assert [one.key for one in missing] == ["online"]
    second = propose(by=cast.therapist, client=cast.client, changes={"online": {}})
    (change,) = agreement_of(cast.client, viewer=cast.client_person).changes
    assert change.is_new
    accept(by=cast.client_person, version=second)
    assert agreed(cast.client, Term.ONLINE)
    keys = [one.key for one in clauses_of(second.clauses)]
    order = [one.key for one in shipped()]
    assert keys == [key for key in order if key in keys]


def test_words_that_shipped_come_back(cast: Cast) -> None:
    row = rewrite(cast, "fees", words="Nothing.")
    ship_clause_again(by=cast.owner, clause="fees", edition=row.edition)
    assert named("fees").words == next(one for one in shipped() if one.key == "fees").words


def test_an_older_edition_is_told_and_overwrites_nothing(cast: Cast) -> None:
    rewrite(cast, "fees", words="First {amount}.")
    with pytest.raises(Stale):
        rewrite(cast, "fees", words="Second {amount}.", edition=0)
    with pytest.raises(Stale):
        ship_clause_again(by=cast.owner, clause="fees", edition=0)
    assert named("fees").words == "First {amount}."


@pytest.mark.parametrize("who", ["therapist", "supervisor", "client_person"])
def test_only_the_owner_changes_clauses(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        rewrite_clause(
            by=cast[who],
            clause="fees",
            title="Fees",
            words="Free.",
            terms={},
            in_use=True,
            edition=0,
        )


def test_there_is_no_clause_of_another_name(cast: Cast) -> None:
    with pytest.raises(NotYours):
        ship_clause_again(by=cast.owner, clause="no_such", edition=0)


# --- Pages ------------------------------------------------------------------------------------


def test_the_owner_reads_fills_in_and_previews(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.owner)
    page = browser.get("/practice/agreement/").content.decode()
    assert "still to fill in" in page
    data = {
        "title": "Money",
        "words": "It costs [the fee for a session] each time.",
        "term_amount": "£55",
        "term_pay_within_days": "14",
        "term_change_notice_weeks": "6",
        "in_use": "on",
        "edition": "0",
    }
    assert browser.post("/practice/agreement/fees/", data).status_code == 302
    assert named("fees").words == "It costs {amount} each time."
    preview = browser.get("/practice/agreement/preview/").content.decode()
    assert "It costs £55 each time." in preview
    late = browser.post("/practice/agreement/fees/", {**data, "title": "Later"})
    assert late.status_code == 409
    assert "Later" in late.content.decode()


def test_a_term_that_does_not_fit_is_said_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    data = {"title": "T", "words": "W", "edition": "0", "term_every_weeks": "0"}
    answer = sign_in(cast.owner).post("/practice/agreement/reviews/", data)
    assert answer.status_code == 400
    assert "greater than or equal to 1" in answer.content.decode()


@pytest.mark.parametrize("who", ["therapist", "supervisor", "client_person", None])
@pytest.mark.parametrize("page", ["", "fees/", "preview/"])
def test_to_others_there_is_no_such_page(
    cast: Cast, sign_in: SignIn, who: str | None, page: str
) -> None:
    answer = sign_in(cast[who] if who else None).get(f"/practice/agreement/{page}")
    assert answer.status_code == (404 if who else 302)


def test_changes_of_clauses_are_witnessed(cast: Cast) -> None:
    rewrite(cast, "fees", words="Free.")
    event = Event.objects.get(what="practice_clause.changed")
    assert (event.client_id, event.facts["clause"]) == (None, "fees")
