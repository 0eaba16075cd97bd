"""A session for a supervisor: offered, agreed to, read line by line, ended by whatever ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.refusing import refuse_session
from holdfast_web.analysis.actions.supervising import (
    agree_to_session,
    close_session_share,
    comment_on_line,
    offer_session,
)
from holdfast_web.analysis.models import LineComment, SessionShare, Transcript
from holdfast_web.analysis.queries.mine import my_session
from holdfast_web.analysis.queries.shares import (
    SharedSession,
    sessions_shared_with,
    shared_session,
    shares_of_session,
)
from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import end_care, pass_care_on
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing
from tests.web.transcripts import analysed, brought

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
PURPOSE = "To think about where I went too fast."


@pytest.fixture
def transcript(cast: Cast) -> Transcript:
    """Return a session that was read, of a client who said yes to supervision."""
    found = analysed(cast, brought(cast)).transcript
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=True)
    return found


def offer(cast: Cast, transcript: Transcript, **changes: Any) -> SessionShare:
    told: dict[str, Any] = {
        "supervisor": cast.supervisor,
        "lines": (8, 11),
        "purpose": PURPOSE,
        "ends_at": timezone.now() + timedelta(days=14),
    }
    return offer_session(by=cast.therapist, transcript=transcript, **{**told, **changes})


def opened(cast: Cast, transcript: Transcript, **changes: Any) -> SessionShare:
    return agree_to_session(by=cast.client_person, share=offer(cast, transcript, **changes))


def reads(cast: Cast, share: SessionShare) -> SharedSession | None:
    forget_access(cast.supervisor)
    try:
        return shared_session(share.pk, viewer=cast.supervisor)
    except NotYours:
        return None


def words(view: SharedSession | None) -> str:
    assert view is not None
    return " ".join(one.line.text for one in view.lines)


# --- What opens it ----------------------------------------------------------------------------


def test_without_the_consent_to_supervision_nothing_can_be_offered(cast: Cast) -> None:
    transcript = analysed(cast, brought(cast)).transcript
    with pytest.raises(Refused, match="supervisor"):
        offer(cast, transcript)


def test_what_was_not_read_has_no_masks_and_is_not_offered(cast: Cast) -> None:
    transcript = brought(cast)
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=True)
    with pytest.raises(Refused, match="masked"):
        offer(cast, transcript)


def test_an_offer_opens_nothing_until_the_client_agrees(cast: Cast, transcript: Transcript) -> None:
    share = offer(cast, transcript)
    assert reads(cast, share) is None
    assert sessions_shared_with(viewer=cast.supervisor) == ()
    agree_to_session(by=cast.client_person, share=share)
    assert reads(cast, share) is not None
    assert [one.row.pk for one in sessions_shared_with(viewer=cast.supervisor)] == [share.pk]


def test_exactly_the_lines_that_were_shared_are_read(cast: Cast, transcript: Transcript) -> None:
    view = reads(cast, opened(cast, transcript, lines=(8, 10)))
    assert view is not None
    assert [one.line.number for one in view.lines] == [9, 10, 11]
    assert "went too fast" in words(view)
    assert "letter from my sister" not in words(view)


def test_names_are_masked_and_codes_stand_beside_the_lines(cast: Cast) -> None:
    text = (
        "Tessa: How was it with your brother, Cleo?\n"
        "Cleo: Tessa, I felt sad, and you can ring me on 020 7946 0018.\n"
        "Tessa: It sounds as if you felt quite alone with that.\n"
        "Cleo: Yes, very alone.\n"
    )
    transcript = analysed(cast, brought(cast, text)).transcript
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=True)
    view = reads(cast, opened(cast, transcript, lines=(0, 3)))
    told = words(view)
    assert "Cleo" not in told
    assert "Tessa" not in told
    assert "7946" not in told
    assert view is not None
    assert any(one.line.marks for one in view.lines)


def test_the_record_itself_stays_closed_to_the_supervisor(
    cast: Cast, transcript: Transcript
) -> None:
    opened(cast, transcript)
    forget_access(cast.supervisor)
    assert not any(may_read(cast.supervisor, cast.client, part) for part in Part)


@pytest.mark.parametrize("lines", [(-1, 3), (5, 4), (0, 14)])
def test_only_lines_that_there_are_can_be_offered(
    cast: Cast, transcript: Transcript, lines: tuple[int, int]
) -> None:
    with pytest.raises(Refused, match="lines from 1 to 14"):
        offer(cast, transcript, lines=lines)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_it_ends_within_a_year(cast: Cast, transcript: Transcript, days: int) -> None:
    with pytest.raises(Refused, match="within a year"):
        offer(cast, transcript, ends_at=timezone.now() + timedelta(days=days))


def test_it_needs_a_purpose_and_a_supervisor(cast: Cast, transcript: Transcript) -> None:
    with pytest.raises(Refused, match="what it is for"):
        offer(cast, transcript, purpose="  ")
    with pytest.raises(Refused, match="isn’t a supervisor"):
        offer(cast, transcript, supervisor=cast.other_therapist)


# --- What ends it -----------------------------------------------------------------------------


def runs_out(cast: Cast, share: SessionShare) -> None:
    SessionShare.objects.for_the_practice(WHY).filter(pk=share.pk).update(ends_at=timezone.now())


def care_ends(cast: Cast, share: SessionShare) -> None:
    end_care(by=cast.therapist, care=cast.care)


def passed_on(cast: Cast, share: SessionShare) -> None:
    pass_care_on(by=cast.owner, care=cast.care, therapist=cast.other_therapist)


def client_closes(cast: Cast, share: SessionShare) -> None:
    close_session_share(by=cast.client_person, share=share)


def therapist_closes(cast: Cast, share: SessionShare) -> None:
    close_session_share(by=cast.therapist, share=share)


def no_supervision(cast: Cast, share: SessionShare) -> None:
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=False)


def no_recording(cast: Cast, share: SessionShare) -> None:
    give_consent(by=cast.client_person, client=cast.client, kind="recording", given=False)


def not_this_session(cast: Cast, share: SessionShare) -> None:
    refuse_session(by=cast.client_person, session=share.transcript.session)


def supervisor_leaves(cast: Cast, share: SessionShare) -> None:
    cast.supervisor.is_active = False
    cast.supervisor.save()


@pytest.mark.parametrize(
    "end",
    [
        runs_out,
        care_ends,
        passed_on,
        client_closes,
        therapist_closes,
        no_supervision,
        no_recording,
        not_this_session,
        supervisor_leaves,
    ],
)
def test_it_ends_at_once(
    cast: Cast, transcript: Transcript, end: Callable[[Cast, SessionShare], None]
) -> None:
    share = opened(cast, transcript)
    assert reads(cast, share) is not None
    end(cast, share)
    assert reads(cast, share) is None
    with pytest.raises((NotYours, Refused, SessionShare.DoesNotExist)):
        comment_on_line(by=cast.supervisor, share=share, utterance=9, words="Late.")


def test_a_yes_again_does_not_open_what_a_no_closed(cast: Cast, transcript: Transcript) -> None:
    share = opened(cast, transcript)
    no_supervision(cast, share)
    give_consent(by=cast.client_person, client=cast.client, kind="supervision", given=True)
    assert reads(cast, share) is None


def test_what_was_closed_or_answered_is_not_answered_again(
    cast: Cast, transcript: Transcript
) -> None:
    share = opened(cast, transcript)
    with pytest.raises(Stale):
        agree_to_session(by=cast.client_person, share=share)
    client_closes(cast, share)
    for attempt in (agree_to_session, close_session_share):
        with pytest.raises(Stale):
            attempt(by=cast.client_person, share=share)


@pytest.mark.parametrize("who", ["therapist", "supervisor", "other_therapist", "owner"])
def test_nobody_agrees_for_the_client(cast: Cast, transcript: Transcript, who: str) -> None:
    share = offer(cast, transcript)
    with pytest.raises((Refused, NotYours)):
        agree_to_session(by=cast[who], share=share)


# --- Comments, and who listened ---------------------------------------------------------------


def test_the_two_write_at_a_line_and_the_client_does_not_read_it(
    cast: Cast, transcript: Transcript
) -> None:
    share = opened(cast, transcript)
    comment_on_line(by=cast.supervisor, share=share, utterance=9, words="What happened here?")
    comment_on_line(by=cast.therapist, share=share, utterance=9, words="I was in a hurry.")
    view = shared_session(share.pk, viewer=cast.therapist)
    assert view.mine
    (line,) = [one for one in view.lines if one.comments]
    assert line.line.number == 10
    assert [(one.by, one.words) for one in line.comments] == [
        ("Sunny Supervisor", "What happened here?"),
        ("Tessa Therapist", "I was in a hurry."),
    ]
    for name in ("client_person", "other_therapist", "owner"):
        with pytest.raises(NotYours):
            shared_session(share.pk, viewer=cast[name])
        with pytest.raises(NotYours):
            comment_on_line(by=cast[name], share=share, utterance=9, words="Mine.")


def test_nothing_is_written_at_a_line_that_was_erased_meanwhile(
    cast: Cast, transcript: Transcript
) -> None:
    share = opened(cast, transcript)
    no_recording(cast, share)
    with pytest.raises(NotYours):
        comment_on_line(by=cast.supervisor, share=share, utterance=9, words="Too late.")


@pytest.mark.parametrize("utterance", [7, 12])
def test_nothing_is_written_at_a_line_that_is_not_shared(
    cast: Cast, transcript: Transcript, utterance: int
) -> None:
    share = opened(cast, transcript)
    with pytest.raises(Refused, match="isn’t shared"):
        comment_on_line(by=cast.supervisor, share=share, utterance=utterance, words="Here.")


def test_the_therapist_sees_who_listened_and_when(cast: Cast, transcript: Transcript) -> None:
    share = opened(cast, transcript)
    (before,) = shares_of_session(transcript, viewer=cast.therapist).shares
    assert before.visits == ()
    reads(cast, share)
    shared_session(share.pk, viewer=cast.therapist)
    (after,) = shares_of_session(transcript, viewer=cast.therapist).shares
    assert [one.by for one in after.visits] == ["Sunny Supervisor"]
    assert timezone.now() - after.visits[0].at < timedelta(minutes=1)


def test_each_step_is_witnessed_without_a_word_of_it(cast: Cast, transcript: Transcript) -> None:
    share = opened(cast, transcript)
    reads(cast, share)
    comment_on_line(by=cast.supervisor, share=share, utterance=9, words="What happened here?")
    close_session_share(by=cast.client_person, share=share)
    about = Event.objects.filter(client_id=cast.client.pk).order_by("place")
    told = [one for one in about if one.what.startswith(("session_share.", "line_comment."))]
    assert [one.what for one in told] == [
        "session_share.offered",
        "session_share.agreed",
        "session_share.listened",
        "line_comment.written",
        "session_share.closed",
    ]
    assert not any("happened" in str(one.facts) or "fast" in str(one.facts) for one in told)


# --- The client decides -----------------------------------------------------------------------


def test_the_client_reads_just_these_lines_before_they_decide(
    cast: Cast, transcript: Transcript
) -> None:
    share = offer(cast, transcript, lines=(8, 10))
    view = my_session(cast.client, transcript.session_id, viewer=cast.client_person)
    (mine,) = view.shares
    assert (mine.row.pk, mine.state, mine.row.numbers) == (share.pk, "asked", (9, 11))
    assert [one.number for one in mine.lines] == [9, 10, 11]
    assert mine.may_agree


# --- Pages ------------------------------------------------------------------------------------


def test_offered_agreed_read_commented_and_closed_on_the_pages(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    theirs, mine, reader = (
        sign_in(one) for one in (cast.therapist, cast.client_person, cast.supervisor)
    )
    address = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/shares/"
    assert "Ask to share it" in theirs.get(address).content.decode()
    sent = {
        "supervisor": str(cast.supervisor.pk),
        "first": "9",
        "last": "12",
        "purpose": "<b>To think</b>",
        "until": (timezone.localdate() + timedelta(days=7)).isoformat(),
    }
    assert theirs.post(address, {**sent, "first": "0"}).status_code == 422
    refused = theirs.post(address, {**sent, "last": "99"})
    assert refused.status_code == 403
    assert "&lt;b&gt;To think&lt;/b&gt;" in refused.content.decode()
    assert theirs.post(address, sent).status_code == 302
    share = SessionShare.objects.for_the_practice(WHY).get()
    shared = f"/supervision/sessions/{share.pk}/"
    assert reader.get(shared).status_code == 404
    assert "May a session be shared with a supervisor?" in mine.get("/").content.decode()
    session = f"/me/sessions/{transcript.session_id}/"
    page = mine.get(session).content.decode()
    assert "May a supervisor read this?" in page
    assert "lines 9 to 12 of 14" in page
    assert mine.post(f"/me/session-shares/{share.pk}/agree/").status_code == 302
    assert "Shared with a supervisor" in mine.get("/me/sessions/").content.decode()
    home = reader.get("/").content.decode()
    assert shared in home
    assert "went too fast" in reader.get(shared).content.decode()
    written = reader.post(f"{shared}comments/", {"line": "11", "words": "Well <i>done</i>."})
    assert written.status_code == 302
    assert written["Location"].endswith("#line-11")
    answer = theirs.get(shared).content.decode()
    assert "Well &lt;i&gt;done&lt;/i&gt;." in answer
    assert theirs.post(f"{shared}comments/", {"line": "11", "words": "Thanks."}).status_code == 302
    assert "2 comments, at their lines" in theirs.get(address).content.decode()
    assert "Sunny Supervisor" in theirs.get(address).content.decode()
    assert mine.post(f"/me/session-shares/{share.pk}/decline/").status_code == 302
    assert reader.get(shared).status_code == 404
    assert shared not in reader.get("/").content.decode()
    assert mine.post(f"/me/session-shares/{share.pk}/agree/").status_code == 409
    assert theirs.post(f"{address}{share.pk}/close/").status_code == 409
    assert theirs.post(f"{shared}comments/", {"line": "11", "words": "More."}).status_code == 403
    assert LineComment.objects.for_the_practice(WHY).count() == 2


def test_an_empty_comment_is_not_kept(cast: Cast, transcript: Transcript, sign_in: SignIn) -> None:
    share = opened(cast, transcript)
    shared = f"/supervision/sessions/{share.pk}/comments/"
    answer = sign_in(cast.supervisor).post(shared, {"line": "9", "words": " "})
    assert answer.status_code == 422
    assert "Please write something." in answer.content.decode()
    outside = sign_in(cast.supervisor).post(shared, {"line": "2", "words": "Here."})
    assert outside.status_code == 403


def test_a_line_opens_its_form_and_a_comment_that_is_too_long_is_not_lost(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    share = opened(cast, transcript)
    shared = f"/supervision/sessions/{share.pk}/"
    reader = sign_in(cast.supervisor)
    assert "<textarea" not in reader.get(shared).content.decode()
    assert reader.get(f"{shared}?line=10").content.decode().count("<textarea") == 1
    for none in ("2", "99", "x", "-1", "1e9"):
        assert "<textarea" not in reader.get(f"{shared}?line={none}").content.decode()
    words = "I wonder. " * 201
    answer = reader.post(f"{shared}comments/", {"line": "10", "words": words})
    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()


def test_opening_it_again_within_the_hour_is_one_visit(cast: Cast, transcript: Transcript) -> None:
    share = opened(cast, transcript)
    for _ in range(3):
        reads(cast, share)
    (found,) = shares_of_session(transcript, viewer=cast.therapist).shares
    assert len(found.visits) == 1


def test_without_consent_the_button_says_why(cast: Cast, sign_in: SignIn) -> None:
    transcript = analysed(cast, brought(cast)).transcript
    address = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/shares/"
    page = sign_in(cast.therapist).get(address).content.decode()
    assert "<button disabled title=" in page
    assert "said yes to sharing with a supervisor" in page


def test_strangers_find_nothing(cast: Cast, transcript: Transcript, sign_in: SignIn) -> None:
    share = opened(cast, transcript)
    theirs = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/shares/"
    shared = f"/supervision/sessions/{share.pk}/"
    others = ("owner", "other_therapist", "client_person", "other_client_person")
    find_nothing(cast, sign_in, theirs)
    find_nothing(cast, sign_in, f"{theirs}{share.pk}/close/", post=True)
    find_nothing(cast, sign_in, shared, *others)
    find_nothing(cast, sign_in, f"{shared}comments/", *others, post=True)
    for step in ("agree", "decline"):
        mine = f"/me/session-shares/{share.pk}/{step}/"
        find_nothing(cast, sign_in, mine, post=True)
        assert sign_in(cast.therapist).post(mine).status_code == 404
    share.refresh_from_db()
    assert share.withdrawn_at is None


def test_another_supervisor_finds_nothing(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    share = opened(cast, transcript)
    other = Person.objects.create_person(
        email="suki@example.org", name="Suki Second", role="supervisor"
    )
    assert sign_in(other).get(f"/supervision/sessions/{share.pk}/").status_code == 404
    assert "/supervision/sessions/" not in sign_in(other).get("/").content.decode()
