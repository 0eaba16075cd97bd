"""Every address, opened by everybody: only who is in the table gets anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from tests.web.access import (
    NOBODY,
    OWN_ACCOUNT,
    PEOPLE,
    SUPERVISOR,
    THERAPIST,
    anybody,
    who_may_open,
)
from tests.web.addresses import SENT, address, arguments, routes, whole_record
from tests.web.conftest import Cast
from tests.web.record import Record

SignIn = Callable[[Person | None], Browser]
NOTHING = frozenset({404, 405})
"""What tells nothing: no such page, or not this way, whoever asks."""
METHODS = ("get", "post")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals need no line each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def browsers(cast: Cast, sign_in: SignIn) -> dict[str, Browser]:
    made = {name: sign_in(None if name == NOBODY else cast[name]) for name in PEOPLE}
    for browser in made.values():
        browser.raise_request_exception = False
    return made


def ours() -> list[str]:
    return [route for route in routes() if not route.startswith(OWN_ACCOUNT)]


def answers(browser: Browser, route: str, url: str) -> dict[str, Any]:
    """Open an address both ways, each as if the other had not been; nothing stays changed."""
    found = {}
    for method in METHODS:
        with transaction.atomic():
            sent = SENT.get(route, {}) if method == "post" else {}
            found[method] = getattr(browser, method)(url, sent)
            transaction.set_rollback(True)
    return found


def to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/account/login/")


def wrong(name: str, may: bool, found: dict[str, Any]) -> str:
    """Say what is wrong with what somebody was answered; nothing if it is as it should be."""
    said = "/".join(str(one.status_code) for one in found.values())
    if any(one.status_code >= 500 for one in found.values()):
        return f"{name} breaks it ({said})"
    opens = {one.status_code for one in found.values() if not to_sign_in(one)} - NOTHING
    if may and not opens:
        return f"{name} may open it and can't ({said})"
    if not may and opens:
        return f"{name} may not open it and can ({said})"
    if not may and name == NOBODY and not all(to_sign_in(one) for one in found.values()):
        return f"{name} is not led to the sign-in ({said})"
    if not may and name != NOBODY and 404 not in {one.status_code for one in found.values()}:
        return f"{name} is told that it is there ({said})"
    return ""


def test_every_address_is_in_the_table() -> None:
    assert sorted(set(ours()) - set(who_may_open())) == [], "say in access.py who may open it"


def test_the_table_holds_no_address_that_is_gone() -> None:
    assert sorted(set(who_may_open()) - set(ours())) == []


def test_an_address_opens_to_those_in_the_table_and_to_nobody_else(
    cast: Cast, browsers: dict[str, Browser]
) -> None:
    record = whole_record(cast)
    problems = []
    for route, who in who_may_open().items():
        url = address(route, record)
        for name, browser in browsers.items():
            problem = wrong(name, name in who, answers(browser, route, url))
            problems += [f"/{route}: {problem}"] if problem else []
    assert not problems, "\n".join(problems)


def test_rows_of_another_client_never_open_by_ones_own_address(
    cast: Cast, browsers: dict[str, Browser]
) -> None:
    """The address of a client whom one sees, with the row of one whom one doesn't see."""
    mine, theirs = whole_record(cast), whole_record(cast, cast.other_care)
    problems = []
    for route in mixed():
        url = address(route, theirs, client_id=mine.client.pk)
        for name in (THERAPIST, SUPERVISOR):
            found = answers(browsers[name], route, url)
            problem = wrong(name, False, found)
            problems += [f"/{route}: {problem}"] if problem else []
    assert not problems, "\n".join(problems)


def test_a_row_that_is_not_there_is_no_different_from_one_that_is_not_yours(
    cast: Cast, browsers: dict[str, Browser]
) -> None:
    """Nobody learns from an answer that there is a client of that id."""
    record, nothing = whole_record(cast), unknown(whole_record(cast, cast.other_care))
    table = who_may_open()
    problems = []
    for route in ours():
        if not any(name.endswith("_id") for name in arguments(route)):
            continue
        for name in PEOPLE:
            if name in table[route] and table[route] != anybody:
                continue
            # Who sees a client knows that there is one; of another row they learn nothing either.
            known = {"client_id": record.client.pk} if name == SUPERVISOR else {}
            told = [
                tuple(one.status_code for one in answers(browsers[name], route, url).values())
                for url in (address(route, record), nothing(route, known))
            ]
            problems += [f"/{route}: {name} {told}"] if told[0] != told[1] else []
    assert not problems, "\n".join(problems)


def mixed() -> list[str]:
    """Return the addresses that name a client and another row."""
    return [
        route
        for route in ours()
        if "client_id" in arguments(route)
        and any(one.endswith("_id") and one != "client_id" for one in arguments(route))
    ]


def unknown(record: Record) -> Callable[[str, dict[str, Any]], str]:
    """Return what makes addresses of rows that there are not."""
    no_row = "00000000-0000-4000-8000-000000000000"

    def made(route: str, known: dict[str, Any]) -> str:
        told = {name: no_row for name in arguments(route) if name.endswith("_id")}
        return address(route, record, **{**told, **known})

    return made
