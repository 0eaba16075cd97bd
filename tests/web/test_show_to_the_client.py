"""What client and therapist look at together holds nothing that is the therapist's alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.actions import open_record
from holdfast_web.encounters.actions import write_note, write_private_note
from holdfast_web.engine.cards import card_of
from holdfast_web.goals.actions import add_goal, add_help
from holdfast_web.inbox.models import Concern
from holdfast_web.measures.actions.noticing import add_step, answer_signal, log_rupture
from holdfast_web.measures.models import SafetyAnswer, Signal
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast
from tests.web.ratings import PENDING, check_ins, phq9, session_of, sheet_of

SignIn = Callable[[Any], Browser]
NOTE, PRIVATE = "Noted: the move to Leeds.", "Privately: I was cross."
RUPTURE, STEP = "Logged: I spoke over her.", "A step: I said sorry."
INTENT, CONCERN = "My intent: slow down.", "A concern: too fast."
SAFETY = "A safety answer with this title"
GUESSES = {2: 1.5, 3: 2.5}


@pytest.fixture
def private(cast: Cast) -> list[str]:
    """Fill the record with everything that is private; return every such word."""
    check_ins(cast.care, [9, 9, 8, 3, 8], guesses={**GUESSES, 5: PENDING})
    sheet = sheet_of(cast.care, 4, phq9(12), instrument="phq-9")
    told = {"instrument": "phq-9", "item": "q9", "kind": "risk", "title": SAFETY}
    SafetyAnswer.objects.create(client=cast.client, sheet=sheet, told=told)
    rupture = log_rupture(
        by=cast.therapist,
        client=cast.client,
        what=RUPTURE,
        kind="withdrawal",
        session_number=4,
    )
    add_step(by=cast.therapist, rupture=rupture, words=STEP, edition=rupture.edition)
    signal = Signal.objects.seen_by(cast.therapist).filter(name="strong_dip").get()
    answer_signal(
        by=cast.therapist,
        signal=signal,
        intent=INTENT,
        by_when=timezone.localdate() + timedelta(days=7),
        edition=signal.edition,
    )
    Concern.objects.create(client=cast.client, wants="talk", words=CONCERN)
    session = session_of(cast.care, 4)
    write_note(by=cast.therapist, session=session, words=NOTE, edition=0)
    write_private_note(
        by=cast.therapist, client=cast.client, session=session, words=PRIVATE, edition=0
    )
    words = [NOTE, PRIVATE, RUPTURE, STEP, INTENT, CONCERN, SAFETY]
    for one in Signal.objects.seen_by(cast.therapist):
        card = card_of(one.name)
        words += [one.told["title"], one.told["reason"], card.title, *card.consider, *card.avoid]
    return words


@pytest.fixture
def page(cast: Cast, private: list[str], sign_in: SignIn) -> str:
    agreed_upon(cast)
    add_goal(by=cast.client_person, client=cast.client, words="Sleep through one night")
    add_help(by=cast.client_person, client=cast.client, words="Walk to the river")
    response = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/show/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_no_private_word_is_on_the_page(page: str, private: list[str]) -> None:
    shown = _plain(page)
    assert len(private) > 30
    for words in private:
        assert _plain(words) not in shown, words


def test_no_guess_is_on_the_page_in_words_in_numbers_or_drawn(page: str) -> None:
    shown = _plain(page).lower()
    assert "guess" not in shown
    assert 'class="open"' not in page
    for guess in GUESSES.values():
        assert f">{guess}<" not in page


def test_nothing_hints_at_what_is_kept_back(page: str) -> None:
    shown = _plain(page).lower()
    for hint in ("note", "signal", "rupture", "stands out", "worth a thought", "private", "kept"):
        assert hint not in shown.replace("not ", ""), hint


def test_a_rating_that_waits_for_the_guess_is_not_given_away(cast: Cast, page: str) -> None:
    rows = re.findall(r'<th scope="row">(\d+)', page[: page.index('id="outcome"')])
    assert rows == ["1", "2", "3", "4"]


def test_the_page_has_what_the_two_share(page: str) -> None:
    for words in (
        "Looking at it together",
        "the client’s rating",
        "PHQ-9",
        "Sleep through one night",
        "Walk to the river",
        "Accepted by both",
        "session 4",
    ):
        assert words in page, words


def test_no_way_leads_to_anybody_else(cast: Cast, sign_in: SignIn, page: str) -> None:
    open_record(by=cast.therapist, name="Eve Else", therapist=cast.therapist)
    browser = sign_in(cast.therapist)
    for name in ("show/", "show/done/"):
        there = f"/clients/{cast.client.pk}/{name}"
        shown = browser.get(there).content.decode()
        assert "Eve Else" not in shown
        assert "<nav" not in shown
        links = set(re.findall(r'href="([^"]*)"', shown[shown.index("<body") :]))
        inside = {one for one in links if one.startswith("/")}
        allowed = {f"/clients/{cast.client.pk}/", there, "/help/"}
        allowed |= {f"/clients/{cast.client.pk}/show/", f"/clients/{cast.client.pk}/show/done/"}
        assert inside <= allowed


def test_the_way_back_leads_past_an_empty_page(cast: Cast, sign_in: SignIn, page: str) -> None:
    assert f'href="/clients/{cast.client.pk}/show/done/"' in page
    assert f'href="/clients/{cast.client.pk}/"' not in page
    away = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/show/done/").content.decode()
    assert "Cleo" not in away
    assert "Turn the screen" in away


def test_the_look_is_witnessed_as_one_together(cast: Cast, page: str) -> None:
    events = Event.objects.filter(client_id=cast.client.pk, actor_id=cast.therapist.pk)
    assert events.filter(what="relationship.shown").count() == 1


def _plain(text: str) -> str:
    """Return what a person reads: without tags, entities and runs of spaces."""
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
