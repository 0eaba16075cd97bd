"""The invented practice: who asks for help, waits, writes, looks back, parts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.utils import timezone
from django.utils.html import escape

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.models import Practice
from holdfast_web.correspondence.hours import Hours, delivery
from holdfast_web.correspondence.models import Message
from holdfast_web.demo.cast import the_cast
from holdfast_web.demo.past.calendar import calendar_of
from holdfast_web.demo.past.writing import WEEKDAYS, but_today, sent_at
from holdfast_web.fit.assessment import restored
from holdfast_web.fit.models import Profile, Review
from holdfast_web.fit.queries.waiting import waiting_list
from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.measures.models import SafetyAnswer
from tests.web.invented import PATIENTS, WHY, enter, intake_of, link_of, rows

pytestmark = pytest.mark.django_db

LINKED = [one["name"] for one in the_cast().asking["asked"] if "door" in one]


def test_one_who_asked_for_help_waits_for_an_answer_and_sees_why(made: Practice) -> None:
    maya = intake_of("Maya Lindqvist")
    assert (maya.decision, bool(maya.handed_in_at)) == ("", True)
    found = [one.found for one in restored(maya.result).for_the_person]
    assert len(found) >= 2
    assert enter("Nuala Brennan").get(f"/intakes/{maya.pk}/").status_code == 200
    page = Browser().get(f"{link_of('Maya Lindqvist')}result/").content.decode()
    assert all(escape(one) in page for one in found)


def test_one_is_half_way_and_nobody_reads_it(made: Practice) -> None:
    callum = intake_of("Callum")
    assert callum.handed_in_at is None
    assert "6 of about" in Browser().get(link_of("Callum")).content.decode()
    assert enter("Nuala Brennan").get(f"/intakes/{callum.pk}/").status_code == 404


def test_one_was_stopped_by_an_answer_and_a_person_saw_to_it(made: Practice) -> None:
    bryn = intake_of("Bryn")
    answer = SafetyAnswer.objects.for_the_practice(WHY).get(client=bryn.client)
    assert bryn.stopped_at
    assert bryn.handed_in_at is None
    assert answer.came_at < bryn.begun_at + timedelta(minutes=10)
    assert answer.acknowledged_at - answer.came_at < timedelta(hours=3)


def test_six_people_wait_for_a_therapist_and_one_may_choose_among_three(made: Practice) -> None:
    assert Profile.objects.count() == 3
    found = waiting_list(viewer=Person.objects.get(role=Role.OWNER))
    stands = {one.name: one.stands for one in found.rows}
    assert len(stands) == 6
    assert stands["Idris Okoro"] == "has chosen Farid Rahimi"
    assert stands["Beth Calloway"] == "leaves it to the practice"
    assert [one.name for one in found.rows if one.why_not] == ["Edwin Thorpe"]
    page = Browser().get(f"{link_of('Sanna Bergqvist')}people/").content.decode()
    for one in the_cast().therapists:
        assert f"Choose {one.name}</button>" in page


def test_a_message_of_last_night_waits_for_the_hours_and_another_is_late(made: Practice) -> None:
    zone, now = ZoneInfo(made.time_zone), timezone.now()
    late = rows(Message, "priya").latest("written_at")
    assert late.written_at.astimezone(zone).strftime("%H:%M") == "23:04"
    assert late.delivered_at > now
    assert late.delivered_at.astimezone(zone).strftime("%H:%M") == "09:00"
    overdue = rows(Message, "wen").get()
    assert overdue.answer_by < now
    assert overdue.answered_at is None
    assert overdue.read_at < overdue.written_at + timedelta(hours=6)


def test_both_have_looked_back_with_one_and_only_the_client_with_another(made: Practice) -> None:
    ellen = rows(Review, "ellen").get(settled_at=None)
    kit = rows(Review, "kit").get(settled_at=None)
    assert (ellen.session_number, kit.session_number) == (12, 12)
    assert ellen.client_at
    assert ellen.therapist_at
    assert kit.client_at
    assert not kit.therapist_at
    settled = Review.objects.for_the_practice(WHY).exclude(settled_at=None)
    assert (
        settled.count()
        == sum(len([at for at in (4, 8, 12) if at <= one.sessions]) for one in PATIENTS.values())
        - 2
    )


def test_one_would_like_another_therapist_and_one_plans_to_end(made: Practice) -> None:
    change = rows(HandOver, "grzegorz").get()
    assert (change.state, change.to, change.practice_chooses) == ("asked", None, True)
    record = f"/clients/{change.client_id}/hand-over/"
    page = enter("Farid Rahimi").get(record).content.decode()
    assert "I came to be understood" not in page
    ending = rows(Ending, "tariq").get()
    assert ending.last_on > timezone.localdate()
    assert ending.client_words
    assert ending.therapist_words
    assert ending.agreed_at is None


@pytest.mark.parametrize("name", LINKED)
def test_the_page_of_doors_leads_to_those_who_asked_for_help(made: Practice, name: str) -> None:
    assert link_of(name) in Browser().get("/demo/").content.decode()
    assert Browser().get(link_of(name), follow=True).status_code == 200


@pytest.mark.parametrize("hour", [0, 7, 13, 23])
@pytest.mark.parametrize("day", range(7))
def test_at_any_hour_the_story_of_the_night_holds(day: int, hour: int) -> None:
    zone = ZoneInfo("Europe/London")
    now = datetime(2026, 3, 23 + day, hour, 30, tzinfo=UTC)
    calendar = calendar_of(PATIENTS["priya"], now, zone)
    days = frozenset(WEEKDAYS.index(one) for one in but_today(calendar))
    hours = Hours(days, time(9), time(18), zone)
    for told in the_cast().between["message"]:
        at = sent_at(told, now, zone)
        assert at < now
        assert hours.are_open(at) is not told.get("night", False)
        assert (delivery(at, hours) > now) is told.get("night", False)
