"""What was said to one therapist stays between the client and them: the next one reads none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.analysis.actions.correcting import read_through
from holdfast_web.analysis.actions.showing import Chosen, show_to_client
from holdfast_web.analysis.models import Analysis, Excerpt
from holdfast_web.analysis.queries.agreement import own_agreement
from holdfast_web.care.actions import begin_care
from tests.web.conftest import Cast
from tests.web.test_transcript_pages import text_of
from tests.web.transcripts import TALK, analysed

SignIn = Callable[[Any], Browser]
NOTE = "A word of the first therapist's own."


@pytest.fixture
def read(cast: Cast) -> Analysis:
    """Return a reading of a session, of which the client was shown a line, in others' care now."""
    made = analysed(cast)
    chosen = Chosen(lines=(1,), note=NOTE)
    show_to_client(by=cast.therapist, transcript=made.transcript, chosen=chosen, edition=0)
    told: dict[str, Any] = {"by": cast.therapist, "transcript": made.transcript}
    read_through(**told, analysis_id=made.pk, first=0, last=len(TALK) - 1)
    moment = timezone.now() - timedelta(minutes=1)
    cast.care.starts_at, cast.care.ends_at = moment - timedelta(days=9), moment
    cast.care.save()
    begin_care(by=cast.owner, client=cast.client, therapist=cast.other_therapist, starts_at=moment)
    return made


def said_on(answer: Any) -> list[str]:
    """Return which lines of the session, or words beside them, stand on a page."""
    page = text_of(answer)
    return [words for words in (*(text for _, text in TALK), NOTE) if words in page]


@pytest.mark.parametrize(
    "page",
    [
        "sessions/{}/transcript/",
        "sessions/{}/transcript/roles/",
        "sessions/{}/transcript/lines/1/",
        "sessions/{}/transcript/remove/",
        "sessions/{}/analysis/",
        "sessions/{}/analysis/transcript/",
        "sessions/{}/analysis/progress/",
        "sessions/{}/analysis/lines/1/",
        "sessions/{}/analysis/lines/1/?blind=1",
        "sessions/{}/show/",
        "sessions/{}/show/?thread=1",
        "sessions/{}/shares/",
        "skills/",
        "threads/",
    ],
)
def test_no_page_has_a_line_of_it(cast: Cast, sign_in: SignIn, read: Analysis, page: str) -> None:
    address = page.format(read.transcript.session_id)
    browser = sign_in(cast.other_therapist)
    answer = browser.get(f"/clients/{cast.client.pk}/{address}")
    assert answer.status_code in (200, 302, 403, 404)
    assert said_on(answer) == []
    with_a_script = browser.get(f"/clients/{cast.client.pk}/{address}", headers={"HX-Request": "1"})
    assert said_on(with_a_script) == []


def test_looking_at_lines_that_might_be_shown_shows_none(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    address = f"/clients/{cast.client.pk}/sessions/{read.transcript.session_id}/show/"
    browser = sign_in(cast.other_therapist)
    for sent in ({"look": "yes", "more": "1-14"}, {"look": "yes", "more": "not a number"}):
        answer = browser.post(address, {"edition": 1, "line": ["3"], **sent})
        assert answer.status_code == 404
        assert said_on(answer) == []


def test_what_was_shown_is_not_the_nexts_to_take_back(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    address = f"/clients/{cast.client.pk}/sessions/{read.transcript.session_id}/show/"
    answer = sign_in(cast.other_therapist).post(address, {"edition": 1, "take_back": "yes"})
    assert answer.status_code == 404
    assert Excerpt._base_manager.count() == 1


def test_what_the_first_said_of_codes_is_not_counted_as_the_nexts(
    cast: Cast, read: Analysis
) -> None:
    assert own_agreement(viewer=cast.other_therapist).seen.sessions == 0
