"""Session notes belong to the record; private notes belong to whoever wrote them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import begin_care, open_record
from holdfast_web.care.models import CareRelationship, EmergencyAccess, Share
from holdfast_web.care.parts import Part
from holdfast_web.encounters.actions import (
    hold,
    plan_session,
    write_note,
    write_private_note,
)
from holdfast_web.encounters.models import PrivateNote, Session, SessionNote
from holdfast_web.encounters.queries import (
    note_of,
    noted_sessions,
    private_note_of,
    privately_noted_sessions,
)
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.cipher import CannotOpen
from holdfast_web.vault.keys import opened
from holdfast_web.vault.models import ClientKey, Purpose
from tests.web.conftest import Cast

SignIn = Callable[[Any], Browser]
WORDS, THOUGHTS = "We talked about the move to Leeds.", "I felt hurried, and hid it."


@pytest.fixture
def session(cast: Cast) -> Session:
    made = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() - timedelta(hours=1)
    )
    return hold(by=cast.therapist, session=made)


@pytest.fixture
def note(cast: Cast, session: Session) -> SessionNote:
    return write_note(by=cast.therapist, session=session, words=WORDS, edition=0)


@pytest.fixture
def private(cast: Cast, session: Session) -> PrivateNote:
    return write_private_note(
        by=cast.therapist, client=cast.client, session=session, words=THOUGHTS, edition=0
    )


def test_a_note_is_kept_and_changed_by_its_edition(
    cast: Cast, session: Session, note: SessionNote
) -> None:
    changed = write_note(by=cast.therapist, session=session, words="Other words.", edition=1)
    assert (changed.pk, changed.edition) == (note.pk, 2)
    with pytest.raises(Stale):
        write_note(by=cast.therapist, session=session, words="Too late.", edition=1)
    with pytest.raises(Stale):
        write_note(by=cast.therapist, session=session, words="A second one.", edition=0)
    kept = note_of(session, viewer=cast.therapist)
    assert kept is not None
    assert kept.words == "Other words."


def test_an_empty_note_is_no_note(cast: Cast, session: Session) -> None:
    with pytest.raises(Refused, match="nothing written"):
        write_note(by=cast.therapist, session=session, words=" \n ", edition=0)


def test_a_note_waits_for_the_day_of_the_session(cast: Cast) -> None:
    ahead = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=3)
    )
    with pytest.raises(Refused, match="from the day of the session on"):
        write_note(by=cast.therapist, session=ahead, words=WORDS, edition=0)


def test_the_next_therapist_reads_no_note_of_an_earlier_care_and_writes_none_in_its_place(
    cast: Cast, session: Session, note: SessionNote, private: PrivateNote
) -> None:
    _hand_over(cast)
    assert note_of(session, viewer=cast.other_therapist) is None
    with pytest.raises(Refused, match="with somebody else"):
        write_note(by=cast.other_therapist, session=session, words="Mine.", edition=0)


def test_a_note_that_passed_on_is_read_and_not_changed(
    cast: Cast, session: Session, note: SessionNote
) -> None:
    _hand_over(cast)
    now = CareRelationship.objects.get(client=cast.client, ends_at=None)
    SessionNote.objects.for_the_practice("a test").filter(pk=note.pk).update(handed_to=now)
    read = note_of(session, viewer=cast.other_therapist)
    assert read is not None
    assert read.words == WORDS
    with pytest.raises(Refused, match="Tessa Therapist wrote this note"):
        write_note(by=cast.other_therapist, session=session, words="Mine.", edition=1)


def test_the_next_therapist_never_sees_a_private_note(
    cast: Cast, session: Session, private: PrivateNote
) -> None:
    _hand_over(cast)
    viewer = cast.other_therapist
    assert private_note_of(cast.client, viewer=viewer, session=session) is None
    assert privately_noted_sessions(cast.client, viewer=viewer) == frozenset()
    own = write_private_note(
        by=viewer, client=cast.client, session=session, words="Mine.", edition=0
    )
    assert own.pk != private.pk


@pytest.mark.parametrize("who", ["supervisor", "owner", "client_person", "other_therapist"])
def test_a_private_note_is_for_nobody_else_not_even_in_an_emergency(
    cast: Cast, session: Session, private: PrivateNote, who: str
) -> None:
    viewer = cast[who]
    EmergencyAccess.objects.create(
        client=cast.client,
        person=viewer,
        reason="She is on the bridge.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=[str(part) for part in Part],
        purpose="Everything there is.",
        client_agreed_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=30),
    )
    forget_access(viewer)
    assert not PrivateNote.objects.seen_by(viewer).exists()
    with pytest.raises(NotYours):
        private_note_of(cast.client, viewer=viewer, session=session)
    with pytest.raises(NotYours):
        write_private_note(by=viewer, client=cast.client, session=session, words="Mine.", edition=0)


def test_notes_lie_under_different_keys(
    cast: Cast, session: Session, note: SessionNote, private: PrivateNote
) -> None:
    ClientKey.objects.filter(client_id=cast.client.pk, purpose=Purpose.PRIVATE).delete()
    with opened():
        found = note_of(session, viewer=cast.therapist)
        assert found is not None
        assert found.words == WORDS
        unreadable = private_note_of(cast.client, viewer=cast.therapist, session=session)
        assert unreadable is not None
        with pytest.raises(CannotOpen):
            _ = unreadable.words


def test_a_note_of_the_work_as_a_whole_stands_beside_those_of_sessions(
    cast: Cast, session: Session, private: PrivateNote
) -> None:
    write_private_note(by=cast.therapist, client=cast.client, words="The whole.", edition=0)
    assert privately_noted_sessions(cast.client, viewer=cast.therapist) == {session.pk, None}
    whole = private_note_of(cast.client, viewer=cast.therapist)
    assert whole is not None
    assert whole.words == "The whole."


def test_a_list_knows_which_sessions_have_a_note(
    cast: Cast, session: Session, note: SessionNote
) -> None:
    assert noted_sessions(cast.client, viewer=cast.therapist) == {session.pk}


def _hand_over(cast: Cast) -> None:
    moment = timezone.now() - timedelta(minutes=1)
    cast.care.starts_at, cast.care.ends_at = moment - timedelta(days=9), moment
    cast.care.save()
    begin_care(by=cast.owner, client=cast.client, therapist=cast.other_therapist, starts_at=moment)


def address(session: Session, name: str = "") -> str:
    return f"/clients/{session.client_id}/sessions/{session.pk}/{name}"


def test_a_note_is_written_on_the_page_of_its_session(
    cast: Cast, session: Session, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    response = browser.post(
        address(session, "note/"), {"words": WORDS, "edition": "0"}, follow=True
    )
    assert response.redirect_chain == [(address(session), 302)]
    page = response.content.decode()
    assert "The note is kept." in page
    assert WORDS in page


def test_both_notes_stand_apart_on_the_page(
    cast: Cast, session: Session, note: SessionNote, private: PrivateNote, sign_in: SignIn
) -> None:
    page = sign_in(cast.therapist).get(address(session)).content.decode()
    record, own = page.index('id="session-note"'), page.index('id="private-note"')
    assert record < page.index(WORDS) < own < page.index(THOUGHTS)
    assert "Only you" in page[own:]


def test_what_was_typed_is_not_lost_when_the_note_was_changed_elsewhere(
    cast: Cast, session: Session, note: SessionNote, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    write_note(by=cast.therapist, session=session, words="From the other window.", edition=1)
    response = browser.post(address(session, "note/"), {"words": "What I typed.", "edition": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "From the other window." in page
    assert "What I typed." in page
    again = {"words": "What I typed.", "edition": "2"}
    assert browser.post(address(session, "note/"), again).status_code == 302


def test_a_private_note_changed_elsewhere_is_not_overwritten(
    cast: Cast, session: Session, private: PrivateNote, sign_in: SignIn
) -> None:
    told = {"words": "Typed late.", "edition": "0"}
    response = sign_in(cast.therapist).post(address(session, "private-note/"), told)
    assert response.status_code == 409
    assert "Typed late." in response.content.decode()
    kept = private_note_of(cast.client, viewer=cast.therapist, session=session)
    assert kept is not None
    assert kept.words == THOUGHTS


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"words": "", "edition": "0"},
        {"words": "   ", "edition": "0"},
        {"words": "x" * 20_001, "edition": "0"},
        {"words": "Words.", "edition": "-1"},
        {"words": "Words.", "edition": "many"},
        {"words": "Words.\x00", "edition": "0"},
    ],
)
@pytest.mark.parametrize("name", ["note/", "private-note/"])
def test_nonsense_is_answered_with_the_page_and_keeps_nothing(
    cast: Cast, session: Session, sign_in: SignIn, name: str, told: dict[str, str]
) -> None:
    response = sign_in(cast.therapist).post(address(session, name), told)
    assert response.status_code == 400
    assert not SessionNote.objects.seen_by(cast.therapist).exists()
    assert not PrivateNote.objects.seen_by(cast.therapist).exists()


def test_markup_in_a_note_is_shown_and_not_run(
    cast: Cast, session: Session, sign_in: SignIn
) -> None:
    write_note(
        by=cast.therapist, session=session, words="</textarea><script>x()</script>", edition=0
    )
    page = sign_in(cast.therapist).get(address(session)).content.decode()
    assert "<script>x()" not in page


def test_a_session_of_another_client_is_not_found_under_this_one(
    cast: Cast, session: Session, sign_in: SignIn
) -> None:
    second = open_record(by=cast.therapist, name="Eve Else", therapist=cast.therapist)
    there = f"/clients/{second.client_id}/sessions/{session.pk}/"
    browser = sign_in(cast.therapist)
    assert browser.get(there).status_code == 404
    told = {"words": "Mine.", "edition": "0"}
    assert browser.post(f"{there}note/", told).status_code == 404
    assert browser.post(f"{there}private-note/", told).status_code == 404


def test_the_note_of_the_whole_work_has_a_page(cast: Cast, sign_in: SignIn) -> None:
    browser, there = sign_in(cast.therapist), f"/clients/{cast.client.pk}/private-note/"
    assert browser.post(there, {"words": "The whole.", "edition": "0"}).status_code == 302
    assert "The whole." in browser.get(there).content.decode()
    assert browser.post(there, {"words": "Late.", "edition": "0"}).status_code == 409
    assert browser.post(there, {"words": "", "edition": "1"}).status_code == 400


def test_no_note_leaves_a_word_in_the_audit(
    cast: Cast, note: SessionNote, private: PrivateNote
) -> None:
    told = " ".join(f"{one.subject} {one.facts}" for one in Event.objects.all())
    assert WORDS not in told
    assert THOUGHTS not in told
