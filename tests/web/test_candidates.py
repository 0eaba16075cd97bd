"""Therapists say how they work; who looks for one chooses; the one who was chosen says yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import CareRelationship, Client, Practice
from holdfast_web.fit.actions.answering import take_on
from holdfast_web.fit.actions.confirming import say_no
from holdfast_web.fit.actions.profiles import save_profile
from holdfast_web.fit.matching import shipped_weights
from holdfast_web.fit.models import Profile, Proposal
from holdfast_web.fit.opening import token_of
from holdfast_web.fit.results import measured_change
from holdfast_web.lib.refusals import Refused, Stale
from holdfast_web.measures.models import Sheet
from tests.web.conftest import Cast
from tests.web.looking_for import SAID, described, latest, looks
from tests.web.strangers import find_nothing

SignIn = Callable[[Person | None], Browser]
FASTER = "perhaps because somebody else was faster"
FILLED: dict[str, Any] = {
    "edition": 0,
    "about": "I listen first.",
    "free": 3,
    "focus": ["grief", "loneliness"],
    "way_directiveness": "-2",
    "way_support": "3",
    "languages": ["en", "prs"],
    "times": ["tue-evening"],
    "places": ["room"],
    "limits": ["couples"],
    "limits_words": "People of St Anne’s School.",
    "gender": "",
}


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    """Somebody with an account who has no therapist."""
    return Person.objects.create_person(
        email="wanda@example.org", name="Wanda Waiting", role=Role.CLIENT
    )


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_therapist_describes_themselves_and_sees_it_as_a_client_does(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    assert browser.post("/my/profile/", {**FILLED, "do": "save"}).status_code == 302
    row = Profile.objects.get(person=cast.therapist)
    assert row.scales == {"directiveness": -2, "support": 3}
    assert (row.free, row.edition) == (3, 1)
    page = text(browser.get("/my/profile/"))
    assert "Speaks English and Dari." in page
    assert "Lets you lead and is warm and encouraging." in page
    assert "Often works with grief and loneliness." in page
    assert "Can’t see: couples together." in page


def test_a_look_as_a_client_saves_nothing_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    page = text(sign_in(cast.therapist).post("/my/profile/", {**FILLED, "do": "preview"}))
    assert "not saved yet" in page
    assert "Often works with grief and loneliness." in page
    assert "People of St Anne’s School." in page
    assert not Profile.objects.exists()


def test_two_windows_do_not_overwrite_each_other(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist)
    response = sign_in(cast.therapist).post("/my/profile/", {**FILLED, "do": "save"})
    assert response.status_code == 409
    assert "I listen first." in text(response)
    with pytest.raises(Stale):
        save_profile(by=cast.therapist, told={"free": 1}, edition=9)


def test_only_therapists_describe_themselves(cast: Cast, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, "/my/profile/", "owner", "supervisor", "client_person")
    with pytest.raises(Refused):
        save_profile(by=cast.owner, told={}, edition=0)


def test_somebody_sees_reasons_and_what_does_not_fit_and_no_number(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist)
    described(cast.other_therapist, languages=["en"])
    intake = looks()
    page = text(sign_in(None).get(f"/i/{token_of(intake.pk)}/people/"))
    assert "Tessa Therapist" in page
    assert "Otto Other" not in page
    for words in (
        "Speaks Dari.",
        "Works much as you wish: lets you lead and is warm and encouraging.",
        "Often works with grief.",
        "Free on Tuesday evenings.",
        "This rests on what you and the therapists wish, not on results.",
    ):
        assert words in page
    assert Event.objects.filter(what="candidates.viewed", client_id=intake.client_id).count() == 1


def test_before_a_clinician_has_answered_nobody_is_shown(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist)
    for decision in ("", "talk", "elsewhere"):
        intake = looks(decision=decision)
        address = f"/i/{token_of(intake.pk)}/people/"
        page = sign_in(None).get(address)
        assert "once somebody from the practice has answered you" in text(page)
        assert "Tessa" not in text(page)
        chosen = {"do": "choose", "person": str(cast.therapist.pk)}
        again = text(sign_in(None).post(address, chosen, follow=True))
        assert "once somebody from the practice has answered you" in again
        assert not Proposal.objects.for_the_practice("a test").exists()


def test_a_link_that_leads_nowhere_shows_nothing(cast: Cast, sign_in: SignIn) -> None:
    intake = looks()
    assert sign_in(None).get("/i/nonsense/people/").status_code == 404
    intake.ends_at = timezone.now() - timedelta(days=1)
    intake.save(update_fields=("ends_at",))
    assert sign_in(None).get(f"/i/{token_of(intake.pk)}/people/").status_code == 404


def test_somebody_chooses_and_the_therapist_says_yes(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist)
    intake = looks()
    address = f"/i/{token_of(intake.pk)}/people/"
    browser = sign_in(None)
    browser.post(address, {"do": "choose", "person": str(cast.therapist.pk)})
    assert "You have chosen Tessa Therapist" in text(browser.get(address))
    made = latest(intake)
    assert (made.state, made.source) == ("chosen", "candidates")
    assert "Speaks Dari." in made.reasons

    therapist = sign_in(cast.therapist)
    assert therapist.get(f"/clients/{intake.client_id}/").status_code == 404
    page = text(therapist.get("/my/profile/"))
    assert "Wanda Waiting" in page
    assert "Words that nobody" not in page
    therapist.post("/my/profile/", {"do": "yes", "proposal": str(made.pk)})
    care = CareRelationship.objects.get(client_id=intake.client_id)
    assert care.therapist == cast.therapist
    client = Client.objects.for_the_practice("a test").get(pk=intake.client_id)
    assert client.waits_since is None
    assert latest(intake).state == "confirmed"
    assert Profile.objects.get(person=cast.therapist).free == 1


def test_who_reads_the_intakes_takes_somebody_on_and_a_place_is_gone(
    cast: Cast, practice: Practice
) -> None:
    practice.intake = cast.therapist
    practice.save()
    described(cast.therapist)
    intake = looks()
    Proposal(client=intake.client, therapist=cast.other_therapist, source="candidates").save()
    take_on(by=cast.therapist, intake=intake)
    assert Profile.objects.get(person=cast.therapist).free == 1
    assert latest(intake).state == "replaced"


def test_letters_say_that_somebody_waits_and_nothing_more(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any, mailoutbox: Any
) -> None:
    described(cast.therapist)
    intake = looks(said={**SAID, "contact": {"email": "wanda@example.org"}})
    address = f"/i/{token_of(intake.pk)}/people/"
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(None).post(address, {"do": "choose", "person": str(cast.therapist.pk)})
    with django_capture_on_commit_callbacks(execute=True):
        say_no(by=cast.therapist, proposal_id=latest(intake).pk)
    assert [one.to for one in mailoutbox] == [[cast.therapist.email], ["wanda@example.org"]]
    told = " ".join(one.subject + one.body for one in mailoutbox)
    assert not [word for word in ("Wanda W", "chosen", "grief", "can’t") if word in told]


def test_a_therapist_says_no_and_is_not_proposed_again(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist)
    intake = looks()
    address = f"/i/{token_of(intake.pk)}/people/"
    browser = sign_in(None)
    browser.post(address, {"do": "choose", "person": str(cast.therapist.pk)})
    answer = {"do": "no", "proposal": str(latest(intake).pk)}
    assert sign_in(cast.other_therapist).post("/my/profile/", answer).status_code == 404
    assert sign_in(cast.therapist).post("/my/profile/", answer).status_code == 302
    page = text(browser.get(address))
    assert "Tessa Therapist" not in page
    assert "whom you put aside" in page


def test_somebody_thinks_again_or_puts_a_person_aside_or_leaves_it_to_the_practice(
    cast: Cast, sign_in: SignIn
) -> None:
    described(cast.therapist)
    described(cast.other_therapist)
    intake = looks()
    address = f"/i/{token_of(intake.pk)}/people/"
    browser = sign_in(None)
    tessa = str(cast.therapist.pk)
    browser.post(address, {"do": "choose", "person": tessa})
    twice = browser.post(address, {"do": "choose", "person": tessa}, follow=True)
    assert "You have chosen already." in text(twice)
    browser.post(address, {"do": "again"})
    assert "Choose Tessa Therapist" in text(browser.get(address))
    browser.post(address, {"do": "not", "person": tessa})
    page = text(browser.get(address))
    assert "Tessa" not in page
    assert "Otto Other" in page
    browser.post(address, {"do": "practice"})
    assert "The practice chooses for you" in text(browser.get(address))
    assert latest(intake).therapist is None


def test_who_does_not_come_into_question_cannot_be_chosen(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist, languages=["en"])
    intake = looks()
    address = f"/i/{token_of(intake.pk)}/people/"
    chosen = {"do": "choose", "person": str(cast.therapist.pk)}
    assert FASTER in text(sign_in(None).post(address, chosen, follow=True))
    assert not Proposal.objects.for_the_practice("a test").exists()
    assert sign_in(None).post(address, {"do": "choose", "person": "x"}).status_code == 404


def test_a_promised_place_is_not_promised_twice(cast: Cast, sign_in: SignIn) -> None:
    described(cast.therapist, free=1)
    first, second = looks("First"), looks("Second")
    chosen = {"do": "choose", "person": str(cast.therapist.pk)}
    sign_in(None).post(f"/i/{token_of(first.pk)}/people/", chosen)
    address = f"/i/{token_of(second.pk)}/people/"
    assert "no free place" in text(sign_in(None).get(address))
    assert FASTER in text(sign_in(None).post(address, chosen, follow=True))
    assert latest(first).state == "chosen"


def test_a_client_with_an_account_chooses_after_a_second_look(
    cast: Cast, sign_in: SignIn, newcomer: Person
) -> None:
    described(cast.therapist)
    intake = looks(person=newcomer)
    browser = sign_in(newcomer)
    choose = f"/me/people/{cast.therapist.pk}/choose/"
    assert choose in text(browser.get("/me/people/"))
    assert "nothing of what you told us" in text(browser.get(choose))
    stranger = f"/me/people/{cast.owner.pk}/choose/"
    assert "can’t take you on" in text(browser.get(stranger, follow=True))
    assert "can’t take you on" in text(browser.post(stranger, follow=True))
    assert browser.post(choose).status_code == 302
    assert latest(intake).state == Proposal.State.CHOSEN
    assert browser.get(choose).status_code == 404, "they have chosen"
    find_nothing(cast, sign_in, choose, "owner", "supervisor", "therapist", "other_client_person")
    find_nothing(cast, sign_in, "/me/people/", "owner", "supervisor", "therapist")


def test_somebody_who_is_signed_in_does_not_open_anothers_link(cast: Cast, sign_in: SignIn) -> None:
    intake = looks()
    address = f"/i/{token_of(intake.pk)}/people/"
    assert sign_in(cast.therapist).get(address).status_code == 403


def closed_case(therapist: Person, number: int, scores: tuple[int, int]) -> None:
    care = open_record(by=therapist, name=f"Case {number}", therapist=therapist)
    now = timezone.now()
    care.starts_at, care.ends_at = now - timedelta(days=90), now - timedelta(days=1)
    care.save()
    for days, value in zip((80, 5), scores, strict=True):
        Sheet(
            client=care.client,
            instrument="phq-9",
            instrument_version="1",
            handed_in_at=now - timedelta(days=days),
            result={"value": value},
        ).save()


def test_measured_change_comes_from_closed_care_alone_and_from_fifteen_on(cast: Cast) -> None:
    cases = shipped_weights().cases
    for number in range(cases - 1):
        closed_case(cast.therapist, number, (18, 6))
    assert measured_change() == {}


def test_measured_change_is_shrunken(cast: Cast) -> None:
    for number in range(15):
        closed_case(cast.therapist, number, (18, 6) if number else (10, 10))
    assert measured_change() == {cast.therapist.pk: {"low_mood": pytest.approx(14 / 25)}}
