"""Taking a yes back erases what stood on it at once; a no to one session erases that one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import accept, give_consent, propose
from holdfast_web.agreements.clauses import shipped
from holdfast_web.analysis.actions.bringing import bring_transcript
from holdfast_web.analysis.actions.refusing import refuse_session, take_refusal_back
from holdfast_web.analysis.actions.removing import GOES
from holdfast_web.analysis.models import (
    Analysis,
    Correction,
    Excerpt,
    LineComment,
    ReadThrough,
    SessionRefusal,
    SessionShare,
    Transcript,
)
from holdfast_web.analysis.rules import is_agreed_for, may_bring
from holdfast_web.audit.models import Event
from holdfast_web.encounters.models import Session
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.vault.keys import opened
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.transcripts import brought, consenting, vtt

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
ROWS = (Transcript, Analysis, Correction, ReadThrough, Excerpt, SessionShare, LineComment)


def hung(transcript: Transcript, cast: Cast) -> None:
    """Hang something on a transcript in every place where something can."""
    told: dict[str, Any] = {"client": transcript.client}
    done = Analysis.State.DONE
    for state in (done, Analysis.State.WAITING):
        analysis = Analysis(
            **told, transcript=transcript, edition=1, asked_by=cast.therapist, state=state
        )
        analysis.findings = {"schema": "none"} if state == done else None
        analysis.save()
        if state == done:
            on = {**told, "analysis": analysis, "by": cast.therapist}
            Correction(**on, utterance=1, code="feeling", value="sad").save()
            ReadThrough(**on, first=0, last=3).save()
    Excerpt(**told, transcript=transcript, by=cast.therapist, chosen={"note": "Kept."}).save()
    share = SessionShare(
        **told,
        transcript=transcript,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        first=0,
        last=3,
        purpose="To think.",
        ends_at=timezone.now() + timedelta(days=7),
    )
    share.save()
    LineComment(**told, share=share, author=cast.therapist, utterance=1, words="Here.").save()


def counts(client_id: Any) -> dict[str, int]:
    found = {
        model.__name__: model.objects.for_the_practice(WHY).filter(client=client_id).count()
        for model in ROWS
    }
    return {name: count for name, count in found.items() if count}


def say(cast: Cast, kind: str, given: bool) -> None:
    give_consent(by=cast.client_person, client=cast.client, kind=kind, given=given)


@pytest.mark.parametrize("kind", ["recording", "analysis"])
def test_a_no_erases_every_transcript_with_all_that_hangs_on_it(cast: Cast, kind: str) -> None:
    hung(brought(cast), cast)
    again = "Tessa: Good to see you.\nCleo: Good to be here, too.\n"
    brought(cast, again, session=held(cast, hours_ago=1))
    assert len(counts(cast.client.pk)) == len(ROWS)
    say(cast, kind, given=False)
    assert counts(cast.client.pk) == {}
    events = Event.objects.filter(what="transcript.removed_withdrawn", client_id=cast.client.pk)
    assert {one.actor_id for one in events} == {cast.client_person.pk}
    assert sorted(one.facts["utterances"] for one in events) == [2, 14]


def test_it_is_gone_in_the_same_moment_or_not_at_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung(brought(cast), cast)

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("holdfast_web.analysis.withdrawal.remove_rows", broken)
    with pytest.raises(RuntimeError):
        say(cast, "analysis", given=False)
    assert len(counts(cast.client.pk)) == len(ROWS)
    assert is_agreed_for(Transcript.objects.for_the_practice(WHY).get().session)


def test_nothing_can_be_brought_in_afterwards(cast: Cast) -> None:
    session = brought(cast).session
    say(cast, "analysis", given=False)
    decision = may_bring(cast.therapist, session)
    assert not decision
    assert "said no" in decision.reason
    with pytest.raises(Refused):
        bring_transcript(by=cast.therapist, session=session, name="s.vtt", data=vtt().encode())


def test_a_yes_again_brings_nothing_back(cast: Cast) -> None:
    brought(cast)
    say(cast, "recording", given=False)
    say(cast, "recording", given=True)
    assert counts(cast.client.pk) == {}


def test_a_no_to_supervision_leaves_the_text_and_closes_what_is_shared(cast: Cast) -> None:
    hung(brought(cast), cast)
    say(cast, "supervision", given=False)
    assert len(counts(cast.client.pk)) == len(ROWS)
    share = SessionShare.objects.for_the_practice(WHY).get()
    assert share.withdrawn_at is not None
    assert Event.objects.filter(what="session_share.closed").count() == 1


def test_other_clients_keep_theirs(cast: Cast) -> None:
    transcript = brought(cast)
    hung(transcript, cast)
    other = Session(client=cast.other_client, care=cast.other_care, starts_at=timezone.now())
    other.save()
    theirs = Transcript(
        client=cast.other_client,
        session=other,
        brought_by=cast.other_therapist,
        format="vtt",
        fingerprint="x",
        lines=[],
        roles={},
        notes={},
        utterances=0,
    )
    theirs.save()
    say(cast, "analysis", given=False)
    assert counts(cast.other_client.pk) == {"Transcript": 1}


def test_a_changed_supervision_clause_closes_shared_sessions_too(cast: Cast) -> None:
    hung(brought(cast), cast)
    say(cast, "supervision", given=True)
    change = {"supervision": {"own_words": "My notes may be read, too."}}
    version = propose(by=cast.therapist, client=cast.client, changes=change)
    accept(by=cast.client_person, version=version)
    assert SessionShare.objects.for_the_practice(WHY).get().withdrawn_at is not None
    assert Transcript.objects.for_the_practice(WHY).exists()


def test_a_table_that_is_forgotten_when_text_goes_fails_here() -> None:
    """Everything of this app hangs on a transcript, but for the no to a session itself."""
    ours = set(apps.get_app_config("analysis").get_models())
    assert ours - {model for model, _ in GOES} == {SessionRefusal}


# --- One session ------------------------------------------------------------------------------


def test_not_this_session_before_it_keeps_its_door_shut(cast: Cast) -> None:
    session = brought(cast).session
    other = held(cast, hours_ago=1)
    assert refuse_session(by=cast.client_person, session=other) == 0
    assert "this session" in may_bring(cast.therapist, other).reason
    assert counts(cast.client.pk) == {"Transcript": 1}
    assert is_agreed_for(session)


def test_not_this_session_after_it_erases_its_transcript_alone(cast: Cast) -> None:
    transcript = brought(cast)
    hung(transcript, cast)
    words = "Tessa: Good to see you.\nCleo: Good to be here, too.\n"
    kept = brought(cast, words, session=held(cast, hours_ago=1))
    assert refuse_session(by=cast.client_person, session=transcript.session) == 1
    assert Transcript.objects.for_the_practice(WHY).get().pk == kept.pk
    assert counts(cast.client.pk) == {"Transcript": 1}
    assert Event.objects.filter(what="transcript.removed_refused").count() == 1


def test_taken_back_the_general_yes_holds_again_and_a_second_no_as_well(cast: Cast) -> None:
    session = brought(cast).session
    refuse_session(by=cast.client_person, session=session)
    with pytest.raises(Refused, match="already"):
        refuse_session(by=cast.client_person, session=session)
    take_refusal_back(by=cast.client_person, session=session)
    assert may_bring(cast.therapist, session)
    with pytest.raises(Refused):
        take_refusal_back(by=cast.client_person, session=session)
    refuse_session(by=cast.client_person, session=session)
    assert not may_bring(cast.therapist, session)
    assert SessionRefusal.objects.for_the_practice(WHY).count() == 1


@pytest.mark.parametrize("name", ["therapist", "other_therapist", "owner", "other_client_person"])
def test_nobody_else_says_it_for_the_client(cast: Cast, name: str) -> None:
    session = brought(cast).session
    with pytest.raises((NotYours, Refused)):
        refuse_session(by=cast[name], session=session)
    assert counts(cast.client.pk) == {"Transcript": 1}


# --- Told beforehand --------------------------------------------------------------------------


def test_the_page_says_beforehand_what_a_no_erases(cast: Cast, sign_in: SignIn) -> None:
    hung(brought(cast), cast)
    brought(
        cast,
        "Tessa: Good to see you.\nCleo: Good to be here, too.\n",
        session=held(cast, hours_ago=1),
    )
    page = sign_in(cast.client_person).get("/me/agreement/").content.decode()
    assert page.count("What was said in 2 sessions is here as text.") == 2
    assert "It can’t be brought back." in page
    assert "One session is shared with a supervisor, or offered to be." in page
    theirs = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/agreement/").content.decode()
    assert "is here as text" not in theirs


def test_where_nothing_would_go_nothing_is_said(cast: Cast, sign_in: SignIn) -> None:
    brought(cast)
    say(cast, "analysis", given=False)
    page = sign_in(cast.client_person).get("/me/agreement/").content.decode()
    assert "is here as text" not in page


def test_the_clause_promises_what_is_done() -> None:
    words = {one.key: one.words for one in shipped()}
    assert "then the text is erased at once" in words["analysis"]
    assert "leave out a single session" in words["analysis"]
    assert "text made of it is erased at once" in words["recording"]


# --- At the same time -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["bring", "refuse"])
def test_brought_in_and_taken_back_at_once_leaves_nothing(cast: Cast, first: str) -> None:
    session = consenting(cast)
    start, told = threading.Barrier(2), []

    def run(call: Callable[[], Any], *, waits: bool) -> None:
        try:
            with opened():
                start.wait()
                if waits:
                    time.sleep(0.005)
                call()
            told.append("done")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    calls = {
        "bring": lambda: bring_transcript(
            by=cast.therapist, session=session, name="s.vtt", data=vtt().encode()
        ),
        "refuse": lambda: say(cast, "analysis", given=False),
    }
    threads = [
        threading.Thread(target=run, args=(call,), kwargs={"waits": name != first})
        for name, call in calls.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "done" in told
    assert len(told) == 2
    assert counts(cast.client.pk) == {}
