"""How often clients change, and why where it may be told: counts, and nobody to be recognised."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
from holdfast_web.encounters.actions import hold, plan_session
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.queries.counted import changes_counted
from holdfast_web.handover.told import Choices, Knows
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing

SignIn = Callable[[Person | None], Browser]
ADDRESS = "/practice/changes/"
LINE = "You can change therapist at any time, without a reason."
SOME = "fewer than 5"


def changed(cast: Cast, times: int, *, counted: bool = True, **told: object) -> None:
    """Let care pass on that many times, this month."""
    choices = Choices(
        practice=Knows.WHY if counted else Knows.THAT, kinds=("way",), words="He is never on time."
    )
    for one in range(times):
        care = open_record(by=cast.therapist, name=f"Client {one}", therapist=cast.therapist)
        HandOver(
            client=care.client,
            care=care,
            to=cast.other_therapist,
            asked_by=cast.client_person,
            state=HandOver.State.DONE,
            told=choices.told,
            reason=choices.reason,
            ended_at=timezone.now(),
            **told,
        ).save()


def test_one_to_four_are_never_a_number(cast: Cast) -> None:
    changed(cast, 4)
    found = changes_counted(viewer=cast.owner)
    assert found.months[0].changes == SOME
    assert found.total == ""
    assert [one.ticked for one in found.why] == [SOME]
    assert {one.changes for one in found.months[1:]} == {"none"}


def test_five_and_more_are_counted_by_month(cast: Cast) -> None:
    changed(cast, 5)
    found = changes_counted(viewer=cast.owner)
    assert (found.months[0].changes, found.total) == ("5", "5")
    assert [(one.words, one.ticked) for one in found.why] == [
        ("I would like another way of working", "5")
    ]
    assert len(found.months) == 12


def test_a_reason_that_is_not_for_the_practice_is_not_counted(cast: Cast) -> None:
    changed(cast, 6, counted=False)
    found = changes_counted(viewer=cast.owner)
    assert (found.months[0].changes, found.why) == ("6", ())


def test_the_page_names_no_therapist_and_quotes_nobody(cast: Cast, sign_in: SignIn) -> None:
    changed(cast, 6)
    page = sign_in(cast.owner).get(ADDRESS).content.decode()
    counts = page.partition("Within twelve months")[2].partition("The practice needs")[0]
    for words in ("Tessa", "Otto", "Client 1", "never on time"):
        assert words not in counts
    assert "I would like another way of working" in counts


def test_it_is_for_the_owner(cast: Cast, sign_in: SignIn) -> None:
    people = ("therapist", "other_therapist", "supervisor", "client_person")
    find_nothing(cast, sign_in, ADDRESS, *people)
    with pytest.raises(Refused):
        changes_counted(viewer=cast.therapist)
    assert cast.owner.role == Role.OWNER


def test_the_line_about_changing_comes_after_the_first_third_and_sixth_session_and_goes(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    stood = []
    for number in range(1, 8):
        session = plan_session(by=cast.therapist, client=cast.client, starts_at=timezone.now())
        hold(by=cast.therapist, session=session)
        if LINE in browser.get("/").content.decode():
            stood.append(number)
            browser.post("/me/change/not-now/")
            assert LINE not in browser.get("/").content.decode()
    assert stood == [1, 3, 6]
