"""The session page: what stood out, beside how it was for the client."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdfast import analyze
from holdfast.reports.json import render_json
from holdfast.runtime import load_model
from holdfast.session import Role, Session, Utterance
from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.analysis.models import Transcript
from holdfast_web.audit.models import Event
from tests.web.conftest import Cast
from tests.web.heard import STRAINED, agreed, found, kept, transcript_at
from tests.web.ratings import PENDING, check_ins, session_of, sheet_of
from tests.web.transcripts import TALK

SignIn = Callable[[Any], Browser]
STRANGERS = ["other_therapist", "supervisor", "owner", "client_person", "other_client_person"]
QUIET, FALLING = (8, 9, 8.5, 8.5), (9, 9, 8, 3)
BLAMED = re.compile(
    r"\b(because of|caused by|the reason (is|was)|grade|score|rank|percentile)\b", re.IGNORECASE
)


def address(cast: Cast, number: int = 4, page: str = "") -> str:
    return f"/clients/{cast.client.pk}/sessions/{session_of(cast.care, number).pk}/analysis/{page}"


def read(cast: Cast, sign_in: SignIn, number: int = 4) -> str:
    response = sign_in(cast.therapist).get(address(cast, number))
    assert response.status_code == 200
    return unescape(str(response.content.decode()))


def told(page: str) -> str:
    """Return the words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def heard(cast: Cast, ratings: Sequence[Any] = FALLING, **more: Any) -> Transcript:
    """Give the client ratings, and the last session a transcript that was read."""
    agreed(cast)
    check_ins(cast.care, ratings, **more)
    transcript = transcript_at(cast, len(ratings))
    kept(transcript)
    return transcript


def test_moments_stand_there_with_their_lines_and_lead_to_them(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    page = read(cast, sign_in)
    assert "Worth keeping" in page
    assert "You feel ashamed, and part of you would like to write back." in page
    assert "Openings missed: " in page
    lines = address(cast, page="transcript/")
    leads = re.findall(rf'href="{lines}#line-(\d+)"', page)
    assert "20" in leads
    transcript = sign_in(cast.therapist).get(lines).content.decode()
    assert all(f'id="line-{one}"' in transcript for one in leads)


def test_the_picture_has_its_numbers_and_no_style_of_its_own(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    page = read(cast, sign_in)
    assert "The session over time" in page
    assert 'class="numbers"' in page
    assert " style=" not in page
    assert "<style" not in page
    assert "[NAME-" not in page


def test_a_dip_shows_lines_to_reread_and_claims_no_cause(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    page = read(cast, sign_in)
    words = told(page)
    assert "The rating fell at this session" in words
    assert "may be worth rereading; the program can’t know what it was." in words
    assert "below what is usual for Cleo Client: 8.7, the mean of the 3 before" in words
    part = told(page[page.index('class="reread"') : page.index("What stood out")])
    assert "Confrontation marker" in part
    assert re.search(r"Opening[\w ,]*, missed", part)
    assert "You're not listening to me." in part
    assert "How often such marks are right" in part
    assert "What it may mean, and what to try" in part
    assert not BLAMED.search(part)


def test_beside_an_opening_missed_stands_how_often_answers_are_heard_rightly(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed(cast)
    check_ins(cast.care, FALLING)
    data = found(STRAINED)
    data["accuracy"]["response"] = data["accuracy"]["reflection"] | {"sentence": "Now and then."}
    kept(transcript_at(cast, 4), data)
    assert "How openings were answered Now and then." in told(read(cast, sign_in))


def test_without_a_dip_nothing_is_to_be_reread(cast: Cast, sign_in: SignIn) -> None:
    heard(cast, QUIET)
    words = told(read(cast, sign_in))
    assert "8.5 of 10" in words
    assert "The rating fell" not in words
    assert "can’t know what it was" not in words


def test_a_dip_with_nothing_marked_says_so(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, FALLING)
    kept(transcript_at(cast, 4, TALK[:3]))
    assert "That doesn’t say that nothing happened: ask." in told(read(cast, sign_in))


def test_the_guess_and_the_clients_note_stand_beside_it(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, [8, 8, 8], guesses={3: 7})
    answers = dict.fromkeys(("goal", "task", "bond", "safe", "not_judged"), 8)
    sheet_of(cast.care, 4, {**answers, "understood": 4, "note": "You spoke a lot."})
    kept(transcript_at(cast, 4))
    words = told(read(cast, sign_in))
    assert "You spoke a lot." in words
    assert "Lowest: “" in words
    kept(transcript_at(cast, 3, TALK))
    assert "you guessed 7" in told(read(cast, sign_in, 3))


def test_the_guess_comes_first(cast: Cast, sign_in: SignIn) -> None:
    heard(cast, guesses={4: PENDING})
    words = told(read(cast, sign_in))
    assert "Your guess comes first." in words
    assert "The rating fell" not in words
    assert "3 of 10" not in words
    assert "What stood out" in words


def test_no_check_in_is_said(cast: Cast, sign_in: SignIn) -> None:
    heard(cast, (8, 8, 8, None))
    assert "There is no check-in for this session" in told(read(cast, sign_in))


def test_a_check_in_that_waits_is_said(cast: Cast, sign_in: SignIn) -> None:
    heard(cast, (8, 8, 8, PENDING))
    assert "hasn’t answered this session’s check-in yet" in told(read(cast, sign_in))


def test_a_first_rating_has_nothing_usual_before_it(cast: Cast, sign_in: SignIn) -> None:
    heard(cast, (6,))
    assert "too few ratings before it" in told(read(cast, sign_in, 1))


def test_a_rating_is_measured_by_those_before_it_alone(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, (9, 9, 9, 3, 3, 3, 3))
    kept(transcript_at(cast, 4))
    assert "usual for Cleo Client: 9, the mean of the 3 before" in told(read(cast, sign_in))


def test_each_skill_has_its_number_its_sureness_and_its_limit(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    page = read(cast, sign_in)
    row = told(page[page.index('class="title">Reflections<') :])
    assert "It doesn't tell how well a reflection fitted" in row
    assert "95 % interval" in row
    precision = load_model().card.accuracy["reflection"]["labels"]["present"]["precision"]
    assert f"{precision:.0%} of its marks".replace("%", " %") in row.replace("\u202f", " ")
    assert "Among demonstrations" in page
    assert '<span class="tag">experimental</span>' in page


def test_what_is_still_experimental_is_folded_away_below_the_rest(
    cast: Cast, sign_in: SignIn
) -> None:
    heard(cast)
    page = read(cast, sign_in)
    first, _, further = page[page.index('id="skills"') :].partition("More, still experimental")
    assert 'class="title">Reflections<' in first
    assert '<span class="tag">experimental</span>' not in first
    assert further.count('<span class="tag">experimental</span>') == further.count('class="title"')


def test_what_is_not_applicable_is_no_number(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    transcript = transcript_at(cast, 4)
    data = found(STRAINED)
    for one in data["indicators"]:
        if one["name"] == "complex_reflection_share":
            one |= {"value": None, "interval": None, "missing": "not applicable"}
    kept(transcript, data)
    page = read(cast, sign_in)
    row = page[page.index("Complex among reflections") :]
    row = row[: row.index("</td>")]
    assert 'class="absent">' in row
    assert 'class="value"' not in row
    assert not re.search(r">\s*0\s*<", row)


def test_what_this_cant_tell_and_what_made_it(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    words = told(read(cast, sign_in))
    assert "It can't tell how strong the relationship is." in words
    assert "holdfast-open" in words
    assert "on this machine; nothing left it" in words


def test_nobody_is_graded_scored_or_ranked(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    for page in ("", "transcript/"):
        words = told(sign_in(cast.therapist).get(address(cast, page=page)).content.decode())
        assert not re.search(r"\b(grade|graded|ranked|ranking|league)\b", words, re.IGNORECASE)
        assert not re.search(r"alliance score|well done|good job|excellent", words, re.IGNORECASE)
        assert not re.search(r"\bscores?\b", words, re.IGNORECASE)


def test_a_session_that_was_not_read_yet_can_be(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, FALLING)
    transcript_at(cast, 4)
    page = read(cast, sign_in)
    assert address(cast, page="start/") in page
    assert "What stood out" not in page
    assert "3 of 10" in told(page)


def test_a_session_without_a_transcript_says_where_to_bring_it(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, FALLING)
    page = read(cast, sign_in)
    assert "What it may mean, and what to try" in page
    assert "There is no transcript of this session yet." in page
    assert f"/sessions/{session_of(cast.care, 4).pk}/transcript/" in page


def test_without_a_consent_it_says_why_there_is_nothing(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, QUIET)
    page = told(read(cast, sign_in))
    assert "The whole transcript" not in page
    assert "Bring it in" not in page


def test_of_another_language_nothing_is_heard(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    talk = (
        ("Tessa", "Wie geht es dir heute, und was ist seit der letzten Woche geschehen?"),
        ("Cleo", "Ich habe wenig geschlafen und mich mit meiner Schwester gestritten."),
    ) * 6
    transcript = transcript_at(cast, 4, talk)
    said = tuple(
        Utterance(
            index=at,
            speaker=who,
            text=text,
            line=at + 1,
            role=Role.THERAPIST if who == "Tessa" else Role.CLIENT,
        )
        for at, (who, text) in enumerate(talk)
    )
    kept(transcript, json.loads(render_json(analyze(Session(said)))))
    words = told(read(cast, sign_in))
    assert "These words don't look English." in words
    assert "Skill by skill" not in words
    assert "Worth keeping" not in words


def test_findings_of_an_older_model_or_edition_say_so(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    transcript = transcript_at(cast, 4)
    analysis = kept(transcript, model="holdfast-open 0.0.1")
    page = told(read(cast, sign_in))
    assert "older model" in page
    assert "Read it again" in page
    analysis.model = found(STRAINED)["made_by"]["model"]
    analysis.save()
    mend_line(
        by=cast.therapist,
        transcript=transcript,
        line=4,
        text="You feel guilty, and part of you wants to write.",
        speaker="Tessa",
        edition=transcript.edition,
    )
    page = told(read(cast, sign_in))
    assert "The transcript was mended since it was read." in page
    assert "You feel guilty, and part of you wants to write." in page
    assert "it is at edition" in page


def test_findings_that_this_version_cant_read_break_nothing(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    kept(transcript_at(cast, 4), {**found(STRAINED), "schema": "holdfast.record/99"})
    page = told(read(cast, sign_in))
    assert "can’t be read by this version" in page


@pytest.mark.parametrize("who", STRANGERS)
def test_to_everybody_else_it_does_not_exist(cast: Cast, sign_in: SignIn, who: str) -> None:
    heard(cast)
    for page in ("", "transcript/"):
        assert sign_in(cast[who]).get(address(cast, page=page)).status_code == 404


def test_whoever_looked_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    before = set(Event.objects.values_list("pk", flat=True))
    read(cast, sign_in)
    events = Event.objects.exclude(pk__in=before).filter(client_id=cast.client.pk)
    names = {one.what for one in events}
    assert {"transcript.viewed", "findings.viewed", "rating.viewed"} <= names


def test_words_and_names_are_never_markup(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, FALLING)
    evil = "<script>alert('x')</script>"
    transcript = transcript_at(cast, 4)
    kept(transcript)
    transcript.lines = [
        {**one, "text": f"{one['text']} {evil}", "speaker": f"{one['speaker']}{evil}"}
        for one in transcript.lines
    ]
    transcript.roles = {f"{name}{evil}": role for name, role in transcript.roles.items()}
    transcript.save()
    for page in ("", "transcript/"):
        page = sign_in(cast.therapist).get(address(cast, page=page)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_page_asks_as_often_for_many_sessions_as_for_few(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    check_ins(cast.care, [8, 8])
    kept(transcript_at(cast, 2, STRAINED[:6]))
    browser = sign_in(cast.therapist)

    def asked(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(cast, number)).status_code == 200
        return len(queries)

    asked(2)
    few = asked(2)
    check_ins(cast.care, [8, 3, 8, 8, 8], first=3)
    kept(transcript_at(cast, 7))
    assert asked(7) == few


def test_a_clients_sessions_lead_to_what_was_said_in_them(cast: Cast, sign_in: SignIn) -> None:
    heard(cast)
    browser = sign_in(cast.therapist)
    page = browser.get(f"/clients/{cast.client.pk}/").content.decode()
    assert f'href="{address(cast)}"' in page
    assert page.count('/analysis/"') == 1
    shown = browser.get(f"/clients/{cast.client.pk}/show/").content.decode()
    assert "/analysis/" not in shown
