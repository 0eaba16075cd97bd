"""What the design promises never to do, held against every page that shows what was said.

The numbers are those of "What is never done" in the design.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.bringing import bring_transcript
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.actions.showing import Chosen, show_to_client
from holdfast_web.analysis.actions.supervising import offer_session
from holdfast_web.analysis.models import Analysis, SessionRefusal
from holdfast_web.engine.coding import CannotRead, analyse
from holdfast_web.engine.findings import Findings
from holdfast_web.lib.refusals import Refused
from tests.web.access import ACCESS, OWNER, THERAPIST
from tests.web.addresses import address, whole_record
from tests.web.conftest import Cast
from tests.web.heard import STRAINED, agreed, found, kept, transcript_at
from tests.web.ratings import check_ins
from tests.web.record import WHY, Record
from tests.web.transcripts import brought, consenting, vtt

SignIn = Callable[[Person | None], Browser]
PAGES = (
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/analysis/",
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/analysis/transcript/",
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/show/",
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/shares/",
    "clients/<uuid:client_id>/skills/",
    "clients/<uuid:client_id>/threads/",
    "my/skills/",
    "my/coder/",
    "supervision/sessions/<uuid:session_share_id>/",
)
"""The therapist's pages of what was said."""
ALLIANCE = re.compile(r"\b(working )?alliance\b|\bbond (score|index)\b|\bempathy score\b", re.I)
GRADE = re.compile(
    r"\b(grades?|scored?|scores|out of ten|stars?|percentile|rank(ed|ing)?s?|league|top|"
    r"best therapist|well done|excellent|good job|below average|above average|competen(t|ce))\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(no|not|never|nothing|without|isn’t|neither|nor)\b[^.;:]{0,60}$", re.I)
VERDICT = re.compile(r"\b(diagnos\w*|disorder|at risk|suicid\w*|risk (level|score|of))\b", re.I)


def words_of(response: Any) -> str:
    """Return what a page says, without its marks."""
    assert response.status_code == 200
    main = str(response.content.decode()).partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def said_plainly(pattern: re.Pattern[str], words: str) -> list[str]:
    """Return where a page says a word, but for sentences that say it is not so."""
    return [
        words[max(0, one.start() - 60) : one.end() + 30]
        for one in pattern.finditer(words)
        if not DENIED.search(words[: one.start()])
    ]


@pytest.fixture
def record(cast: Cast) -> Record:
    return whole_record(cast)


@pytest.fixture
def pages(cast: Cast, record: Record, sign_in: SignIn) -> dict[str, str]:
    """Return what the therapist reads, and what the client and the supervisor do."""
    theirs = sign_in(cast.therapist)
    told = {one: words_of(theirs.get(address(one, record))) for one in PAGES}
    session = f"/me/sessions/{record['held'].pk}/"
    told["the client's"] = words_of(sign_in(cast.client_person).get(session))
    shared = address("supervision/sessions/<uuid:session_share_id>/", record)
    told["the supervisor's"] = words_of(sign_in(cast.supervisor).get(shared))
    told["the owner's"] = words_of(sign_in(cast.owner).get("/practice/coder/"))
    return told


# --- 1. No alliance score from text -----------------------------------------------------------


def test_nothing_that_is_computed_from_text_is_called_an_alliance() -> None:
    data = found(STRAINED)
    names = [one["name"] for one in data["indicators"]]
    assert names
    assert not [one for one in names if ALLIANCE.search(one.replace("_", " "))]
    assert not [one for one in Findings.of(data).skills if ALLIANCE.search(one.title)]


def test_no_page_tells_the_alliance_from_what_was_said(pages: dict[str, str]) -> None:
    found = {page: said_plainly(ALLIANCE, words) for page, words in pages.items()}
    assert not {page: where for page, where in found.items() if where}


# --- No grade, 4. no ranking, no diagnosis, no risk from words --------------------------------


def test_no_page_of_what_was_said_gives_a_grade(pages: dict[str, str]) -> None:
    found = {page: said_plainly(GRADE, words) for page, words in pages.items()}
    assert not {page: where for page, where in found.items() if where}


def test_no_page_of_what_was_said_diagnoses_or_tells_a_risk(pages: dict[str, str]) -> None:
    found = {page: said_plainly(VERDICT, words) for page, words in pages.items()}
    assert not {page: where for page, where in found.items() if where}


def test_words_of_danger_in_a_session_raise_nothing_by_themselves(
    cast: Cast, sign_in: SignIn
) -> None:
    """What somebody says is for a person to hear; an alarm comes from what the client answers."""
    text = (
        "Tessa: How are you today?\n"
        "Cleo: Some nights I think that everybody would be better off if I were dead.\n"
        "Tessa: I am glad that you can say that here. Tell me about those nights.\n"
        "Cleo: They are long, and I feel very much alone.\n"
    )
    transcript = brought(cast, text)
    start_analysis(by=cast.therapist, transcript=transcript)
    kept_data = analyse(transcript.lines, transcript.roles, ["Tessa", "Cleo"]).data
    for one in Findings.of(kept_data).skills:
        assert not VERDICT.search(f"{one.title} {one.value}")
    assert "urgent" not in sign_in(cast.therapist).get("/").content.decode()


def test_the_owner_sees_no_therapist_beside_a_number(cast: Cast, pages: dict[str, str]) -> None:
    for person in (cast.therapist, cast.other_therapist):
        assert person.name not in pages["the owner's"]
        assert person.name.split()[0] not in pages["the owner's"]


def test_nobody_but_the_therapist_themselves_opens_their_skills(
    cast: Cast, sign_in: SignIn
) -> None:
    for name in ("owner", "supervisor", "client_person"):
        for page in ("/my/skills/", "/my/coder/"):
            assert sign_in(cast[name]).get(page).status_code == 404


def test_an_owner_opens_no_page_of_what_was_said_but_the_counts() -> None:
    table = {route: who for part in ACCESS.values() for route, who in part.items()}
    of_talk = [
        route
        for route in table
        if re.search(r"analysis|transcript|skills|coder|supervision/sessions|/show/|threads", route)
        and not route.startswith("clients/<uuid:client_id>/show")
    ]
    assert len(of_talk) > 10
    assert [route for route in of_talk if OWNER in table[route]] == ["practice/coder/"]
    assert all(THERAPIST in table[route] for route in of_talk if route != "practice/coder/")


# --- 2. No number without its validity; not applicable is not 0 --------------------------------


def test_every_number_says_how_sure_it_is_and_what_it_does_not_mean() -> None:
    for one in Findings.of(found(STRAINED)).skills:
        assert one.accuracy, one.name
        assert one.not_meaning, one.name
        assert one.status, one.name


def test_what_is_not_applicable_is_said_to_be_that_and_never_0(cast: Cast, sign_in: SignIn) -> None:
    greeting = (("Tessa", "Good to see you here."), ("Cleo", "It is good to be here, too."))
    agreed(cast)
    check_ins(cast.care, (8,))
    transcript = transcript_at(cast, 1, greeting)
    kept(transcript)
    rows = Findings.of(found(greeting)).skills
    absent = [one for one in rows if one.number is None]
    assert absent
    for one in absent:
        assert not re.search(r"\d", one.value), (one.name, one.value)
        assert one.stands_on, one.name
        assert not one.interval
    url = f"/clients/{cast.client.pk}/sessions/{transcript.session_id}/analysis/"
    page = sign_in(cast.therapist).get(url).content.decode()
    assert page.count('class="absent"') == len(absent)


# --- 6. Nothing invented ----------------------------------------------------------------------


@pytest.mark.parametrize("roles", [{"Tessa": "therapist"}, {"Cleo": "client"}, {}])
def test_without_both_roles_nothing_is_read(roles: dict[str, str]) -> None:
    lines = [
        {"speaker": who, "text": text, "line": at, "start": None, "end": None}
        for at, (who, text) in enumerate(STRAINED)
    ]
    with pytest.raises(CannotRead):
        analyse(lines, roles)


# --- 7. Consent is a gate ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["recording", "analysis"])
def test_a_no_shuts_every_door_at_once(cast: Cast, sign_in: SignIn, kind: str) -> None:
    session = consenting(cast)
    brought(cast, session=session)
    give_consent(by=cast.client_person, client=cast.client, kind=kind, given=False)
    with pytest.raises(Refused):
        bring_transcript(by=cast.therapist, session=session, name="a.vtt", data=vtt().encode())
    root = f"/clients/{cast.client.pk}/sessions/{session.pk}/"
    theirs = sign_in(cast.therapist)
    words = words_of(theirs.get(f"{root}analysis/"))
    assert "letter from my sister" not in words
    for page in ("analysis/start/", "show/", "shares/"):
        assert theirs.post(f"{root}{page}", {}).status_code == 404


def test_each_door_asks_for_consent_while_there_is_something_behind_it(cast: Cast) -> None:
    """As if the no had come while a page was open: the rule is asked again in each action."""
    record = whole_record(cast)
    transcript = record["transcript"]
    SessionRefusal(client=cast.client, session=transcript.session).save()
    told: dict[str, Any] = {"by": cast.therapist, "transcript": transcript}
    with pytest.raises(Refused):
        start_analysis(**told, again=True)
    with pytest.raises(Refused):
        show_to_client(**told, chosen=Chosen(note="More."), edition=1)
    with pytest.raises(Refused):
        offer_session(
            **told,
            supervisor=cast.supervisor,
            lines=(0, 1),
            purpose="More.",
            ends_at=record["session_share"].ends_at,
        )
    assert Analysis.objects.for_the_practice(WHY).filter(transcript=transcript).count() == 1
