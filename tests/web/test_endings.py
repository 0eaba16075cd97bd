"""An ending: proposed by either, written by both, agreed on, and then access ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.records import therapist_now
from holdfast_web.encounters.actions import plan_session
from holdfast_web.encounters.models import Session
from holdfast_web.handover.actions.asking import ask_for_change
from holdfast_web.handover.actions.ending import (
    agree_on_after,
    change_last_day,
    finish,
    propose_ending,
    take_ending_back,
    write_after,
    write_words,
)
from holdfast_web.handover.models import Ending
from holdfast_web.handover.queries.endings import Written, ending_of
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing

SignIn = Callable[[Person | None], Browser]
MINE = "/me/ending/"
WHY = "a test"


@pytest.fixture
def ending(cast: Cast) -> Ending:
    """Return an ending that the client proposed for today."""
    return propose_ending(by=cast.client_person, client=cast.client, last_on=timezone.localdate())


def seen(cast: Cast, who: str) -> Written:
    found = ending_of(cast.client, viewer=cast[who]).written
    assert found is not None
    return found


def write(cast: Cast, who: str, words: str, *, shows: bool = False) -> Ending:
    row = seen(cast, who).row
    told = {"gained": words}
    return write_words(by=cast[who], ending=row, words=told, shows=shows, edition=row.edition)


def test_the_whole_way_from_a_proposed_last_session_to_the_end(cast: Cast, sign_in: SignIn) -> None:
    me, them = sign_in(cast.client_person), sign_in(cast.therapist)
    theirs = f"/clients/{cast.client.pk}/ending/"
    day = timezone.localdate().isoformat()
    assert them.post(theirs, {"do": "propose", "last_on": day}).status_code == 302
    words = {"do": "words", "edition": 1, "gained": "I sleep again.", "how": "", "later": ""}
    assert me.post(MINE, words).status_code == 302
    page = them.get(theirs).content.decode()
    assert "I sleep again." not in page
    assert "has written" in page
    words |= {"edition": 2, "gained": "I saw you grow."}
    assert them.post(theirs, words).status_code == 302
    assert "I sleep again." in them.get(theirs).content.decode()
    assert "I saw you grow." in me.get(MINE).content.decode()
    after = {"do": "after", "edition": 3, "words": "Ring us.", "open_until": day}
    assert them.post(theirs, after).status_code == 302
    assert me.post(MINE, {"do": "agree", "edition": 4}).status_code == 302
    assert them.post(theirs, {"do": "finish", "edition": 5}).status_code == 302
    assert them.get(theirs).status_code == 404
    assert them.get(f"/clients/{cast.client.pk}/").status_code == 404
    page = me.get(MINE).content.decode()
    for words_of_it in ("ended", "These pages stay yours", "Ring us.", "I saw you grow."):
        assert words_of_it in page
    for address in ("/", "/me/course/", "/me/goals/", "/me/helps/", "/me/more/", "/me/export/"):
        assert me.get(address).status_code == 200


def test_words_are_seen_once_both_have_written(cast: Cast, ending: Ending) -> None:
    write(cast, "client_person", "I sleep again.")
    assert seen(cast, "therapist").theirs == {}
    assert seen(cast, "therapist").theirs_written
    write(cast, "therapist", "I saw you grow.")
    assert seen(cast, "therapist").theirs["gained"] == "I sleep again."
    assert seen(cast, "client_person").theirs["gained"] == "I saw you grow."


def test_words_are_seen_before_where_their_writer_shows_them(cast: Cast, ending: Ending) -> None:
    write(cast, "therapist", "I saw you grow.", shows=True)
    assert seen(cast, "client_person").theirs["gained"] == "I saw you grow."
    write(cast, "therapist", "I saw you grow.", shows=False)
    assert seen(cast, "client_person").theirs == {}


def test_the_time_after_is_agreed_on_by_the_other_one(cast: Cast, ending: Ending) -> None:
    told = {"words": "Ring us.", "open_until": None}
    row = write_after(by=cast.therapist, ending=ending, edition=ending.edition, **told)
    with pytest.raises(Refused, match="The other one agrees"):
        agree_on_after(by=cast.therapist, ending=row, edition=row.edition)
    row = agree_on_after(by=cast.client_person, ending=row, edition=row.edition)
    assert row.agreed_at is not None
    row = write_after(by=cast.client_person, ending=row, edition=row.edition, **told)
    assert row.agreed_at is None


def test_care_ends_by_the_therapist_and_not_before_the_last_day(cast: Cast) -> None:
    ahead = timezone.localdate() + timedelta(days=7)
    row = propose_ending(by=cast.therapist, client=cast.client, last_on=ahead)
    with pytest.raises(Refused, match="still ahead"):
        finish(by=cast.therapist, ending=row, edition=row.edition)
    row = change_last_day(
        by=cast.client_person, ending=row, last_on=timezone.localdate(), edition=row.edition
    )
    with pytest.raises(Refused, match="by the therapist"):
        finish(by=cast.client_person, ending=row, edition=row.edition)
    plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=9)
    )
    finish(by=cast.therapist, ending=row, edition=row.edition)
    assert therapist_now(cast.client) is None
    assert Session.objects.for_the_practice(WHY).get().status == Session.Status.CANCELLED
    row = Ending.objects.for_the_practice(WHY).select_related("client", "care").get()
    with pytest.raises(Refused, match="come to its end"):
        write_after(
            by=cast.client_person, ending=row, words="Late.", open_until=None, edition=row.edition
        )


def test_an_ending_is_taken_back_and_proposed_again(cast: Cast, ending: Ending) -> None:
    write(cast, "client_person", "I sleep again.")
    row = seen(cast, "therapist").row
    take_ending_back(by=cast.therapist, ending=row, edition=row.edition)
    assert ending_of(cast.client, viewer=cast.client_person).written is None
    again = propose_ending(
        by=cast.therapist, client=cast.client, last_on=timezone.localdate() + timedelta(days=30)
    )
    assert again.pk == ending.pk
    assert seen(cast, "client_person").mine["gained"] == "I sleep again."


def test_two_cannot_propose_an_ending_at_once(cast: Cast, ending: Ending) -> None:
    with pytest.raises(Stale):
        propose_ending(by=cast.therapist, client=cast.client, last_on=timezone.localdate())


def test_what_was_typed_in_another_window_is_not_lost(
    cast: Cast, sign_in: SignIn, ending: Ending
) -> None:
    write(cast, "therapist", "I saw you grow.", shows=True)
    typed = {"do": "words", "edition": ending.edition, "gained": "Typed here."}
    response = sign_in(cast.client_person).post(MINE, typed)
    assert response.status_code == 409
    assert "Typed here." in response.content.decode()


def test_an_ending_is_between_the_two(cast: Cast, sign_in: SignIn, ending: Ending) -> None:
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/ending/")
    for who in ("owner", "supervisor", "other_therapist", "other_client_person"):
        with pytest.raises(NotYours):
            ending_of(cast.client, viewer=cast[who])
    for who in ("owner", "other_therapist", "other_client_person"):
        with pytest.raises(Refused):
            write_words(by=cast[who], ending=ending, words={}, shows=False, edition=1)


def test_care_that_is_over_can_not_be_changed_to_somebody_else(cast: Cast, ending: Ending) -> None:
    finish(by=cast.therapist, ending=ending, edition=ending.edition)
    with pytest.raises(Refused, match="Nobody works with you"):
        ask_for_change(by=cast.client_person, client=cast.client)
