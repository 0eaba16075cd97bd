"""The whole transcript with its marks: every line, filters that work without a script, anchors."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.engine.own_words import same_words
from tests.web.conftest import Cast
from tests.web.heard import STRAINED, agreed, kept, long_findings, long_talk, transcript_at
from tests.web.ratings import session_of
from tests.web.transcripts import TALK

SignIn = Callable[[Any], Browser]
MANY = 1_200
SECONDS = 0.6
"""Of processor, with room for a slow machine; what is aimed at is half of it."""


def address(cast: Cast, number: int = 1) -> str:
    session = session_of(cast.care, number)
    return f"/clients/{cast.client.pk}/sessions/{session.pk}/analysis/transcript/"


def read(cast: Cast, sign_in: SignIn, asked: str = "", number: int = 1) -> str:
    response = sign_in(cast.therapist).get(address(cast, number) + asked)
    assert response.status_code == 200
    return unescape(str(response.content.decode()))


def lines(page: str) -> list[str]:
    return re.findall(r'<li id="line-\d+".*?(?=<li id="line-|</ol>)', page, re.DOTALL)


def shown(page: str) -> list[int]:
    opened = re.findall(r'<li id="line-(\d+)"([^>]*)>', page)
    return [int(number) for number, rest in opened if not rest.endswith(" hidden")]


@pytest.fixture
def marked(cast: Cast) -> Cast:
    agreed(cast)
    kept(transcript_at(cast, 1))
    return cast


def test_every_line_is_there_in_its_own_words_with_its_marks(marked: Cast, sign_in: SignIn) -> None:
    found = lines(read(marked, sign_in))
    assert len(found) == len(STRAINED)
    for (who, words), line in zip(STRAINED, found, strict=True):
        assert words in line
        assert f">{who}<" in line
    assert "Open question" in found[0]
    assert re.search(r"Opening[\w ,]*, missed", found[19])
    assert "0:30" in found[5]
    assert "Confrontation marker" in found[15]


def test_a_name_that_was_masked_for_the_coder_is_read_as_it_was_said(
    marked: Cast, sign_in: SignIn
) -> None:
    page = read(marked, sign_in)
    assert "you don't understand me, Tessa." in page
    assert "[NAME-" not in page
    assert "Changed since it was read" not in page


def test_roles_are_said_in_words_too(marked: Cast, sign_in: SignIn) -> None:
    first, second = lines(read(marked, sign_in))[:2]
    assert '<span class="role">therapist</span>' in first
    assert '<span class="role">client</span>' in second


def test_a_filter_is_a_link_and_leaves_its_lines(marked: Cast, sign_in: SignIn) -> None:
    page = read(marked, sign_in)
    assert len(shown(page)) == len(STRAINED)
    assert 'href="?show=missed#lines"' in page
    left = read(marked, sign_in, "?show=missed")
    assert 20 in shown(left)
    assert 3 not in shown(left)
    assert f"{len(shown(left))} of {len(STRAINED)} lines shown" in left
    assert re.search(r'data-kinds="missed" aria-current="true"', left)


def test_filters_add_up_and_can_be_taken_back(marked: Cast, sign_in: SignIn) -> None:
    one, other = (shown(read(marked, sign_in, f"?show={kind}")) for kind in ("missed", "question"))
    both = read(marked, sign_in, "?show=missed&show=question")
    assert shown(both) == sorted({*one, *other})
    assert 'href="?show=question#lines" data-kinds="missed" aria-current="true"' in both


def test_a_filter_that_is_none_counts_for_nothing(marked: Cast, sign_in: SignIn) -> None:
    page = read(marked, sign_in, "?show=<script>&show=opening&x=1")
    assert len(shown(page)) == len(STRAINED)
    assert "<script>&" not in page


def test_each_line_can_be_mended(marked: Cast, sign_in: SignIn) -> None:
    line = lines(read(marked, sign_in))[2]
    mend = re.search(r'href="([^"]+)">Mend', line)
    assert mend
    page = sign_in(marked.therapist).get(urljoin(address(marked), mend[1])).content.decode()
    assert "<h1>Line 3</h1>" in page


def test_a_line_that_was_changed_since_has_no_marks_of_the_old_words(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed(cast)
    transcript = transcript_at(cast, 1)
    kept(transcript)
    mend_line(
        by=cast.therapist,
        transcript=transcript,
        line=0,
        text="Good to see you.",
        speaker="Tessa",
        edition=transcript.edition,
    )
    page = read(cast, sign_in)
    first, _, third = lines(page)[:3]
    assert "The transcript was changed since it was read." in page
    assert "Changed since it was read" in first
    assert "Open question" not in first
    assert "eflection" in third


def test_before_it_is_read_the_words_stand_there_alone(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    transcript_at(cast, 1)
    page = read(cast, sign_in)
    assert len(lines(page)) == len(STRAINED)
    assert "this session wasn’t read yet" in page
    assert 'id="choices"' not in page


def test_without_a_transcript_it_leads_to_the_sessions_page(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    response = sign_in(cast.therapist).get(address(cast))
    assert response.status_code == 302
    assert response["Location"] == address(cast).removesuffix("transcript/")


def test_a_yes_taken_back_leaves_nothing_to_read(marked: Cast, sign_in: SignIn) -> None:
    give_consent(by=marked.client_person, client=marked.client, kind="analysis", given=False)
    page = read(marked, sign_in)
    assert not lines(page)
    assert "ashamed" not in page


def test_a_page_asks_as_often_for_many_lines_as_for_few(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    browser = sign_in(cast.therapist)

    def asked(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(cast, number)).status_code == 200
        return len(queries)

    kept(transcript_at(cast, 1, TALK[:4]))
    kept(transcript_at(cast, 2, STRAINED))
    asked(1)
    assert asked(1) == asked(2)


def test_a_long_session_opens_at_once(cast: Cast, sign_in: SignIn) -> None:
    agreed(cast)
    kept(transcript_at(cast, 1, long_talk(MANY)), long_findings(MANY))
    browser = sign_in(cast.therapist)
    taken = []
    for _ in range(4):
        before = time.process_time()
        page = browser.get(address(cast)).content.decode()
        taken.append(time.process_time() - before)
    assert len(shown(page)) == MANY
    assert f'id="line-{MANY}"' in page
    assert min(taken) < SECONDS, taken


@pytest.mark.parametrize(
    ("masked", "own", "same"),
    [
        ("I saw [NAME-1] and [NAME-2].", "I saw Ann and Bo.", True),
        ("[NAME-1]", "Ann", True),
        ("I saw [NAME-1] and [NAME-2].", "I saw Ann.", False),
        ("Call [PHONE-1] now", "Call 020 7946 0018 now", True),
        ("a [NAME-1] a", "a", False),
        ("He left.", "He stayed.", False),
    ],
)
def test_masked_words_are_told_from_changed_ones(masked: str, own: str, same: bool) -> None:
    assert same_words(masked, own) is same
