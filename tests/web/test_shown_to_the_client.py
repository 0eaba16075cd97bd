"""What a therapist shows a client of a session, and the client's own list of sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.analysis.actions.showing import Chosen, show_to_client, take_show_back
from holdfast_web.analysis.models import Excerpt, SessionRefusal, Transcript
from holdfast_web.analysis.queries.choosing import choosing_of
from holdfast_web.analysis.queries.mine import my_session, my_sessions
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import end_care
from holdfast_web.encounters.actions import plan_session
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.keys import opened
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing
from tests.web.transcripts import TALK, analysed, brought, consenting

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
QUOTE = TALK[11][1]


@pytest.fixture
def transcript(cast: Cast) -> Transcript:
    return brought(cast)


def show(cast: Cast, transcript: Transcript, edition: int = 0, **chosen: Any) -> Excerpt:
    told = {"lines": (11, 12), "thread": "The stone.", "note": "You said it so clearly."}
    return show_to_client(
        by=cast.therapist,
        transcript=transcript,
        chosen=Chosen(**{**told, **chosen}),
        edition=edition,
    )


def seen(cast: Cast, transcript: Transcript) -> Any:
    return my_session(cast.client, transcript.session_id, viewer=cast.client_person)


def page_of(transcript: Transcript) -> str:
    return f"/me/sessions/{transcript.session_id}/"


def choosing_page(transcript: Transcript) -> str:
    return f"/clients/{transcript.client_id}/sessions/{transcript.session_id}/show/"


# --- What is shown ----------------------------------------------------------------------------


def test_before_anything_was_chosen_nothing_is_shown(cast: Cast, transcript: Transcript) -> None:
    assert seen(cast, transcript).shown is None


def test_the_client_reads_what_was_chosen_and_who_said_it(
    cast: Cast, transcript: Transcript
) -> None:
    show(cast, transcript)
    shown = seen(cast, transcript).shown
    assert [(one.number, one.who, one.text) for one in shown.quotes] == [
        (12, "You", QUOTE),
        (13, "Tessa Therapist", TALK[12][1]),
    ]
    assert (shown.thread, shown.note) == ("The stone.", "You said it so clearly.")
    assert shown.picture is None


def test_what_was_shown_stays_as_it_was_when_a_line_is_mended(
    cast: Cast, transcript: Transcript
) -> None:
    show(cast, transcript)
    mend_line(
        by=cast.therapist,
        transcript=transcript,
        line=11,
        text="Other words.",
        speaker="Cleo",
        edition=transcript.edition,
    )
    assert seen(cast, transcript).shown.quotes[0].text == QUOTE


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"lines": (), "thread": " ", "note": ""}, "Choose something"),
        ({"lines": (14,)}, "lines 1 to 14"),
        ({"lines": (-1,)}, "lines 1 to 14"),
        ({"lines": tuple(range(13))}, "at most 12 lines"),
        ({"note": "x" * 2001}, "2000 characters"),
        ({"picture": True}, "before the session was read"),
    ],
)
def test_what_cannot_be_shown_says_why(
    cast: Cast, transcript: Transcript, chosen: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        show(cast, transcript, **chosen)


def test_the_picture_is_shown_only_if_it_was_chosen(cast: Cast, transcript: Transcript) -> None:
    analysed(cast, transcript)
    show(cast, transcript)
    assert seen(cast, transcript).shown.picture is None
    show(cast, transcript, edition=1, picture=True)
    picture = seen(cast, transcript).shown.picture
    assert picture.drawing.startswith("<svg")
    assert "<table" in picture.numbers


def test_two_windows_never_overwrite_each_other(cast: Cast, transcript: Transcript) -> None:
    show(cast, transcript)
    with pytest.raises(Stale):
        show(cast, transcript, edition=0, note="From an old window.")
    with pytest.raises(Stale):
        take_show_back(by=cast.therapist, transcript=transcript, edition=0)
    show(cast, transcript, edition=1, note="Changed.")
    assert seen(cast, transcript).shown.note == "Changed."


def test_taken_back_nothing_is_shown_any_more(cast: Cast, transcript: Transcript) -> None:
    show(cast, transcript)
    take_show_back(by=cast.therapist, transcript=transcript, edition=1)
    assert seen(cast, transcript).shown is None
    assert not Excerpt.objects.for_the_practice(WHY).exists()


def test_without_the_consents_nothing_new_is_shown(cast: Cast, transcript: Transcript) -> None:
    SessionRefusal(client=cast.client, session=transcript.session).save()
    with pytest.raises(Refused, match="this session"):
        show(cast, transcript)


def test_without_the_consents_the_page_shows_no_line_and_what_was_shown_can_be_taken_back(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    show(cast, transcript)
    SessionRefusal(client=cast.client, session=transcript.session).save()
    theirs = sign_in(cast.therapist)
    page = theirs.get(choosing_page(transcript)).content.decode()
    assert "The client said no to this session." in page
    assert 'name="line"' not in page
    told = {"take_back": "yes", "edition": "1"}
    assert theirs.post(choosing_page(transcript), told).status_code == 302


@pytest.mark.parametrize("name", ["client_person", "other_therapist", "supervisor", "owner"])
def test_only_the_therapist_chooses(cast: Cast, transcript: Transcript, name: str) -> None:
    with pytest.raises((NotYours, Refused)):
        show_to_client(by=cast[name], transcript=transcript, chosen=Chosen(note="Mine."), edition=0)
    with pytest.raises((NotYours, Refused)):
        choosing_of(transcript, viewer=cast[name])


def test_a_line_of_several_moments_is_offered_once(cast: Cast, transcript: Transcript) -> None:
    analysed(cast, transcript)
    show(cast, transcript)
    choosing = choosing_of(transcript, viewer=cast.therapist)
    lines = [
        one.utterance for part in choosing.offered for _, moment in part.moments for one in moment
    ]
    assert choosing.offered[0].heading == "Shown now"
    assert lines[:2] == [11, 12]
    assert len(lines) == len(set(lines))
    assert len(lines) > 2


def test_each_step_is_witnessed_without_a_word_of_it(cast: Cast, transcript: Transcript) -> None:
    show(cast, transcript)
    seen(cast, transcript)
    take_show_back(by=cast.therapist, transcript=transcript, edition=1)
    told = Event.objects.filter(what__startswith="excerpt.").order_by("place")
    assert [one.what for one in told] == ["excerpt.shown", "excerpt.viewed", "excerpt.taken_back"]
    assert not any("stone" in str(one.facts) for one in told)


# --- The client's list ------------------------------------------------------------------------


def test_the_list_says_where_there_is_text_and_until_when(
    cast: Cast, transcript: Transcript
) -> None:
    held(cast, hours_ago=1)
    plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=3)
    )
    found = my_sessions(cast.client, viewer=cast.client_person)
    assert [one.has_text for one in found.held] == [False, True]
    assert found.held[1].kept_until == timezone.localdate() + timedelta(days=180)
    assert len(found.ahead) == 1
    assert found.agreed


def test_the_list_costs_the_same_for_many(
    cast: Cast, transcript: Transcript, django_assert_max_num_queries: Any
) -> None:
    def look() -> int:
        with opened(), django_assert_max_num_queries(25) as found:
            my_sessions(cast.client, viewer=cast.client_person)
        return len(found)

    few = look()
    for place in range(12):
        held(cast, hours_ago=1.5 - place / 10)
    assert look() == few


def test_after_care_has_ended_the_client_still_sees_and_still_says_no(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    show(cast, transcript)
    end_care(by=cast.therapist, care=cast.care)
    mine = sign_in(cast.client_person)
    assert "You said it so clearly." in mine.get(page_of(transcript)).content.decode()
    assert mine.post(f"{page_of(transcript)}refuse/").status_code == 302
    assert not Transcript.objects.for_the_practice(WHY).exists()
    assert sign_in(cast.therapist).get(choosing_page(transcript)).status_code == 404


# --- Pages ------------------------------------------------------------------------------------


def test_chosen_looked_at_shown_read_changed_and_taken_back_on_the_pages(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    analysed(cast, transcript)
    theirs, mine = sign_in(cast.therapist), sign_in(cast.client_person)
    address = choosing_page(transcript)
    page = theirs.get(address).content.decode()
    assert 'name="line"' in page
    sent = {
        "edition": "0",
        "line": ["11"],
        "more": "13, 3–4",
        "thread": "<b>The stone</b>",
        "note": "",
        "picture": "on",
    }
    look = theirs.post(address, {**sent, "look": "yes"}).content.decode()
    assert "As Cleo Client would see it" in look
    assert "&lt;b&gt;The stone&lt;/b&gt;" in look
    assert not Excerpt.objects.for_the_practice(WHY).exists()
    assert theirs.post(address, sent).status_code == 302
    assert "Not read yet." in theirs.get(address).content.decode()
    assert "Something of a session is shown to you" in mine.get("/").content.decode()
    assert "New" in mine.get("/me/sessions/").content.decode()
    shown = mine.get(page_of(transcript)).content.decode()
    for number in (3, 4, 12, 13):
        assert f'value="{number}"' in shown
    assert "&lt;b&gt;The stone&lt;/b&gt;" in shown
    assert "it makes mistakes" in shown
    assert "doesn’t feel right" in shown
    assert "Cleo Client has read it" in theirs.get(address).content.decode()
    assert "is shown to you" not in mine.get("/").content.decode()
    stale = theirs.post(address, {**sent, "note": "From an old window."})
    assert stale.status_code == 409
    assert "From an old window." in stale.content.decode()
    assert theirs.post(address, {**sent, "edition": "1", "note": "New words."}).status_code == 302
    assert "Not read yet." in theirs.get(address).content.decode()
    assert "New words." in mine.get(page_of(transcript)).content.decode()
    assert theirs.post(address, {"take_back": "yes", "edition": "2"}).status_code == 302
    assert "Nothing of this session is shown" in mine.get(page_of(transcript)).content.decode()
    assert theirs.post(address, {"take_back": "yes", "edition": "2"}).status_code == 409


@pytest.mark.parametrize("more", ["twelve", "0", "5-2", "1-400", "999999"])
def test_line_numbers_that_are_none_keep_what_was_typed(
    cast: Cast, transcript: Transcript, sign_in: SignIn, more: str
) -> None:
    sent = {"edition": "0", "more": more, "note": "My reasons"}
    answer = sign_in(cast.therapist).post(choosing_page(transcript), sent)
    assert answer.status_code == 422
    assert "My reasons" in answer.content.decode()


def test_a_number_beyond_the_last_line_says_so(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    answer = sign_in(cast.therapist).post(
        choosing_page(transcript), {"edition": "0", "more": "15", "note": "My reasons"}
    )
    assert answer.status_code == 403
    assert "lines 1 to 14" in answer.content.decode()


def test_without_a_transcript_the_page_leads_to_bringing_one(cast: Cast, sign_in: SignIn) -> None:
    session = consenting(cast)
    address = f"/clients/{cast.client.pk}/sessions/{session.pk}/show/"
    page = sign_in(cast.therapist).get(address).content.decode()
    assert "There is no transcript" in page
    assert sign_in(cast.therapist).post(address, {"edition": "0"}).status_code == 404


def test_not_this_session_and_back_on_the_pages(
    cast: Cast, transcript: Transcript, sign_in: SignIn
) -> None:
    mine = sign_in(cast.client_person)
    page = mine.get(page_of(transcript)).content.decode()
    assert "Its text is erased at once" in page
    assert mine.post(f"{page_of(transcript)}refuse/").status_code == 302
    assert "Noted, and erased" in mine.get(page_of(transcript)).content.decode()
    assert mine.post(f"{page_of(transcript)}refuse/").status_code == 403
    assert mine.post(f"{page_of(transcript)}take-back/").status_code == 302
    assert mine.post(f"{page_of(transcript)}take-back/").status_code == 403
    assert "There is no text of this session" in mine.get(page_of(transcript)).content.decode()


def test_a_planned_session_can_be_left_out_beforehand(cast: Cast, sign_in: SignIn) -> None:
    consenting(cast)
    planned = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=3)
    )
    mine = sign_in(cast.client_person)
    assert f"/me/sessions/{planned.pk}/" in mine.get("/me/sessions/").content.decode()
    assert mine.post(f"/me/sessions/{planned.pk}/refuse/").status_code == 302
    assert "Not this session" in mine.get("/me/sessions/").content.decode()


def test_without_a_yes_the_list_says_that_nothing_is_turned_into_text(
    cast: Cast, sign_in: SignIn
) -> None:
    consenting(cast)
    give_consent(by=cast.client_person, client=cast.client, kind="analysis", given=False)
    page = sign_in(cast.client_person).get("/me/sessions/").content.decode()
    assert "Nobody has that yes from you now." in page


def test_strangers_find_nothing(cast: Cast, transcript: Transcript, sign_in: SignIn) -> None:
    show(cast, transcript)
    find_nothing(cast, sign_in, choosing_page(transcript))
    find_nothing(cast, sign_in, choosing_page(transcript), post=True)
    find_nothing(cast, sign_in, page_of(transcript), "therapist", "other_client_person", "owner")
    for step in ("refuse", "take-back"):
        find_nothing(cast, sign_in, f"{page_of(transcript)}{step}/", post=True)
        assert sign_in(cast.therapist).post(f"{page_of(transcript)}{step}/").status_code == 404
    assert Transcript.objects.for_the_practice(WHY).exists()
