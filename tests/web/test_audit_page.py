"""The owner reads who did what and when: of clients a number, of records nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import witness
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.keeping.queries.trail import A_PAGE
from tests.web.conftest import Cast
from tests.web.record import full_record
from tests.web.test_audit_chain import edit

SignIn = Callable[[Person | None], Browser]
URL = "/practice/audit/"


@pytest.fixture
def owner(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.owner)


def page(owner: Browser, **asked: Any) -> str:
    response = owner.get(URL, asked)
    assert response.status_code == 200
    return response.content.decode()


def lines(html: str) -> list[str]:
    """Return the rows of the table, without their tags."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def many(cast: Cast, count: int) -> None:
    for _ in range(count):
        witness("goals.viewed", by=cast.therapist, client_id=cast.client.pk)


def test_an_event_says_who_did_what_about_which_number(cast: Cast, owner: Browser) -> None:
    many(cast, 1)
    first = lines(page(owner))[0]
    assert "Tessa Therapist Looked at your goals." in first
    assert cast.client.pk.hex[:8] in first


def test_no_client_is_named_and_nothing_of_a_record_is_shown(cast: Cast, owner: Browser) -> None:
    record = full_record(cast)
    html = page(owner)
    while found := re.search(r"before=(\d+)", html):
        assert "Cleo" not in html
        assert not [words for words in record.words.values() if words in html]
        html = page(owner, before=found[1])
    assert "A client " in html
    assert "Cleo" not in html


def test_events_are_chosen_by_person_event_and_client(cast: Cast, owner: Browser) -> None:
    many(cast, 1)
    witness("goals.viewed", by=cast.other_therapist, client_id=cast.other_client.pk)
    witness("course.noticed", by=None, client_id=cast.client.pk)
    by_person = lines(page(owner, who=str(cast.other_therapist.pk)))
    assert by_person
    assert all("Otto Other" in one for one in by_person)
    assert len(lines(page(owner, what="goals.viewed"))) == 2
    by_client = lines(page(owner, client=cast.client.pk.hex[:8]))
    assert by_client
    assert all(cast.client.pk.hex[:8] in one for one in by_client)
    assert all("by Holdfast itself" in one for one in lines(page(owner, who="holdfast")))
    assert lines(page(owner, client="never a number")) == ["No such event."]


def test_a_client_reads_that_the_owner_asked_for_them(
    cast: Cast, owner: Browser, sign_in: SignIn
) -> None:
    page(owner, client=cast.client.pk.hex[:8])
    said = sign_in(cast.client_person).get("/me/opened/").content.decode()
    assert "Looked at who opened or changed what." in said


def test_pages_follow_each_other_without_a_gap(cast: Cast, owner: Browser) -> None:
    many(cast, 2 * A_PAGE + 10)
    asked: dict[str, Any] = {"what": "goals.viewed"}
    seen: list[str] = []
    while True:
        html = page(owner, **asked)
        seen += lines(html)
        further = re.search(r"before=(\d+)", html)
        if further is None:
            break
        asked["before"] = further[1]
    assert len(seen) == len(set(seen)) == 2 * A_PAGE + 10


@pytest.mark.parametrize("odd", ["x" * 500, "'; DROP TABLE audit_event; --", "0", "-1", "9" * 30])
def test_odd_questions_get_an_ordinary_answer(owner: Browser, odd: str) -> None:
    for name in ("who", "what", "client", "before"):
        assert owner.get(URL, {name: odd}).status_code == 200
    assert Event.objects.exists()


def test_a_page_costs_the_same_however_long_the_trail(
    cast: Cast, owner: Browser, django_assert_max_num_queries: Any
) -> None:
    page(owner)
    many(cast, 5)
    with django_assert_max_num_queries(20) as few:
        page(owner)
    for number in range(30):
        person = Person.objects.create_person(
            email=f"p{number}@example.org", name=f"P {number}", role="therapist"
        )
        witness("goals.viewed", by=person, client_id=cast.client.pk)
    with django_assert_max_num_queries(20) as many_more:
        page(owner)
    assert len(many_more) == len(few)


def test_the_chain_is_checked_at_a_click(cast: Cast, owner: Browser) -> None:
    said = owner.post(f"{URL}check/").content.decode()
    assert "It holds: none of the" in said
    assert Event.objects.latest("place").what == "audit.checked"
    edit(None)
    said = owner.post(f"{URL}check/").content.decode()
    assert "The chain doesn’t hold" in said
    assert "Event 2 was changed" in said


def test_looking_at_the_audit_leaves_a_trace_and_opens_no_record(
    cast: Cast, owner: Browser
) -> None:
    page(owner)
    last = Event.objects.latest("place")
    assert (last.what, last.actor_id, last.client_id) == ("audit.viewed", cast.owner.pk, None)
    assert not any(may_read(cast.owner, cast.client, part) for part in Part)
