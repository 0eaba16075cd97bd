"""The working agreement: offered, read, questioned, changed, accepted; every version kept."""

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
    answer_question,
    ask_about,
    begin_agreement,
    decline,
    mark_reviewed,
    propose,
    rewrite_clause,
    save_change,
    send_draft,
    take_back,
)
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.models import Draft, Question, Status, Version
from holdfast_web.agreements.queries import (
    agreement_of,
    agreements_in_numbers,
    draft_of,
    standing_of_agreements,
    versions_of,
    waiting_for_client,
)
from holdfast_web.agreements.terms import Term, agreed, terms_of
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import open_record, pass_care_on
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.keys import opened
from tests.web.agreeing import FILLED, agreed_upon, offered, reachable
from tests.web.conftest import Cast

REPLY = {"contact": {"terms": {"reply_within_hours": 24}}}
SignIn = Callable[[Person | None], Browser]


def clause(version: Version, key: str) -> Clause:
    return next(one for one in clauses_of(version.clauses) if one.key == key)


def fresh(version: Version) -> Version:
    found: Version = Version.objects.for_the_practice("a test looks").get(pk=version.pk)
    return found


# --- Offered and accepted ---------------------------------------------------------------------


def test_nothing_is_offered_while_something_is_still_to_be_filled_in(cast: Cast) -> None:
    with pytest.raises(Refused, match="fee for a session"):
        begin_agreement(by=cast.therapist, care=cast.care)
    with pytest.raises(Refused, match="phone number"):
        begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)


def test_names_of_the_practice_and_the_therapist_are_written_in_for_good(cast: Cast) -> None:
    version = offered(cast)
    text = clause(version, "about_your_therapist").text
    assert "Tessa Therapist works with you for Harbour Practice" in text
    assert "{" not in "".join(one.text for one in clauses_of(version.clauses))


def test_an_offer_holds_only_once_the_client_accepts_it(cast: Cast) -> None:
    version = offered(cast)
    assert not agreed(cast.client, Term.AGREEMENT)
    assert terms_of(cast.client) is None
    accept(by=cast.client_person, version=version)
    assert agreed(cast.client, Term.AGREEMENT)
    terms = terms_of(cast.client)
    assert terms is not None
    assert (terms.reply_within_hours, terms.hours) == (48, ("09:00", "18:00"))
    assert terms.days == ("mon", "tue", "wed", "thu", "fri")


def test_accepting_sets_the_day_of_the_review_from_the_clause(cast: Cast) -> None:
    version = agreed_upon(cast)
    assert version.review_on == timezone.localdate() + timedelta(weeks=6)


def test_who_offers_cannot_accept_for_the_other(cast: Cast) -> None:
    with pytest.raises(Refused, match="your own proposal"):
        accept(by=cast.therapist, version=offered(cast))


@pytest.mark.parametrize("who", ["other_therapist", "other_client_person", "supervisor", "owner"])
def test_to_strangers_there_is_no_agreement(cast: Cast, who: str) -> None:
    version = offered(cast)
    with pytest.raises(NotYours):
        accept(by=cast[who], version=version)
    with pytest.raises(NotYours):
        agreement_of(cast.client, viewer=cast[who])
    with pytest.raises(NotYours):
        propose(by=cast[who], client=cast.client, changes=REPLY)


def test_a_second_offer_is_told_that_one_lies_open(cast: Cast) -> None:
    offered(cast)
    with pytest.raises(Stale):
        begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)


def test_after_a_no_the_therapist_offers_again_from_what_they_had_written(cast: Cast) -> None:
    reachable()
    edition = 0
    for key, change in FILLED.items():
        draft = save_change(
            by=cast.therapist, client=cast.client, clause=key, change=change, edition=edition
        )
        edition = draft.edition
    version = send_draft(by=cast.therapist, client=cast.client, note="", seen=None, edition=edition)
    decline(by=cast.client_person, version=version, words="Too much at once.")
    view = draft_of(cast.client, viewer=cast.therapist)
    assert view.may_send
    again = send_draft(by=cast.therapist, client=cast.client, note="", seen=None, edition=edition)
    assert again.number == 2
    accept(by=cast.client_person, version=again)
    assert not Draft.objects.seen_by(cast.therapist).exists()


def test_what_a_therapist_writes_about_themselves_is_kept_for_the_next_agreement(
    cast: Cast,
) -> None:
    change = FILLED["about_your_therapist"]
    save_change(
        by=cast.therapist,
        client=cast.client,
        clause="about_your_therapist",
        change=change,
        edition=0,
    )
    other = open_record(by=cast.therapist, name="Nia Next", therapist=cast.therapist)
    groups = draft_of(other.client, viewer=cast.therapist).groups
    about = next(c.clause for g in groups for c in g.clauses if c.clause.own_terms)
    assert about.terms["qualifications"] == "diploma in counselling"
    assert about.terms["address"] == ""


# --- Proposals --------------------------------------------------------------------------------


def test_a_change_holds_once_the_other_accepts_and_the_old_version_is_kept(cast: Cast) -> None:
    first = agreed_upon(cast)
    second = propose(by=cast.client_person, client=cast.client, changes=REPLY, note="Please.")
    terms = terms_of(cast.client)
    assert terms is not None
    assert terms.reply_within_hours == 48
    accept(by=cast.therapist, version=second)
    terms = terms_of(cast.client)
    assert terms is not None
    assert terms.reply_within_hours == 24
    assert fresh(first).status == Status.REPLACED
    assert "48 hours" in clause(fresh(first), "contact").text
    assert "24 hours" in clause(second, "contact").text


def test_a_wish_in_free_words_stands_below_the_clause_as_it_was_written(cast: Cast) -> None:
    agreed_upon(cast)
    wish = "Could it be 24 hours for me, and {not} <48>?"
    changes = {"cancellation": {"own_words": wish}}
    version = propose(by=cast.client_person, client=cast.client, changes=changes)
    assert clause(version, "cancellation").text.endswith(wish)
    view = agreement_of(cast.client, viewer=cast.therapist)
    (change,) = view.changes
    assert "<ins>" in change.difference
    assert "&lt;48&gt;" in change.difference


def test_what_the_software_obeys_is_shown_even_if_the_words_leave_it_out(cast: Cast) -> None:
    agreed_upon(cast)
    changes = {"cancellation": {"words": "Just tell us."}}
    version = propose(by=cast.client_person, client=cast.client, changes=changes)
    text = clause(version, "cancellation").text
    assert "how many hours before a session it can be cancelled: 48." in text


def test_a_proposal_that_changes_nothing_is_not_sent(cast: Cast) -> None:
    agreed_upon(cast)
    same = {"contact": {"terms": {"reply_within_hours": 48}}}
    with pytest.raises(Refused, match="Nothing would change"):
        propose(by=cast.therapist, client=cast.client, changes=same)


@pytest.mark.parametrize(
    "change",
    [
        {"terms": {"reply_within_hours": -1}},
        {"terms": {"reply_within_hours": True}},
        {"terms": {"reply_within_hours": "48"}},
        {"terms": {"days": ["noday"]}},
        {"terms": {"days": []}},
        {"terms": {"hours_from": "25:00"}},
        {"terms": {"hours_from": "19:00"}},
        {"terms": {"unknown": 1}},
        {"terms": {"channels": ["x" * 500]}},
        {"words": "   "},
        {"words": "x" * 10_000},
    ],
)
def test_terms_that_cannot_be_are_refused(cast: Cast, change: dict[str, Any]) -> None:
    agreed_upon(cast)
    with pytest.raises(Refused):
        propose(by=cast.therapist, client=cast.client, changes={"contact": change})


def test_a_clause_that_does_not_exist_cannot_be_proposed(cast: Cast) -> None:
    agreed_upon(cast)
    with pytest.raises(Refused):
        propose(by=cast.therapist, client=cast.client, changes={"no_such": {"words": "Hello"}})


def test_a_proposal_on_a_version_that_has_been_replaced_is_stale(cast: Cast) -> None:
    first = agreed_upon(cast)
    accept(
        by=cast.therapist,
        version=propose(by=cast.client_person, client=cast.client, changes=REPLY),
    )
    with pytest.raises(Stale):
        propose(
            by=cast.therapist,
            client=cast.client,
            changes={"fees": {"terms": {"amount": "£60"}}},
            based_on=first,
        )


def test_only_one_proposal_lies_open_at_a_time(cast: Cast) -> None:
    first = agreed_upon(cast)
    propose(by=cast.client_person, client=cast.client, changes=REPLY)
    with pytest.raises(Refused, match="Take it back"):
        propose(by=cast.client_person, client=cast.client, changes=REPLY, based_on=first)
    with pytest.raises(Stale):
        propose(by=cast.therapist, client=cast.client, changes=REPLY)


def test_a_proposal_can_be_answered_with_another(cast: Cast) -> None:
    agreed_upon(cast)
    theirs = propose(by=cast.client_person, client=cast.client, changes=REPLY)
    middle = {"contact": {"terms": {"reply_within_hours": 36}}}
    mine = propose(by=cast.therapist, client=cast.client, changes=middle, based_on=theirs)
    assert fresh(theirs).status == Status.DECLINED
    accept(by=cast.client_person, version=mine)
    terms = terms_of(cast.client)
    assert terms is not None
    assert terms.reply_within_hours == 36


def test_the_client_can_answer_the_first_offer_with_changes(cast: Cast) -> None:
    offer = offered(cast)
    mine = propose(by=cast.client_person, client=cast.client, changes=REPLY, based_on=offer)
    accept(by=cast.therapist, version=mine)
    assert agreed(cast.client, Term.AGREEMENT)


def test_a_no_comes_with_a_word_and_leaves_what_holds(cast: Cast) -> None:
    first = agreed_upon(cast)
    second = propose(by=cast.client_person, client=cast.client, changes=REPLY)
    decline(by=cast.therapist, version=second, words="I can’t promise that.")
    assert fresh(first).status == Status.ACCEPTED
    answer = agreement_of(cast.client, viewer=cast.client_person).answer
    assert answer is not None
    assert answer.closing_words == "I can’t promise that."


def test_a_proposal_is_taken_back_only_by_who_made_it(cast: Cast) -> None:
    agreed_upon(cast)
    version = propose(by=cast.client_person, client=cast.client, changes=REPLY)
    with pytest.raises(Refused):
        take_back(by=cast.therapist, version=version)
    take_back(by=cast.client_person, version=version)
    with pytest.raises(Stale):
        accept(by=cast.therapist, version=version)


def test_every_version_is_listed_with_who_and_when(cast: Cast) -> None:
    agreed_upon(cast)
    second = propose(by=cast.client_person, client=cast.client, changes=REPLY)
    decline(by=cast.therapist, version=second)
    (care,) = versions_of(cast.client, viewer=cast.client_person)
    told = [(one.number, one.status, one.proposed_by) for one in care.versions]
    assert told == [
        (2, Status.DECLINED, "Cleo Client"),
        (1, Status.ACCEPTED, "Tessa Therapist"),
    ]


def test_with_another_therapist_the_agreement_begins_anew(cast: Cast) -> None:
    agreed_upon(cast)
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    assert not agreed(cast.client, Term.AGREEMENT)
    terms = terms_of(cast.client)
    assert terms is not None, "what held last still says how long the record is kept"
    assert agreement_of(cast.client, viewer=cast.client_person).accepted is None
    assert len(versions_of(cast.client, viewer=cast.client_person)) == 1


# --- Questions and reviews --------------------------------------------------------------------


def test_a_question_is_answered_by_the_other_one_once(cast: Cast) -> None:
    version = offered(cast)
    question = ask_about(
        by=cast.client_person, version=version, clause="records", words="Who reads it?"
    )
    with pytest.raises(Refused):
        answer_question(by=cast.client_person, question=question, words="I do.")
    answer_question(by=cast.therapist, question=question, words="Only I do.")
    with pytest.raises(Stale):
        answer_question(by=cast.therapist, question=question, words="Again.")
    view = agreement_of(cast.client, viewer=cast.client_person)
    records = next(c for g in view.groups for c in g.clauses if c.clause.key == "records")
    assert [one.answer for one in records.questions] == ["Only I do."]


def test_words_of_a_question_lie_sealed(cast: Cast) -> None:
    ask_about(by=cast.client_person, version=offered(cast), clause="records", words="planted words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM agreements_question")
        assert b"planted" not in bytes(cursor.fetchone()[0])
        cursor.execute("SELECT clauses FROM agreements_version")
        assert b"Tern Street" not in bytes(cursor.fetchone()[0])


def test_a_review_that_changes_nothing_sets_the_next_day(cast: Cast) -> None:
    version = agreed_upon(cast)
    Version.objects.for_the_practice("a test lets time pass").update(
        review_on=timezone.localdate() - timedelta(days=1)
    )
    for who in (cast.client_person, cast.therapist):
        assert agreement_of(cast.client, viewer=who).review_due
    assert standing_of_agreements(viewer=cast.therapist)[cast.client.pk].overdue
    assert waiting_for_client(cast.client, viewer=cast.client_person).review
    mark_reviewed(by=cast.therapist, version=version)
    view = agreement_of(cast.client, viewer=cast.client_person)
    assert not view.review_due
    assert view.accepted is not None
    assert view.accepted.review_on == timezone.localdate() + timedelta(weeks=6)


# --- At a glance ------------------------------------------------------------------------------


def test_standing_counts_what_waits_for_the_therapist(cast: Cast) -> None:
    assert standing_of_agreements(viewer=cast.therapist)[cast.client.pk].status == "none"
    version = offered(cast)
    ask_about(by=cast.client_person, version=version, clause="fees", words="Is it much?")
    standing = standing_of_agreements(viewer=cast.therapist)[cast.client.pk]
    assert (standing.status, standing.questions_open) == ("offered", 1)
    accept(by=cast.client_person, version=version)
    propose(by=cast.client_person, client=cast.client, changes=REPLY)
    standing = standing_of_agreements(viewer=cast.therapist)[cast.client.pk]
    assert (standing.status, standing.open_proposal_by_client) == ("accepted", True)
    assert standing_of_agreements(viewer=cast.owner) == {}


def test_standing_asks_the_same_number_of_queries_for_many_clients(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    reachable()
    for number in range(5):
        care = open_record(by=cast.therapist, name=f"Client {number}", therapist=cast.therapist)
        begin_agreement(by=cast.therapist, care=care, changes=FILLED)
    with django_assert_max_num_queries(4):
        assert len(standing_of_agreements(viewer=cast.therapist)) == 6


def test_what_waits_for_the_client_is_said_without_words(cast: Cast) -> None:
    version = offered(cast)
    waiting = waiting_for_client(cast.client, viewer=cast.client_person)
    assert (waiting.offer, waiting.proposal, waiting.consents) == (True, False, ())
    accept(by=cast.client_person, version=version)
    propose(by=cast.therapist, client=cast.client, changes=REPLY)
    waiting = waiting_for_client(cast.client, viewer=cast.client_person)
    assert (waiting.offer, waiting.proposal) == (False, True)
    assert waiting.consents == ("recording", "analysis", "supervision")


def test_the_owner_gets_counts(cast: Cast) -> None:
    agreed_upon(cast)
    counts = agreements_in_numbers()
    assert (counts.running, counts.accepted, counts.offered, counts.none) == (2, 1, 0, 1)


# --- Pages ------------------------------------------------------------------------------------


def test_the_client_reads_asks_and_accepts_on_their_own_page(cast: Cast, sign_in: SignIn) -> None:
    version = offered(cast)
    browser = sign_in(cast.client_person)
    page = browser.get("/me/agreement/").content.decode()
    assert "What we are here for" in page
    assert "So that both of you know what you are here for" in page
    asked = browser.post(
        f"/me/agreement/{version.pk}/ask/fees/", {"words": "Is there a lower fee?"}
    )
    assert asked.status_code == 302
    assert asked["Location"] == "/me/agreement/#fees"
    done = browser.post(f"/me/agreement/{version.pk}/accept/", follow=True).content.decode()
    assert "Both of you accepted this today" in done


def test_the_therapist_writes_offers_and_answers_on_the_clients_page(
    cast: Cast, sign_in: SignIn
) -> None:
    reachable()
    browser, root = sign_in(cast.therapist), f"/clients/{cast.client.pk}/agreement/"
    assert "Begin the agreement" in browser.get(root).content.decode()
    page = browser.get(f"{root}change/").content.decode()
    assert "Still to be filled in" in page
    assert '<button disabled title="Still to be filled in' in page
    for key, change in FILLED.items():
        fill_in(browser, f"{root}change/{key}/", change["terms"])
    draft = Draft.objects.seen_by(cast.therapist).get()
    sent = browser.post(f"{root}change/", {"note": "Hello", "seen": "", "edition": draft.edition})
    assert sent["Location"] == root
    version = Version.objects.seen_by(cast.therapist).get()
    assert version.note == "Hello"
    question = ask_about(by=cast.client_person, version=version, clause="fees", words="Why?")
    browser.post(f"{root}questions/{question.pk}/", {"words": "Because."})
    question = Question.objects.seen_by(cast.therapist).get()
    assert question.answer == "Because."


def fill_in(browser: Browser, address: str, terms: dict[str, Any], **more: str) -> None:
    """Post a clause's form with other terms and all else as it stands."""
    form = browser.get(address).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {f"term_{name}": value for name, value in terms.items()} | more
    assert browser.post(address, data).status_code == 302


def test_the_client_proposes_sees_the_difference_and_sends(cast: Cast, sign_in: SignIn) -> None:
    version = agreed_upon(cast)
    browser = sign_in(cast.client_person)
    page = browser.get("/me/agreement/change/contact/").content.decode()
    assert "[how many hours until an answer] hours" in page
    fill_in(browser, "/me/agreement/change/contact/", {"reply_within_hours": 24})
    page = browser.get("/me/agreement/change/").content.decode()
    assert "<del>48</del><ins>24</ins>" in page
    sent = browser.post(
        "/me/agreement/change/", {"note": "", "seen": str(version.pk), "edition": 1}
    )
    assert sent["Location"] == "/me/agreement/"
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/agreement/").content.decode()
    assert "<del>48</del><ins>24</ins>" in page
    assert "I accept this change" in page


def test_an_offer_can_be_answered_with_changes_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    offer = offered(cast)
    browser = sign_in(cast.client_person)
    page = browser.get("/me/agreement/change/contact/").content.decode()
    assert "As Tessa Therapist proposes it" in page
    fill_in(browser, "/me/agreement/change/contact/", {"reply_within_hours": 24})
    page = browser.get("/me/agreement/change/").content.decode()
    assert "it takes the place of theirs" in page
    browser.post("/me/agreement/change/", {"seen": str(offer.pk), "edition": 1})
    assert fresh(offer).status == Status.DECLINED
    page = browser.get("/me/agreement/").content.decode()
    assert "You propose a change" in page
    assert "Take it back" in page
    page = browser.get("/me/agreement/versions/").content.decode()
    assert "Version 2" in page
    assert "waits for an answer" in page


def test_a_clause_is_taken_out_of_a_draft_and_a_draft_thrown_away(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed_upon(cast)
    browser = sign_in(cast.client_person)
    fill_in(browser, "/me/agreement/change/contact/", {"reply_within_hours": 24})
    fill_in(browser, "/me/agreement/change/cancellation/", {"notice_hours": 24})
    assert "2 clauses changed" in browser.get("/me/agreement/").content.decode()
    browser.post("/me/agreement/change/contact/leave/", {"edition": 2})
    assert set(Draft.objects.seen_by(cast.client_person).get().changes) == {"cancellation"}
    browser.post("/me/agreement/change/drop/")
    assert not Draft.objects.seen_by(cast.client_person).exists()


def test_a_draft_is_its_writers_alone(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    fill_in(sign_in(cast.client_person), "/me/agreement/change/fees/", {"amount": "£1"})
    browser, root = sign_in(cast.therapist), f"/clients/{cast.client.pk}/agreement/"
    for page in (root, f"{root}change/", f"{root}change/fees/", f"{root}versions/"):
        assert "£1<" not in browser.get(page).content.decode()


def test_the_practices_newer_words_can_be_proposed(cast: Cast, sign_in: SignIn) -> None:
    version = agreed_upon(cast)
    rewrite_clause(
        by=cast.owner,
        clause="ending",
        title="Ending",
        words="Newer words, {goodbye_sessions} sessions.",
        terms={},
        in_use=True,
        edition=0,
    )
    browser, address = (
        sign_in(cast.therapist),
        f"/clients/{cast.client.pk}/agreement/change/ending/",
    )
    assert (
        "Your practice words this clause differently now" in browser.get(address).content.decode()
    )
    fill_in(browser, address, {}, use_practice_words="1")
    second = send_draft(by=cast.therapist, client=cast.client, note="", seen=version, edition=1)
    assert clause(second, "ending").text == "Newer words, 2 sessions."
    own = sign_in(cast.client_person).get("/me/agreement/change/ending/").content.decode()
    assert "Your practice words" not in own


def test_a_client_is_not_asked_about_the_therapists_qualifications(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed_upon(cast)
    page = sign_in(cast.client_person).get("/me/agreement/change/about_your_therapist/")
    assert "term_qualifications" not in page.context["form"].fields


def test_hostile_words_are_shown_and_never_run(cast: Cast, sign_in: SignIn) -> None:
    version = agreed_upon(cast)
    bad = "<script>alert('x')</script>{{ 7|add:7 }}{practice.__class__}"
    ask_about(by=cast.client_person, version=version, clause="fees", words=bad)
    changes = {"fees": {"own_words": bad, "words": f"{bad} {{amount}}"}}
    propose(by=cast.client_person, client=cast.client, changes=changes, note=bad)
    for person, address in (
        (cast.client_person, "/me/agreement/"),
        (cast.therapist, f"/clients/{cast.client.pk}/agreement/"),
    ):
        page = sign_in(person).get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_draft_of_an_older_edition_is_shown_again_with_what_was_typed(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed_upon(cast)
    browser = sign_in(cast.client_person)
    address = "/me/agreement/change/fees/"
    form = browser.get(address).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    browser.post(address, {**data, "own_words": "First."})
    again = browser.post(address, {**data, "own_words": "From the other window."})
    assert again.status_code == 409
    assert "From the other window." in again.content.decode()
    kept = again.context["form"]["edition"].value()
    assert (
        browser.post(address, {**data, "own_words": "Second.", "edition": kept}).status_code == 302
    )


def test_a_draft_beside_a_new_version_says_so_and_is_not_lost(cast: Cast, sign_in: SignIn) -> None:
    first = agreed_upon(cast)
    save_change(
        by=cast.client_person,
        client=cast.client,
        clause="fees",
        change={"own_words": "Every second one free."},
        edition=0,
    )
    accept(
        by=cast.client_person,
        version=propose(by=cast.therapist, client=cast.client, changes=REPLY),
    )
    browser = sign_in(cast.client_person)
    late = browser.post(
        "/me/agreement/change/", {"note": "A word", "seen": str(first.pk), "edition": 1}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "Every second one free." in page
    assert "A word" in page
    assert "The agreement has changed since you wrote this" in page


def test_a_late_no_keeps_what_was_written(cast: Cast, sign_in: SignIn) -> None:
    version = offered(cast)
    take_back(by=cast.therapist, version=version)
    late = sign_in(cast.client_person).post(
        f"/me/agreement/{version.pk}/decline/", {"words": "Because of the fee."}
    )
    assert late.status_code == 409
    assert "Because of the fee." in late.content.decode()


STRANGERS = ["other_therapist", "other_client_person", "supervisor", "owner", None]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize(
    "page", ["", "change/", "change/fees/", "versions/", "versions/{version}/"]
)
def test_strangers_find_no_page(cast: Cast, sign_in: SignIn, who: str | None, page: str) -> None:
    version = offered(cast)
    browser = sign_in(cast[who] if who else None)
    address = f"/clients/{cast.client.pk}/agreement/" + page.format(version=version.pk)
    assert browser.get(address).status_code == (404 if who else 302)


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("what", ["accept", "decline", "take-back", "it-stays", "ask/fees"])
def test_strangers_change_nothing(cast: Cast, sign_in: SignIn, who: str | None, what: str) -> None:
    version = offered(cast)
    browser = sign_in(cast[who] if who else None)
    for root in (f"/clients/{cast.client.pk}/", "/me/"):
        answer = browser.post(f"{root}agreement/{version.pk}/{what}/", {"words": "Hello"})
        assert answer.status_code == (404 if who else 302)
    assert fresh(version).status == Status.PROPOSED


def test_another_client_reads_nothing_by_guessing_addresses(cast: Cast, sign_in: SignIn) -> None:
    version = offered(cast)
    browser = sign_in(cast.other_client_person)
    assert browser.get(f"/me/agreement/versions/{version.pk}/").status_code == 404
    assert browser.post(f"/me/agreement/{version.pk}/accept/").status_code == 404


def test_reading_and_changing_leave_their_witness(cast: Cast, sign_in: SignIn) -> None:
    version = offered(cast)
    sign_in(cast.client_person).get("/me/agreement/")
    accept(by=cast.client_person, version=version)
    told = list(Event.objects.filter(client_id=cast.client.pk).values_list("what", flat=True))
    assert {"agreement.offered", "agreement.viewed", "agreement.accepted"} <= set(told)


def test_the_page_needs_few_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    version = agreed_upon(cast)
    for number in range(6):
        ask_about(by=cast.client_person, version=version, clause="fees", words=f"Question {number}")
    propose(by=cast.client_person, client=cast.client, changes=REPLY)
    browser = sign_in(cast.therapist)
    with django_assert_max_num_queries(26):
        assert browser.get(f"/clients/{cast.client.pk}/agreement/").status_code == 200


# --- At the same time -------------------------------------------------------------------------


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run calls at the same moment, each on a connection of its own; say what became of them."""
    start, said = threading.Barrier(len(calls)), ["" for _ in calls]

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            with opened():
                start.wait()
                call()
            said[place] = "done"
        except Stale:
            said[place] = "stale"
        except Exception as error:  # noqa: BLE001 - the test says what else went wrong
            said[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_at_once_one_is_told(cast: Cast) -> None:
    first = agreed_upon(cast)
    fee = {"fees": {"terms": {"amount": "£60"}}}
    said = at_once(
        lambda: propose(by=cast.client_person, client=cast.client, changes=REPLY, based_on=first),
        lambda: propose(by=cast.therapist, client=cast.client, changes=fee, based_on=first),
    )
    assert said == ["done", "stale"]
    rows = Version.objects.for_the_practice("a test counts")
    assert rows.filter(status=Status.PROPOSED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_at_once_one_is_told(cast: Cast) -> None:
    version = offered(cast)
    said = at_once(
        lambda: accept(by=cast.client_person, version=version),
        lambda: decline(by=cast.client_person, version=version, words="No."),
    )
    assert said == ["done", "stale"]
    assert fresh(version).status in (Status.ACCEPTED, Status.DECLINED)


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_taking_back_at_once_one_is_told(cast: Cast) -> None:
    agreed_upon(cast)
    version = propose(by=cast.therapist, client=cast.client, changes=REPLY)
    said = at_once(
        lambda: accept(by=cast.client_person, version=version),
        lambda: take_back(by=cast.therapist, version=version),
    )
    assert said == ["done", "stale"]
    rows = Version.objects.for_the_practice("a test counts")
    assert rows.filter(status=Status.ACCEPTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_to_a_question_at_once_one_is_told(cast: Cast) -> None:
    question = ask_about(by=cast.client_person, version=offered(cast), clause="fees", words="Why?")
    said = at_once(
        lambda: answer_question(by=cast.therapist, question=question, words="One."),
        lambda: answer_question(by=cast.therapist, question=question, words="Two."),
    )
    assert said == ["done", "stale"]
