"""Nothing that somebody wrote can be read where it shouldn't: database, mails, logs, addresses."""

from __future__ import annotations

import base64
import io
import logging
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.urls import path

from holdfast_web.accounts.models import Person
from holdfast_web.care.actions import come_in, open_in_an_emergency, take_on_client
from holdfast_web.lib.logs import NoWords
from holdfast_web.urls import urlpatterns as real_addresses
from tests.web.access import NOBODY, PEOPLE, who_may_open
from tests.web.addresses import address, whole_record
from tests.web.conftest import Cast
from tests.web.dumps import everything_in_its_files, everything_in_the_database
from tests.web.record import PHONE, Record, full_record

SignIn = Callable[[Person | None], Browser]
NAME = "Quillon Applethwaite"
"""A name that nobody else has, and that stands in no address."""


def planted(place: str) -> str:
    """Return a sentence for a place, with a word in it that is nowhere else."""
    return f"Since the quince lantern {place.replace(' ', '-')} fell, nothing is as it was."


def markers(words: dict[str, str]) -> dict[str, str]:
    """Return for each place what is looked for: a part of its sentence without odd letters."""
    return {place: one.partition(" fell")[0].partition("the ")[2] for place, one in words.items()}


def found_in(heap: bytes, sought: dict[str, str]) -> list[str]:
    """Return the places whose words lie in a heap, plain or in a way that is easily undone."""
    found = []
    for place, words in sought.items():
        ways = (
            words.encode(),
            words.encode("utf-16-le"),
            words.encode().hex().encode(),
            *(base64.b64encode(words.encode()[start:])[2:-4] for start in range(3)),
        )
        found += [place] if any(way in heap for way in ways) else []
    return found


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that the program says to any log, every query among it, as it would be kept."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.addFilter(NoWords())
    loggers = [logging.getLogger(name) for name in ("", *settings.LOGGING["loggers"])]
    before = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    yield kept
    connection.force_debug_cursor = False
    for one, level in zip(loggers, before, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


@pytest.fixture
def record(cast: Cast, logged: io.StringIO) -> Record:
    """Return a record whose every place has its own sentence, its client invited by letter."""
    brings = planted("what brings them")
    care, token = take_on_client(
        by=cast.therapist, name=NAME, email="quill@example.org", brings=brings
    )
    care.client.person = come_in(token=token, password=f"{NAME} {NAME}")
    made = full_record(cast, care, say=planted)
    reason = planted("an emergency")
    open_in_an_emergency(by=cast.other_therapist, client=care.client, reason=reason)
    made.words |= {"what brings them": brings, "an emergency": reason}
    return made


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_nothing_that_was_written(record: Record) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    sought = {**markers(record.words), "the phone": PHONE}
    assert len(sought) > 35
    for heap in (everything_in_the_database(), everything_in_its_files()):
        assert found_in(heap, sought) == []
    assert record.client.pk.hex.encode() in everything_in_the_database().replace(b"-", b"")


def test_the_search_would_find_what_lies_open() -> None:
    sought = markers({"a place": planted("a place")})
    plain = planted("a place").encode()
    for heap in (plain, plain.hex().encode(), base64.b64encode(b"." + plain)):
        assert found_in(b"some" + heap + b"thing", sought) == ["a place"]
    assert found_in(b"nothing at all", sought) == []


@pytest.mark.django_db(transaction=True)
def test_no_letter_says_what_it_is_about(record: Record) -> None:
    letters = "\n".join(str(one.message()) for one in mail.outbox)
    assert len(mail.outbox) >= 3
    assert found_in(letters.encode(), markers(record.words)) == []
    for one in mail.outbox:
        # To the client it says their own name, to everybody else nobody's.
        assert "Quillon" not in one.subject
        assert one.to == ["quill@example.org"] or "Quillon" not in one.body
    for word in ("session", "check-in", "harm", "safety", "answer", "emergency"):
        about = [one for one in mail.outbox if word in f"{one.subject} {one.body}".lower()]
        assert not [one.subject for one in about if one.to == ["quill@example.org"]], word


def test_no_log_holds_what_was_written(record: Record, logged: io.StringIO) -> None:
    said = logged.getvalue()
    assert "INSERT INTO" in said
    assert found_in(said.encode(), markers(record.words)) == []
    assert "Quillon" not in re.sub(r"INSERT INTO \"accounts_.*", "", said)


def test_neither_addresses_nor_titles_nor_what_is_stored_say_anything(
    cast: Cast, sign_in: SignIn
) -> None:
    """Everybody opens every page that is theirs; a browser keeps addresses and titles of it."""
    record = whole_record(cast)
    kept: list[str] = []
    opened = 0
    for name in PEOPLE:
        browser = sign_in(None if name == NOBODY else cast[name])
        for route, who in who_may_open().items():
            if name not in who:
                continue
            response = browser.get(address(route, record))
            opened += response.status_code == 200
            kept += list(_kept(response))
    assert opened > 100
    # What helps with what is the same page for everybody who comes by, signed in or not.
    heap = re.sub(r"/help-for/[a-z]+/", "", "\n".join(kept))
    assert not [words for words in record.words.values() if words in heap]
    for told in ("Cleo", "Dara", "Different", "phq", "PHQ", "GAD", "depress", "anxi"):
        assert told not in heap, told


def _kept(response: Any) -> Iterator[str]:
    """Yield what a browser keeps of a page, or sends to others: title, addresses, cookies."""
    html = unescape(response.content.decode()) if "html" in response["Content-Type"] else ""
    yield from re.findall(r"<title>.*?</title>", html, re.S)
    yield from re.findall(r"""(?:href|action|src|hx-\w+)="([^"]*)\"""", html)
    yield response.headers.get("Location", "")
    yield str(response.cookies)
    yield str(response.headers)


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(planted("an error"))


urlpatterns = [*real_addresses, path("breaks/", breaks)]
handler404 = "holdfast_web.pages.not_found"
handler500 = "holdfast_web.pages.went_wrong"


@pytest.mark.urls(__name__)
def test_an_error_shows_and_logs_its_place_and_not_its_words(
    cast: Cast, logged: io.StringIO, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    browser.raise_request_exception = False
    response = browser.post("/breaks/", {"words": planted("a form")})
    assert response.status_code == 500
    assert b"quince" not in response.content
    said = logged.getvalue()
    assert "ValueError at" in said
    assert "test_dump.py" in said
    assert "quince" not in said


def test_no_log_keeps_an_address_that_opens_something(
    cast: Cast, logged: io.StringIO, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    for start in ("w", "invitation", "account/password/reset/key"):
        browser.get(f"/{start}/a-token-that-opens/")
    said = logged.getvalue()
    assert "/w/…/" in said
    assert "/invitation/…/" in said
    assert "a-token-that-opens" not in said
