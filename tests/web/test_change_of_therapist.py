"""A change of therapist: asked for without a reason, prepared by the client, without a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.models import Draft
from holdfast_web.agreements.terms import Term
from holdfast_web.agreements.terms import agreed as is_agreed
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import open_in_an_emergency, pass_care_on
from holdfast_web.care.models import CareRelationship
from holdfast_web.care.records import therapist_now
from holdfast_web.correspondence.models import Thread
from holdfast_web.encounters.actions import hold, plan_session, write_note
from holdfast_web.encounters.models import Session, SessionNote
from holdfast_web.encounters.queries import note_of, noted_sessions
from holdfast_web.handover import rules
from holdfast_web.handover.actions.asking import (
    agree_to_change,
    ask_for_change,
    begin_for_practice,
    choose_next,
    choose_passes,
    choose_told,
    take_change_back,
)
from holdfast_web.handover.actions.settling import (
    decline_change,
    propose_next,
    settle_change,
    write_letter,
)
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.queries.changes import change_known_to, change_of, change_waiting
from holdfast_web.handover.told import Choices, Knows
from holdfast_web.keeping.actions import close_record, erase_record
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.models import Rupture, Signal
from holdfast_web.measures.queries.ruptures import ruptures_of
from tests.web.access import THERAPIST, who_may_open
from tests.web.addresses import address, whole_record
from tests.web.agreeing import FILLED
from tests.web.changing import agreed, asked
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
NOTED = "We talked about the harbour."
CHANGE = "/me/change/"


@pytest.fixture
def sessions(cast: Cast) -> tuple[Session, ...]:
    """Return two sessions that were held, each with a note."""
    made = []
    for days in (14, 7):
        starts_at = timezone.now() - timedelta(days=days)
        session = plan_session(by=cast.therapist, client=cast.client, starts_at=starts_at)
        session = hold(by=cast.therapist, session=session)
        write_note(by=cast.therapist, session=session, words=NOTED, edition=0)
        made.append(session)
    CareRelationship.objects.filter(pk=cast.care.pk).update(
        starts_at=timezone.now() - timedelta(days=20)
    )
    return tuple(made)


def test_the_whole_way_from_the_third_door_to_the_next_therapist(
    cast: Cast, sign_in: SignIn, sessions: tuple[Session, ...]
) -> None:
    me, before, after = (
        sign_in(one) for one in (cast.client_person, cast.therapist, cast.other_therapist)
    )
    record = f"/clients/{cast.client.pk}/"
    assert "without a reason" in me.get(CHANGE).content.decode()
    me.post(CHANGE)
    told = {
        "edition": 1,
        "therapist": "that",
        "next": "why",
        "practice": "that",
        "kinds": ["way"],
        "words": "I would like more quiet.",
        "goodbye": "",
    }
    assert me.post(f"{CHANGE}tell/", told).status_code == 302
    assert (
        me.post(f"{CHANGE}who/", {"edition": 2, "to": cast.other_therapist.pk}).status_code == 302
    )

    page = before.get(f"{record}hand-over/").content.decode()
    assert "I would like more quiet" not in page
    letter = {"edition": 3, "words": "Cleo likes to be asked twice."}
    assert before.post(f"{record}hand-over/", letter).status_code == 302

    passes = {"edition": 4, "notes": [str(sessions[1].pk)], "letter": "on"}
    assert me.post(f"{CHANGE}passes/", passes).status_code == 302
    assert me.post(f"{CHANGE}agree/", {"edition": 5}).status_code == 302
    change = HandOver.objects.for_the_practice(WHY).get()
    assert change.state == HandOver.State.AGREED

    assert after.get(record).status_code == 404
    waiting = after.get(f"/hand-overs/{change.pk}/").content.decode()
    assert "I would like more quiet" in waiting
    assert "asked twice" not in waiting
    assert (
        after.post(f"/hand-overs/{change.pk}/", {"do": "settle", "edition": 6}).status_code == 302
    )

    assert before.get(record).status_code == 404
    assert before.get(f"{record}hand-over/").status_code == 404
    assert after.get(record).status_code == 200
    came = after.get(f"{record}hand-over/").content.decode()
    assert "asked twice" in came
    first, second = (after.get(f"{record}sessions/{one.pk}/").content.decode() for one in sessions)
    assert NOTED not in first
    assert NOTED in second
    assert "You changed from Tessa Therapist to Otto Other" in me.get(CHANGE).content.decode()


def test_nobody_is_told_before_the_client_chooses_so(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change = ask_for_change(by=cast.client_person, client=cast.client)
    assert mail.outbox == []
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/hand-over/", "therapist")
    everybody = ("therapist", "other_therapist", "owner", "supervisor", "other_client_person")
    find_nothing(cast, sign_in, f"/hand-overs/{change.pk}/", *everybody)


def test_a_therapist_told_that_and_not_why_reads_no_reason(cast: Cast) -> None:
    asked(cast, words="He is never on time.")
    found = change_known_to(cast.therapist, cast.client)
    assert found.choices.therapist is Knows.THAT
    assert rules.knows(cast.other_therapist, found.row) is False


def test_a_next_therapist_told_nothing_learns_a_name_and_no_more(cast: Cast) -> None:
    change = agreed(cast, next=Knows.NOTHING, words="He is never on time.")
    found = change_waiting(change.pk, viewer=cast.other_therapist)
    assert (found.name, found.comes_from, found.words) == ("Cleo Client", "", "")


def test_care_goes_on_to_the_second_and_begins_at_the_same_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    goodbye = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=2)
    )
    change = settle_change(
        by=cast.other_therapist,
        change=(made := agreed(cast, goodbye=goodbye)),
        edition=made.edition,
    )
    over = goodbye.starts_at + timedelta(minutes=goodbye.minutes)
    assert change.starts_at == over
    for at, who in (
        (timezone.now(), cast.therapist),
        (over - timedelta(microseconds=1), cast.therapist),
        (over, cast.other_therapist),
    ):
        _at(monkeypatch, at)
        for one in (cast.therapist, cast.other_therapist):
            forget_access(one)
            reads = bool(rules.is_therapist_of(one, cast.client))
            assert reads is (one == who), f"{one.name} at {at}"
        assert therapist_now(cast.client) == who


def test_sessions_planned_for_after_the_goodbye_are_cancelled(cast: Cast) -> None:
    first, second = (
        plan_session(
            by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=days)
        )
        for days in (2, 9)
    )
    change = agreed(cast, goodbye=first)
    settle_change(by=cast.owner, change=change, edition=change.edition)
    states = dict(Session.objects.for_the_practice(WHY).values_list("pk", "status"))
    assert states == {first.pk: "planned", second.pk: "cancelled"}


def test_a_settled_change_is_taken_back_until_the_new_care_begins(
    cast: Cast, sessions: tuple[Session, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Passes(notes=frozenset(one.pk for one in sessions))
    change = agreed(cast, whole)
    day = timezone.now() + timedelta(days=3)
    change = settle_change(
        by=cast.other_therapist, change=change, edition=change.edition, starts_at=day
    )
    take_change_back(by=cast.client_person, change=change)
    care = CareRelationship.objects.get(client=cast.client)
    assert (care.pk, care.ends_at) == (cast.care.pk, None)
    handed = SessionNote.objects.for_the_practice(WHY).filter(handed_to__isnull=False)
    assert not handed.exists()
    again = agreed(cast)
    again = settle_change(by=cast.owner, change=again, edition=again.edition)
    with pytest.raises(Refused, match="begun already"):
        take_change_back(by=cast.client_person, change=again)


def test_until_the_client_agrees_nothing_happens_to_their_care(cast: Cast) -> None:
    change = asked(cast, cast.other_therapist)
    for by in (cast.owner, cast.other_therapist):
        with pytest.raises(Refused, match="hasn’t agreed"):
            settle_change(by=by, change=change, edition=change.edition)
    with pytest.raises(Refused):
        settle_change(by=cast.therapist, change=change, edition=change.edition)
    assert therapist_now(cast.client) == cast.therapist


def test_what_is_changed_after_agreeing_needs_a_new_yes(cast: Cast) -> None:
    change = agreed(cast)
    change = choose_passes(
        by=cast.client_person, change=change, passes=Passes(signals=True), edition=change.edition
    )
    assert (change.state, change.client_agreed_at) == (HandOver.State.ASKED, None)


def test_a_goodbye_needs_a_therapist_who_knows(cast: Cast) -> None:
    goodbye = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=2)
    )
    with pytest.raises(Refused, match="needs to know"):
        asked(cast, cast.other_therapist, therapist=Knows.NOTHING, goodbye=goodbye)


def test_nobody_can_ask_twice(cast: Cast) -> None:
    ask_for_change(by=cast.client_person, client=cast.client)
    with pytest.raises(Stale, match="begun already"):
        ask_for_change(by=cast.client_person, client=cast.client)
    with pytest.raises(Stale):
        begin_for_practice(by=cast.owner, care=cast.care, words="Tessa leaves.")


def test_care_that_ended_another_way_makes_room_for_the_next_change(cast: Cast) -> None:
    ask_for_change(by=cast.client_person, client=cast.client)
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    ask_for_change(by=cast.client_person, client=cast.client)
    states = HandOver.objects.for_the_practice(WHY).order_by("asked_at")
    assert list(states.values_list("state", flat=True)) == ["taken_back", "asked"]


def test_two_windows_do_not_overwrite_each_other(cast: Cast, sign_in: SignIn) -> None:
    change = asked(cast, cast.other_therapist)
    letter = {"words": "The first letter.", "edition": change.edition}
    write_letter(by=cast.therapist, change=change, **letter)
    with pytest.raises(Stale):
        write_letter(by=cast.therapist, change=change, **letter)
    url = f"/clients/{cast.client.pk}/hand-over/"
    late = {"words": "The second letter.", "edition": change.edition}
    response = sign_in(cast.therapist).post(url, late)
    assert response.status_code == 409
    page = response.content.decode()
    assert "The first letter." in page
    assert "The second letter." in page
    typed = {"edition": 1, "therapist": "why", "next": "that", "practice": "that", "words": "Mine."}
    response = sign_in(cast.client_person).post(f"{CHANGE}tell/", typed)
    assert response.status_code == 409
    assert "Mine." in response.content.decode()


def test_the_client_asks_for_other_words_in_the_letter_or_leaves_it_out(cast: Cast) -> None:
    change = asked(cast, cast.other_therapist)
    change = write_letter(
        by=cast.therapist, change=change, words="A letter.", edition=change.edition
    )
    change = choose_passes(
        by=cast.client_person,
        change=change,
        passes=Passes(letter=False),
        letter_asked="Please leave my brother out.",
        edition=change.edition,
    )
    seen = change_known_to(cast.therapist, cast.client)
    assert seen.letter_asked == "Please leave my brother out."
    change = write_letter(by=cast.therapist, change=change, words="Anew.", edition=change.edition)
    assert change.letter_asked is None
    change = agree_to_change(by=cast.client_person, change=change, edition=change.edition)
    with pytest.raises(Refused, match="has agreed"):
        write_letter(by=cast.therapist, change=change, words="Late.", edition=change.edition)


def test_only_what_was_chosen_passes_on_and_never_a_private_note_or_a_transcript(
    cast: Cast, sign_in: SignIn
) -> None:
    record = whole_record(cast)
    held = record["held"]
    change = HandOver.objects.for_the_practice(WHY).filter(client=cast.client).first()
    if change is not None:
        take_change_back(by=cast.client_person, change=change)
    thread = Thread(client=cast.client, care=cast.care, about="Times", begun_by=cast.therapist)
    thread.save()
    change = agreed(cast, Passes(signals=True, threads=frozenset({thread.pk})))
    settle_change(by=cast.owner, change=change, edition=change.edition)
    viewer = cast.other_therapist
    forget_access(viewer)
    now = CareRelationship.objects.get(client=cast.client, ends_at=None)
    assert note_of(held, viewer=viewer) is None
    assert noted_sessions(cast.client, viewer=viewer) == frozenset()
    assert ruptures_of(cast.client, viewer=viewer) == ()
    assert {one.status for one in Signal.objects.seen_by(viewer)} == {"open"}
    assert Thread.objects.for_the_practice(WHY).get(pk=thread.pk).handed_to == now
    assert not Rupture.objects.for_the_practice(WHY).filter(handed_to=now).exists()
    browser = sign_in(viewer)
    session = f"/clients/{cast.client.pk}/sessions/{held.pk}/"
    for words in record.words.values():
        page = browser.get(session).content.decode()
        assert words not in page
    assert browser.get(f"{session}transcript/lines/1/").status_code == 404
    assert browser.get(f"/clients/{cast.client.pk}/").status_code == 200


KEPT = (
    "a session note",
    "a private note",
    "thoughts of",
    "a line of talk",
    "a mended line",
    "a thread",
    "a note to the client",
    "a comment",
    "a guess",
    "a check-in",
    "a rupture",
    "a step",
    "an intent",
    "an outcome",
    "a concern",
    "another concern",
    "an answer to a concern",
    "a message",
    "a subject",
    "a file",
    "a letter to the next",
    "other words in a letter",
    "why a change",
    "an ending of",
)
"""Places whose words stay with the earlier care when nothing was chosen to pass on."""


def test_on_no_page_does_the_next_therapist_read_what_did_not_pass_on(
    cast: Cast, sign_in: SignIn
) -> None:
    record = whole_record(cast)
    change = record["hand_over"]
    settle_change(by=cast.owner, change=change, edition=change.edition)
    forget_access(cast.other_therapist)
    browser = sign_in(cast.other_therapist)
    browser.raise_request_exception = False
    kept = {place: words for place, words in record.words.items() if place.startswith(KEPT)}
    wrong = []
    opened = 0
    for route, who in who_may_open().items():
        if THERAPIST not in who or "/sign-out" in route:
            continue
        response = browser.get(address(route, record))
        opened += response.status_code == 200
        if response.status_code >= 500:
            wrong.append(f"{route} breaks")
        page = b"".join(response).decode(errors="replace")
        wrong += [f"{route} shows {place}" for place, words in kept.items() if words in page]
    assert wrong == []
    assert opened > 20


def test_what_passed_on_once_does_not_pass_on_again_by_itself(
    cast: Cast, sessions: tuple[Session, ...]
) -> None:
    change = agreed(cast, Passes(notes=frozenset({sessions[0].pk})))
    settle_change(by=cast.owner, change=change, edition=change.edition)
    third = Person.objects.create_person(email="t@example.org", name="Thea", role="therapist")
    second = ask_for_change(by=cast.client_person, client=cast.client)
    second = choose_next(by=cast.client_person, change=second, to=third, edition=second.edition)
    second = agree_to_change(by=cast.client_person, change=second, edition=second.edition)
    settle_change(by=third, change=second, edition=second.edition)
    assert note_of(sessions[0], viewer=third) is None


def test_a_therapist_who_comes_back_reads_their_own_notes_again(
    cast: Cast, sessions: tuple[Session, ...]
) -> None:
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    care = CareRelationship.objects.get(client=cast.client, ends_at=None)
    pass_care_on(by=cast.owner, care=care, therapist=cast.therapist)
    forget_access(cast.therapist)
    assert note_of(sessions[0], viewer=cast.therapist) is not None


def test_the_agreement_is_made_anew_and_what_was_there_is_a_draft(cast: Cast) -> None:
    whole_record(cast)
    change = HandOver.objects.for_the_practice(WHY).filter(client=cast.client).first()
    if change is not None:
        take_change_back(by=cast.client_person, change=change)
    assert is_agreed(cast.client, Term.RECORDING)
    change = agreed(cast)
    settle_change(by=cast.owner, change=change, edition=change.edition)
    assert not is_agreed(cast.client, Term.AGREEMENT)
    assert not is_agreed(cast.client, Term.RECORDING)
    drafts = Draft.objects.for_the_practice(WHY).filter(writer=cast.other_therapist)
    draft = drafts.get(client=cast.client)
    assert FILLED.keys() & draft.changes.keys()
    assert "Tessa" not in str(draft.changes)


def test_a_therapist_with_no_time_says_so_and_the_client_chooses_again(cast: Cast) -> None:
    change = agreed(cast)
    change = decline_change(by=cast.other_therapist, change=change, edition=change.edition)
    found = change_of(cast.client, viewer=cast.client_person)
    assert found is not None
    assert (found.to, found.row.declined_by) == ("", cast.other_therapist)
    with pytest.raises(NotYours):
        decline_change(by=cast.other_therapist, change=change, edition=change.edition)


def test_the_practice_chooses_and_the_client_has_the_last_word(cast: Cast) -> None:
    change = asked(cast, None)
    with pytest.raises(Refused, match="who comes next"):
        agree_to_change(by=cast.client_person, change=change, edition=change.edition)
    change = propose_next(
        by=cast.owner, change=change, to=cast.other_therapist, edition=change.edition
    )
    assert therapist_now(cast.client) == cast.therapist
    change = agree_to_change(by=cast.client_person, change=change, edition=change.edition)
    settle_change(by=cast.owner, change=change, edition=change.edition)
    assert therapist_now(cast.client) == cast.other_therapist


def test_when_the_practice_needs_the_change_the_client_is_told_plainly(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    url = f"/practice/changes/{cast.care.pk}/"
    words = "Tessa leaves our practice in March."
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_in(cast.owner).post(url, {"words": words})
    assert response.status_code == 302
    page = sign_in(cast.client_person).get(CHANGE).content.decode()
    assert words in page
    assert "not from anything you did" in page
    assert {one.to[0] for one in mail.outbox} >= {cast.client_person.email, cast.therapist.email}
    assert not [one for one in mail.outbox if "March" in one.body or "Tessa" in one.subject]


def test_the_practice_takes_back_only_what_it_needed_itself(cast: Cast, sign_in: SignIn) -> None:
    owner = sign_in(cast.owner)
    own = begin_for_practice(by=cast.owner, care=cast.care, words="Tessa leaves.")
    assert owner.post(f"/hand-overs/{own.pk}/", {"do": "take_back"}).status_code == 302
    theirs = agreed(cast)
    assert owner.post(f"/hand-overs/{theirs.pk}/", {"do": "take_back"}).status_code == 403
    states = HandOver.objects.for_the_practice(WHY).order_by("asked_at")
    assert list(states.values_list("state", flat=True)) == ["taken_back", "agreed"]


def test_others_cannot_choose_for_the_client(cast: Cast) -> None:
    change = asked(cast, cast.other_therapist)
    told = {"change": change, "edition": change.edition}
    for by in (cast.therapist, cast.owner, cast.other_client_person):
        with pytest.raises(Refused):
            choose_told(by=by, choices=Choices(), goodbye=None, **told)
        with pytest.raises(Refused):
            agree_to_change(by=by, **told)
        with pytest.raises(Refused):
            take_change_back(by=by, change=change)


@pytest.mark.parametrize("put_away", [close_record, erase_record])
def test_a_settled_change_that_has_not_begun_never_begins_when_the_record_is_put_away(
    cast: Cast, put_away: Callable[..., object]
) -> None:
    change = agreed(cast)
    later = timezone.now() + timedelta(days=3)
    settle_change(by=cast.owner, change=change, edition=change.edition, starts_at=later)
    close_record(by=cast.owner, client=cast.client)
    if put_away is not close_record:
        put_away(by=cast.owner, client=cast.client)
    now = timezone.now()
    every = CareRelationship.objects.filter(client=cast.client)
    assert all(one.ends_at <= max(now, one.starts_at) for one in every if one.ends_at)
    assert not every.filter(ends_at=None).exists()
    assert therapist_now(cast.client) is None


def test_an_emergency_is_no_time_for_a_shut_door(cast: Cast, sessions: tuple[Session, ...]) -> None:
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)
    open_in_an_emergency(by=cast.supervisor, client=cast.client, reason="She is on the bridge.")
    assert note_of(sessions[0], viewer=cast.supervisor) is not None


def test_the_practice_proposes_on_its_own_page(cast: Cast, sign_in: SignIn) -> None:
    change = asked(cast, None)
    url, owner = f"/hand-overs/{change.pk}/", sign_in(cast.owner)
    nobody = {"do": "propose", "edition": change.edition, "to": ""}
    assert owner.post(url, nobody).status_code == 422
    somebody = {**nobody, "to": str(cast.other_therapist.pk)}
    assert owner.post(url, somebody).status_code == 302
    assert "Otto Other" in sign_in(cast.client_person).get(CHANGE).content.decode()


def _at(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
