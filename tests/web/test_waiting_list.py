"""The owner shares free places among those who wait: with reasons, without anybody’s answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.audit.models import Event
from holdfast_web.care.models import CareRelationship
from holdfast_web.fit.actions.confirming import settle
from holdfast_web.fit.models import Intake, Profile, Proposal
from holdfast_web.fit.opening import token_of
from holdfast_web.fit.queries.waiting import Row, waiting_list
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast
from tests.web.looking_for import SAID, described, latest, looks
from tests.web.strangers import find_nothing

SignIn = Callable[[Person | None], Browser]
PAGE = "/practice/waiting/"


def rows(cast: Cast) -> dict[str, Row]:
    return {one.name: one for one in waiting_list(viewer=cast.owner).rows}


def tick(browser: Browser, intake: Intake, therapist: Person) -> Any:
    sent = {"take": str(intake.client_id), f"with-{intake.client_id}": str(therapist.pk)}
    return browser.post(PAGE, sent, follow=True)


def choose(sign_in: SignIn, intake: Intake, **sent: str) -> None:
    sign_in(None).post(f"/i/{token_of(intake.pk)}/people/", sent)


def test_the_owner_sees_who_waits_and_in_which_respects_two_fit_and_no_answer(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist, limits_words="People of St Anne’s School.")
    intake = looks()
    page = sign_in(cast.owner).get(PAGE).content.decode()
    assert "Wanda Waiting" in page
    assert "Fits: language, times, place, way of working" in page
    assert "People of St Anne’s School." in page
    for secret in ("grief", "terrible", "Words that nobody", "Dari", "warm", "evening"):
        assert secret not in page
    seen = Event.objects.get(what="waiting_list.viewed")
    assert seen.facts == {"clients": 1}
    assert intake.client_id in {one.client_id for one in rows(cast).values()}


def test_nobody_else_opens_the_waiting_list(cast: Cast, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, PAGE, "supervisor", "therapist", "client_person")
    with pytest.raises(Refused):
        waiting_list(viewer=cast.therapist)


def test_the_longest_wait_comes_first_and_what_a_clinician_put_before_others_before_that(
    cast: Cast,
) -> None:
    described(cast.therapist, free=1)
    looks("Short", weeks=1)
    looks("Long", weeks=9)
    assert rows(cast)["Long"].therapist == cast.therapist.pk
    assert rows(cast)["Short"].therapist is None
    looks("Urgent", weeks=0, urgency=2)
    found = rows(cast)
    assert list(found) == ["Urgent", "Long", "Short"]
    assert found["Urgent"].therapist == cast.therapist.pk
    assert found["Urgent"].urgency == "before others"


def test_who_was_answered_otherwise_or_has_found_somebody_does_not_wait(cast: Cast) -> None:
    looks("Talk", decision="talk")
    looks("Elsewhere", decision="elsewhere")
    found = looks("Found")
    found.client.waits_since = None
    found.client.save(update_fields=("waits_since",))
    assert rows(cast) == {}


def test_why_somebody_waits_on_is_said_in_categories(cast: Cast) -> None:
    described(cast.therapist, languages=["en"])
    looks()
    (row,) = rows(cast).values()
    assert row.options == ()
    assert row.why_not == ("nobody with a free place speaks their language",)


def test_the_practice_proposes_and_the_person_says_yes(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist)
    intake, owner = looks(), sign_in(cast.owner)
    tick(owner, intake, cast.therapist)
    made = latest(intake)
    assert (made.state, made.source) == ("proposed", "waiting_list")
    assert not CareRelationship.objects.filter(client_id=intake.client_id).exists()
    address = f"/i/{token_of(intake.pk)}/people/"
    page = sign_in(None).get(address).content.decode()
    assert "The practice proposes" in page
    assert "Often works with grief." in page
    choose(sign_in, intake, do="choose", person=str(cast.therapist.pk))
    assert rows(cast)["Wanda Waiting"].stands == "has chosen Tessa Therapist"
    tick(owner, intake, cast.therapist)
    assert CareRelationship.objects.get(client_id=intake.client_id).therapist == cast.therapist
    assert latest(intake).state == "confirmed"
    assert Profile.objects.get(person=cast.therapist).free == 1
    assert rows(cast) == {}


def test_where_somebody_leaves_it_to_the_practice_care_begins_with_whom_the_owner_takes(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist)
    described(cast.other_therapist)
    intake = looks()
    choose(sign_in, intake, do="practice")
    other = cast.other_therapist
    tick(sign_in(cast.owner), intake, other)
    assert CareRelationship.objects.get(client_id=intake.client_id).therapist == other
    assert latest(intake).therapist == other


def test_a_choice_of_the_persons_own_is_not_changed_over_their_head(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist)
    described(cast.other_therapist)
    intake = looks()
    choose(sign_in, intake, do="choose", person=str(cast.therapist.pk))
    assert [name for _, name in rows(cast)["Wanda Waiting"].options] == ["Tessa Therapist"]
    page = tick(sign_in(cast.owner), intake, cast.other_therapist).content.decode()
    assert "Please choose one of the therapists who are offered for them." in page
    with pytest.raises(Refused, match="have chosen somebody else"):
        settle(by=cast.owner, client_id=intake.client_id, therapist=cast.other_therapist)


def test_the_owner_cannot_go_past_a_limit(cast: Cast) -> None:
    described(cast.therapist, limits=["eating"])
    intake = looks(said={**SAID, "answers": {"known": ["eating"]}})
    with pytest.raises(Refused, match="a limit of one of them"):
        settle(by=cast.owner, client_id=intake.client_id, therapist=cast.therapist)
    assert not Proposal.objects.for_the_practice("a test").exists()


def test_the_last_place_is_given_once(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist, free=1)
    first, second = looks("First"), looks("Second")
    for intake in (first, second):
        Proposal(client=intake.client, therapist=None, source="practice", state="chosen").save()
    settle(by=cast.owner, client_id=first.client_id, therapist=cast.therapist)
    with pytest.raises(Refused, match="no free place"):
        settle(by=cast.owner, client_id=second.client_id, therapist=cast.therapist)
    assert latest(second).state == "chosen"


def test_only_the_owner_settles(cast: Cast) -> None:
    described(cast.therapist)
    with pytest.raises(Refused):
        settle(by=cast.therapist, client_id=looks().client_id, therapist=cast.therapist)


def test_what_the_plan_does_to_groups_is_shown_from_five_people_on(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist, free=5)
    for number in range(5):
        looks(f"Dari {number}", weeks=4)
    french = {**SAID, "practical": {"languages": ["fr"]}, "answers": {"gender": "man"}}
    for number in range(4):
        looks(f"French {number}", weeks=20, said=french)
    by_language, by_gender, by_place = waiting_list(viewer=cast.owner).fairness
    ((name, group),) = by_language.groups
    assert (name, group.people, group.placed, group.weeks) == ("Dari", 5, 5, 4)
    assert [name for name, _ in by_gender.groups] == ["Women"]
    assert by_place.by == "place"
    page = sign_in(cast.owner).get(PAGE).content.decode()
    assert "By language" in page
    assert "French" not in page.split("Is it fair?")[1]
