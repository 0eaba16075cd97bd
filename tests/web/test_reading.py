"""A transcript is read in the background: masked, by the real model, and only while agreed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django_tasks_db.models import DBTaskResult

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis import reader
from holdfast_web.analysis.actions.bringing import set_roles
from holdfast_web.analysis.actions.reading import cancel_analysis, start_analysis
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.queries.analyses import (
    latest_analysis,
    reading_state,
)
from holdfast_web.analysis.reader import read_next
from holdfast_web.analysis.tasks import answer
from holdfast_web.audit.models import Event
from holdfast_web.engine.coding import Reading, analyse, shipped
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast
from tests.web.transcripts import ROLES, analysed, brought, vtt

SignIn = Callable[[Person | None], Browser]
WHY = "a test"


def now(analysis: Analysis) -> Analysis:
    found: Analysis = Analysis.objects.for_the_practice(WHY).get(pk=analysis.pk)
    return found


def on_progress(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let something happen in the middle of the real reading, at its first progress."""
    once: list[bool] = []

    def meanwhile(lines: Any, roles: Any, names: Any, progress: Any) -> Reading:
        def told(read: int, of: int) -> None:
            if not once:
                once.append(True)
                happens()
            progress(read, of)

        return analyse(lines, roles, names, told)

    monkeypatch.setattr(reader, "analyse", meanwhile)
    monkeypatch.setattr(reader, "BEAT_SECONDS", 0.0)


def test_a_transcript_is_read_and_what_was_found_is_kept_with_its_versions(cast: Cast) -> None:
    analysis = analysed(cast)
    found = latest_analysis(analysis.transcript, viewer=cast.therapist)
    assert found == analysis
    assert (found.state, found.read, found.of, found.edition) == ("done", 14, 14, 2)
    assert (found.engine, found.model, found.codebook) == (
        shipped().engine,
        shipped().model,
        shipped().codebook,
    )
    assert found.findings["schema"] == "holdfast.record/1"
    assert len(found.findings["utterances"]) == 14
    assert found.findings["utterances"][2]["codes"]["behaviour"]["value"] == "reflection"
    told = Event.objects.filter(client_id=cast.client.pk, what__startswith="analysis.")
    assert list(told.order_by("place").values_list("what", flat=True)) == [
        "analysis.asked",
        "analysis.begun",
        "analysis.kept",
    ]


def test_names_and_other_identifiers_are_masked_before_anything_is_coded(cast: Cast) -> None:
    talk = (
        ("Tessa", "Hello Cleo, how was the week?"),
        ("Cleo", "Hard. Tessa, my sister wrote to cleo@example.org on 3 March 1974."),
        ("Tessa", "It sounds as if that letter stayed with you."),
        ("Cleo", "She rang from 020 7946 0018. Mrs Different lives at 12 Mill Lane."),
    )
    found = analysed(cast, brought(cast, vtt(talk))).findings
    told = re.sub(r"\d\.\d+", "", json.dumps(found))  # probabilities
    for name in ("Cleo", "Tessa", "Different", "example.org", "7946", "Mill Lane", "1974"):
        assert name not in told, told[max(0, told.find(name) - 60) :][:120]
    assert found["masked"] == {"name": 3, "email": 1, "date": 1, "phone": 1, "address": 1}
    assert [one["role"] for one in found["utterances"]] == ["therapist", "client"] * 2


def test_findings_are_sealed_and_the_table_of_tasks_says_nothing_of_anybody(cast: Cast) -> None:
    analysis = brought(cast)
    start_analysis(by=cast.therapist, transcript=analysis)
    answer.call()
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings FROM analysis_analysis")
        assert b"shame" not in bytes(cursor.fetchone()[0])
    (rung,) = DBTaskResult.objects.all()
    assert rung.args_kwargs == {"args": [], "kwargs": {}}
    kept = json.dumps([str(value) for value in vars(rung).values()])
    assert str(cast.client.pk) not in kept
    assert "shame" not in kept


def test_a_role_set_for_one_line_goes_before_its_speakers(cast: Cast) -> None:
    transcript = brought(cast)
    lines = transcript.lines
    lines[12]["role"] = "client"
    transcript.lines = lines
    transcript.save(update_fields=("lines",))
    roles = [one["role"] for one in analysed(cast, transcript).findings["utterances"]]
    assert roles == ["therapist", "client"] * 6 + ["client", "client"]


def test_roles_have_to_be_said_first(cast: Cast) -> None:
    transcript = brought(cast, roles=False)
    with pytest.raises(Refused, match="who is the therapist"):
        start_analysis(by=cast.therapist, transcript=transcript)
    assert not DBTaskResult.objects.exists()


def test_one_transcript_is_read_once_at_a_time(cast: Cast) -> None:
    transcript = brought(cast)
    start_analysis(by=cast.therapist, transcript=transcript)
    with pytest.raises(Refused, match="being read already"):
        start_analysis(by=cast.therapist, transcript=transcript)
    assert reading_state(transcript, viewer=cast.therapist).at_work


def test_what_this_model_has_read_is_read_again_only_when_that_is_meant(cast: Cast) -> None:
    first = analysed(cast)
    transcript = first.transcript
    assert reading_state(transcript, viewer=cast.therapist).same_again
    with pytest.raises(Refused, match="would find the same again"):
        start_analysis(by=cast.therapist, transcript=transcript)
    second = start_analysis(by=cast.therapist, transcript=transcript, again=True)
    assert read_next()
    assert latest_analysis(transcript, viewer=cast.therapist) == second
    assert now(first).findings == now(second).findings


def test_findings_of_an_older_model_or_of_other_words_say_so_and_stay(cast: Cast) -> None:
    analysis = analysed(cast)
    Analysis.objects.for_the_practice(WHY).update(model="holdfast-open 0.0.1")
    state = reading_state(analysis.transcript, viewer=cast.therapist)
    assert state.older_model
    assert not state.mended
    transcript = set_roles(
        by=cast.therapist,
        transcript=analysis.transcript,
        roles={"Tessa": "client", "Cleo": "therapist"},
        edition=analysis.transcript.edition,
    )
    state = reading_state(transcript, viewer=cast.therapist)
    assert state.mended
    assert not state.same_again
    start_analysis(by=cast.therapist, transcript=transcript)
    read_next()
    state = reading_state(transcript, viewer=cast.therapist)
    assert not state.older_model
    assert not state.mended
    assert now(analysis).model == "holdfast-open 0.0.1"


def test_a_reading_can_be_stopped_while_it_waits(cast: Cast) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    cancel_analysis(by=cast.therapist, transcript=transcript)
    assert not read_next()
    assert now(asked).state == "cancelled"
    with pytest.raises(Refused, match="Nothing of this transcript"):
        cancel_analysis(by=cast.therapist, transcript=transcript)
    start_analysis(by=cast.therapist, transcript=transcript)
    assert read_next()


def test_a_reading_that_is_stopped_in_the_middle_keeps_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    on_progress(monkeypatch, lambda: cancel_analysis(by=cast.therapist, transcript=transcript))
    read_next()
    assert (now(asked).state, now(asked).findings, now(asked).failure) == ("cancelled", None, "")


def test_a_consent_taken_back_in_the_middle_stops_the_reading(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))
    no = {"by": cast.client_person, "client": cast.client, "given": False}
    on_progress(monkeypatch, lambda: give_consent(**no, kind="analysis"))
    read_next()
    left = Analysis.objects.for_the_practice(WHY).filter(pk=asked.pk).first()
    assert left is None or (left.state, left.findings) == ("cancelled", None)
    assert not Analysis.objects.for_the_practice(WHY).filter(state="done").exists()


def test_a_consent_taken_back_just_before_the_end_is_seen_when_findings_would_be_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without anybody who removes what stood on it: the reader itself asks once more."""
    from holdfast_web.agreements import withdrawn

    monkeypatch.setattr(withdrawn, "_listeners", [])
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))

    def at_the_end(*told: Any) -> Reading:
        found = analyse(*told)
        give_consent(by=cast.client_person, client=cast.client, kind="recording", given=False)
        return found

    monkeypatch.setattr(reader, "analyse", at_the_end)
    read_next()
    assert (now(asked).state, now(asked).failure) == ("cancelled", "not_agreed")
    assert now(asked).findings is None
    state = reading_state(asked.transcript, viewer=cast.therapist)
    assert "hasn’t agreed" in state.failure
    assert not state.may_start


def test_a_transcript_that_is_gone_is_not_read_to_its_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))

    def remove() -> None:
        Analysis.objects.for_the_practice(WHY).all().delete()
        Transcript.objects.for_the_practice(WHY).all().delete()

    on_progress(monkeypatch, remove)
    read_next()
    assert not Analysis.objects.for_the_practice(WHY).filter(pk=asked.pk).exists()


GERMAN = "Ich war so traurig und einsam, und niemand hat es gemerkt, nicht einmal meine Frau. "


@pytest.mark.parametrize(
    ("talk", "roles", "says"),
    [
        ((("Tessa", GERMAN * 3), ("Cleo", GERMAN * 3)), ROLES, "don’t look English"),
        ((("Tessa", "[silence]"), ("Cleo", "…")), ROLES, "no words"),
    ],
)
def test_what_cannot_be_read_says_why_in_words_and_can_be_tried_again(
    cast: Cast, talk: Any, roles: dict[str, str], says: str
) -> None:
    transcript = brought(cast, vtt(talk))
    start_analysis(by=cast.therapist, transcript=transcript)
    read_next()
    state = reading_state(transcript, viewer=cast.therapist)
    assert state.state == "failed"
    assert says in state.failure
    assert state.may_start
    assert latest_analysis(transcript, viewer=cast.therapist) is None


@pytest.mark.parametrize(
    ("role", "says"), [("client", "No line is the therapist’s"), ("therapist", "the client’s")]
)
def test_lines_that_are_all_one_sides_say_so(cast: Cast, role: str, says: str) -> None:
    transcript = brought(cast)
    transcript.lines = [{**line, "role": role} for line in transcript.lines]
    transcript.save(update_fields=("lines",))
    start_analysis(by=cast.therapist, transcript=transcript)
    read_next()
    assert says in reading_state(transcript, viewer=cast.therapist).failure


def test_a_mistake_of_ours_leaves_no_words_of_anybody_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(lines: Any, *_: Any) -> Reading:
        raise ValueError(f"Something about {lines[3]['text']}")

    monkeypatch.setattr(reader, "analyse", breaks)
    transcript = brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    answer.call()
    assert (now(asked).state, now(asked).failure) == ("failed", "error")
    assert "ashamed" not in json.dumps([str(one) for one in DBTaskResult.objects.values_list()])
    assert "ashamed" not in json.dumps([one.facts for one in Event.objects.all()])
    assert "on our side" in reading_state(transcript, viewer=cast.therapist).failure


def test_a_worker_that_is_asked_to_stop_gives_its_reading_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = start_analysis(by=cast.therapist, transcript=brought(cast))
    on_progress(monkeypatch, reader.stopping.set)
    try:
        read_next()
    finally:
        reader.stopping.clear()
    assert (now(asked).state, now(asked).tries) == ("waiting", 0)
    monkeypatch.setattr(reader, "analyse", analyse)
    read_next()
    assert now(asked).state == "done"


def test_the_page_says_where_it_stands_from_asking_to_finding(cast: Cast, sign_in: SignIn) -> None:
    transcript = brought(cast)
    browser = sign_in(cast.therapist)
    where = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/analysis"
    assert "Have it read" in browser.get(f"{where}/progress/").content.decode()
    answered = browser.post(f"{where}/start/", follow=True)
    page = answered.content.decode()
    assert "Next in turn" in page
    assert 'hx-trigger="every 1s"' in page
    assert "Stop reading" in page
    events = Event.objects.count()
    part = browser.get(f"{where}/progress/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert Event.objects.count() == events, "looking every second is no event"
    read_next()
    part = browser.get(f"{where}/progress/", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == f"{where}/"
    page = browser.get(f"{where}/progress/").content.decode()
    assert "Read it again" in page
    assert "every 1s" not in page
    assert browser.post(f"{where}/start/").status_code == 403
    assert browser.post(f"{where}/start/", {"again": "yes"}).status_code == 302
    assert b"was stopped" in browser.post(f"{where}/cancel/", follow=True).content
    assert sign_in(cast.other_therapist).get(f"{where}/progress/").status_code == 404
    assert sign_in(cast.client_person).get(f"{where}/progress/").status_code == 404
