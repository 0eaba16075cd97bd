"""Hundreds of made-up and damaged files, sent through the real page."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from holdfast_web.analysis.actions.removing import remove_rows
from holdfast_web.analysis.models import Transcript
from tests.fuzz.damage import damaged
from tests.fuzz.readers import ENCODINGS, SUFFIXES
from tests.fuzz.talk import SECRET, Line, talk
from tests.fuzz.writers import WRITERS, Writer
from tests.web.conftest import Cast
from tests.web.disk import watched
from tests.web.strangers import SignIn
from tests.web.test_transcripts_brought import address
from tests.web.transcripts import consenting

FILES = 240
SEED = 6
SLOWEST = 2.0
"""Seconds of the processor for one file."""


def test_no_file_breaks_the_page_and_no_word_is_lost(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = consenting(cast)
    browser, there = sign_in(cast.therapist), address(session)
    browser.raise_request_exception = False
    tally: Counter[str] = Counter()
    for data, name, whole in _files(Random(SEED)):  # noqa: S311 - repeatable, not secret
        began = time.process_time()
        with watched() as written:
            answer = browser.post(there, {"transcript": SimpleUploadedFile(name, data)})
        assert time.process_time() - began < SLOWEST, data[:300]
        assert not written, data[:300]
        assert answer.status_code in (302, 422), (answer.status_code, data[:300])
        tally[str(answer.status_code)] += 1
        if answer.status_code == 302:
            _look(browser, there, whole)
        elif whole is not None:
            assert not whole[0].speakers, answer.content
        elif SECRET in answer.content.decode():
            pytest.fail(f"an error quotes the talk: {data[:300]!r}")
    assert min(tally["302"], tally["422"]) > FILES // 8, tally
    assert SECRET not in caplog.text


def _files(random: Random) -> Iterator[tuple[bytes, str, tuple[Writer, list[Line]] | None]]:
    recent = [b""]
    for number in range(FILES // 4):
        writer = WRITERS[number % len(WRITERS)]
        lines = talk(random, rough=writer.rough, cast=writer.cast)
        text = writer.write(lines)
        data = text if isinstance(text, bytes) else text.encode(random.choice(ENCODINGS))
        yield data, f"session{writer.suffix}", (writer, lines)
        for _ in range(3):
            suffix = random.choice(SUFFIXES) if random.random() < 0.3 else writer.suffix
            yield damaged(data, random.choice(recent), random), f"session{suffix}", None
        recent = [*recent[-20:], data]


def _look(browser: Browser, there: str, whole: tuple[Writer, list[Line]] | None) -> None:
    """See that what was kept can be opened and is whole; then make room for the next file."""
    kept: Any = Transcript.objects.for_the_practice("a test").get()
    assert len(kept.lines) == kept.utterances
    if whole is not None:
        writer, lines = whole
        said = [one["text"].removesuffix(writer.closing).split() for one in kept.lines]
        assert said == [list(one.words) for one in lines]
    if whole is None:
        assert browser.get(f"{there}roles/").status_code == 200
    remove_rows(kept)
