"""A transcript comes in with the client's yes alone; who is who is said by a person."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.bringing import BroughtBefore, bring_transcript, set_roles
from holdfast_web.analysis.models import SessionRefusal, Transcript
from holdfast_web.analysis.queries.transcripts import transcript_of, transcripts_of, where_it_is
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import open_record
from holdfast_web.encounters.actions import plan_session
from holdfast_web.encounters.models import Session
from holdfast_web.engine.transcripts import TranscriptUnreadable
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.keys import opened
from tests.web.agreeing import agreed_upon
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.strangers import STRANGERS, SignIn, find_nothing
from tests.web.transcripts import ROLES, TALK, brought, consenting, vtt

WHY = "a test"


def address(session: Session, name: str = "") -> str:
    return f"/clients/{session.client_id}/sessions/{session.pk}/transcript/{name}"


def file(text: str = "", name: str = "session.vtt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (text or vtt()).encode())


def bring(cast: Cast, session: Session, text: str = "", name: str = "session.vtt") -> Transcript:
    return bring_transcript(
        by=cast.therapist, session=session, name=name, data=(text or vtt()).encode()
    )


def kept(**told: Any) -> list[Transcript]:
    return list(Transcript.objects.for_the_practice(WHY).filter(**told))


def test_what_was_brought_is_there_for_the_therapist(cast: Cast) -> None:
    made = brought(cast)
    found = transcript_of(made.session, viewer=cast.therapist)
    assert found is not None
    assert [(line["speaker"], line["text"]) for line in found.lines] == list(TALK)
    assert found.roles == ROLES
    assert (found.edition, found.utterances, found.format) == (2, len(TALK), "webvtt")
    assert transcripts_of(cast.client, viewer=cast.therapist) == (found,)


def test_it_is_kept_for_as_long_as_was_agreed(cast: Cast) -> None:
    made = brought(cast)
    assert made.kept_until is not None
    assert timezone.localdate() < made.kept_until < timezone.localdate() + timedelta(days=3660)


@pytest.mark.parametrize("missing", ["recording", "analysis"])
def test_without_both_consents_nothing_comes_in(cast: Cast, missing: str, sign_in: SignIn) -> None:
    agreed_upon(cast)
    given = "analysis" if missing == "recording" else "recording"
    give_consent(by=cast.client_person, client=cast.client, kind=given, given=True)
    session = held(cast)
    with pytest.raises(Refused, match="hasn’t said yes"):
        bring(cast, session)
    browser = sign_in(cast.therapist)
    page = browser.get(address(session)).content.decode()
    assert "The client hasn’t said yes to" in page
    assert 'type="file"' not in page
    sent = browser.post(address(session), {"transcript": file()})
    assert sent.status_code == 403
    assert not kept()


def test_a_consent_that_was_taken_back_closes_the_door_again(cast: Cast) -> None:
    session = consenting(cast)
    give_consent(by=cast.client_person, client=cast.client, kind="analysis", given=False)
    with pytest.raises(Refused, match="said no to transcripts"):
        bring(cast, session)


def test_a_session_that_was_not_held_has_nothing_to_bring(cast: Cast) -> None:
    consenting(cast)
    ahead = plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=3)
    )
    with pytest.raises(Refused, match="once the session was held"):
        bring(cast, ahead)


@pytest.mark.parametrize("who", [*STRANGERS, "client_person"])
def test_to_everybody_else_there_is_no_transcript(cast: Cast, who: str) -> None:
    made = brought(cast)
    told = {"by": cast[who], "session": made.session, "name": "a.vtt", "data": vtt().encode()}
    for attempt in (
        lambda: transcript_of(made.session, viewer=cast[who]),
        lambda: transcripts_of(cast.client, viewer=cast[who]),
        lambda: where_it_is(made, viewer=cast[who]),
        lambda: bring_transcript(**told),
        lambda: set_roles(by=cast[who], transcript=made, roles=ROLES, edition=made.edition),
    ):
        with pytest.raises(NotYours):
            attempt()


@pytest.mark.parametrize("name", ["", "roles/", "lines/0/", "remove/"])
def test_strangers_find_no_page(cast: Cast, name: str, sign_in: SignIn) -> None:
    made = brought(cast)
    everybody = (*STRANGERS, "client_person")
    find_nothing(cast, sign_in, address(made.session, name), *everybody)
    find_nothing(cast, sign_in, address(made.session, name), *everybody, post=True)


def test_the_same_words_for_the_same_session_change_nothing(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast)
    with pytest.raises(BroughtBefore) as refused:
        bring(cast, made.session)
    assert refused.value.transcript == made
    answer = sign_in(cast.therapist).post(address(made.session), {"transcript": file()})
    assert answer.status_code == 409
    assert "as the transcript of this session" in answer.content.decode()
    assert [one.edition for one in kept()] == [made.edition]


def test_the_same_words_are_noticed_in_another_format_and_under_other_names(cast: Cast) -> None:
    made = brought(cast)
    another = "\n".join(f"{'A' if who == 'Cleo' else 'B'}: {text}" for who, text in TALK)
    with pytest.raises(BroughtBefore):
        bring(cast, held(cast, hours_ago=1), another, name="again.txt")
    assert kept() == [made]


def test_of_the_same_words_elsewhere_in_their_care_a_therapist_is_told_where(
    cast: Cast, sign_in: SignIn
) -> None:
    made = brought(cast)
    later = held(cast, hours_ago=1)
    answer = sign_in(cast.therapist).post(address(later), {"transcript": file()})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "the transcript of another session: Cleo Client, session 1, " in page
    assert address(made.session, "remove/") in page
    assert Event.objects.filter(what="transcript.recognised", client_id=cast.client.pk).exists()


def test_of_the_same_words_in_the_care_of_others_nobody_is_told(cast: Cast) -> None:
    made = brought(cast)
    theirs = _other_cast(cast)
    session = consenting(theirs)
    second = bring(theirs, session)
    assert second.fingerprint == made.fingerprint
    assert len(kept()) == 2


def test_another_transcript_needs_the_first_one_removed(cast: Cast) -> None:
    made = brought(cast)
    with pytest.raises(Refused, match="Remove it first"):
        bring(cast, made.session, "Tessa: Something else.\nCleo: Yes, quite.\n", "other.txt")


def test_roles_are_never_set_by_themselves(cast: Cast) -> None:
    text = "Therapist: How was it?\nClient: Hard, all week long.\n"
    made = bring(cast, consenting(cast), text, "a.txt")
    assert made.roles == {}


@pytest.mark.parametrize(
    "roles",
    [
        {},
        {"Tessa": "therapist"},
        {"Tessa": "therapist", "Cleo": "therapist"},
        {"Tessa": "client", "Cleo": "other"},
        {"Tessa": "therapist", "Cleo": "king"},
        {"Tessa": "therapist", "Cleo": "client", "Nobody": "other"},
    ],
)
def test_roles_need_a_therapist_and_a_client_among_those_who_speak(
    cast: Cast, roles: dict[str, str]
) -> None:
    made = brought(cast, roles=False)
    with pytest.raises(Refused):
        set_roles(by=cast.therapist, transcript=made, roles=roles, edition=1)


def test_roles_of_an_older_look_are_not_kept(cast: Cast) -> None:
    made = brought(cast)
    turned = {"Tessa": "client", "Cleo": "therapist"}
    with pytest.raises(Stale):
        set_roles(by=cast.therapist, transcript=made, roles=turned, edition=1)
    assert kept()[0].roles == ROLES


def test_without_the_consent_nobody_says_who_is_who(cast: Cast) -> None:
    made = brought(cast, roles=False)
    SessionRefusal.objects.create(client=cast.client, session=made.session)
    with pytest.raises(Refused, match="said no to this session"):
        set_roles(by=cast.therapist, transcript=made, roles=ROLES, edition=1)


def test_no_word_and_no_name_of_a_file_is_left_in_the_audit(cast: Cast, sign_in: SignIn) -> None:
    session = consenting(cast)
    browser = sign_in(cast.therapist)
    browser.post(address(session), {"transcript": file(name="letter-from-my-sister.vtt")})
    told = " ".join(f"{one.what} {one.subject} {one.facts}" for one in Event.objects.all())
    assert "transcript.brought" in told
    for word in ("letter", "sister", "shame", "Tessa", ".vtt"):
        assert word not in told
    assert "letter-from" not in str([one.__dict__ for one in kept()])


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (" \n", "a.vtt", "The file is empty"),
        ("Only: one speaks here.\nOnly: and goes on.\n", "a.txt", "It names one speaker"),
        ("\n" * 100_000, "a.txt", "It has 100,000 lines"),
        ("A: x\nB: y\n" * 6_000, "a.txt", "It has 12,000 utterances"),
        ("".join(f"N{n}: words\n" for n in range(40)), "a.txt", "It has 40 speakers"),
        ('{"speaker": "%s", "text": "x"}\n' % ("n" * 300), "a.jsonl", "more than 200 characters"),
        ("<!DOCTYPE html><html><p>Hello there</html>", "a.html", ""),
        ('{"speaker": "A"', "a.jsonl", ""),
    ],
)
def test_what_is_no_transcript_is_refused_with_a_plain_sentence(
    cast: Cast, sign_in: SignIn, text: str, name: str, said: str
) -> None:
    session = consenting(cast)
    with pytest.raises(TranscriptUnreadable) as refused:
        bring(cast, session, text, name)
    assert said in str(refused.value)
    assert name not in str(refused.value)
    answer = sign_in(cast.therapist).post(address(session), {"transcript": file(text, name)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not kept()


def _other_cast(cast: Cast) -> Cast:
    """Return the cast seen from the other therapist."""
    return Cast(
        owner=cast.owner,
        supervisor=cast.supervisor,
        therapist=cast.other_therapist,
        other_therapist=cast.therapist,
        client_person=cast.other_client_person,
        other_client_person=cast.client_person,
        care=cast.other_care,
        other_care=cast.care,
    )


def test_a_session_of_another_client_is_not_found_under_this_one(
    cast: Cast, sign_in: SignIn
) -> None:
    made = brought(cast)
    second = open_record(by=cast.therapist, name="Eve Else", therapist=cast.therapist)
    there = f"/clients/{second.client_id}/sessions/{made.session_id}/transcript/"
    for name in ("", "roles/", "lines/0/", "remove/"):
        assert sign_in(cast.therapist).get(f"{there}{name}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_bring_one_transcript(cast: Cast) -> None:
    session, said = consenting(cast), list[str]()
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            with opened():
                bring(cast, Session.objects.seen_by(cast.therapist).get(pk=session.pk))
            said.append("kept")
        except BroughtBefore:
            said.append("here already")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(said) == ["here already", "kept"]
    assert len(kept()) == 1
