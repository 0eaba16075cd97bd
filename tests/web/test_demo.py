"""The invented practice: whole, believable, in the past, and nowhere but in a demo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.models import Status as Agreement
from holdfast_web.agreements.models import Version
from holdfast_web.agreements.terms import Term, agreed, terms_of
from holdfast_web.analysis.models import (
    Analysis,
    Correction,
    Excerpt,
    LineComment,
    SessionRefusal,
    SessionShare,
    Transcript,
)
from holdfast_web.analysis.queries.agreement import practice_agreement
from holdfast_web.analysis.retention import remove_all_outdated
from holdfast_web.audit.chain import verify
from holdfast_web.audit.models import Event
from holdfast_web.care.models import EmergencyAccess, Practice, Share
from holdfast_web.demo.actions import make_demo
from holdfast_web.demo.cast import the_cast
from holdfast_web.demo.past.calendar import calendar_of
from holdfast_web.demo.past.rating import questionnaires_of, ratings_of
from holdfast_web.encounters.models import Session, SessionNote
from holdfast_web.engine.coding import shipped
from holdfast_web.goals.models import Goal, Help
from holdfast_web.inbox.models import Concern
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.models import Rupture, SafetyAnswer, Sheet, Signal
from tests.web.invented import PATIENTS, WHY, enter, record_of, rows

# The database is set up for tests that ask for it by this mark: a fixture’s wish isn’t seen. It
# also takes back what each of them does in the practice.
pytestmark = pytest.mark.django_db

AHEAD = {
    "analysis.sessionshare.ends_at",
    "care.share.ends_at",
    "encounters.session.starts_at",
    "accounts.invitation.expires_at",
    "correspondence.message.answer_by",
    "correspondence.message.delivered_at",
    "fit.intake.ends_at",
}
"""What may lie ahead of now, as it does in a real practice."""


@pytest.mark.parametrize("key", PATIENTS)
def test_everybody_came_as_often_as_is_told_and_comes_again(made: Practice, key: str) -> None:
    held = rows(Session, key, status=Session.Status.HELD).order_by("number")
    assert [one.number for one in held] == list(range(1, PATIENTS[key].sessions + 1))
    assert timezone.now() - held.last().starts_at < timedelta(days=8)
    assert rows(Session, key, status=Session.Status.PLANNED, starts_at__gt=timezone.now())


@pytest.mark.parametrize("key", PATIENTS)
def test_what_is_written_about_somebody_is_in_their_record(made: Practice, key: str) -> None:
    told = PATIENTS[key].told
    words = {one["words"] for one in told["notes_of_client"]}
    check_ins = rows(Sheet, key, instrument="check-in")
    assert words <= {one.answers.get("note") for one in check_ins}
    assert {one["words"] for one in told["goals"]} == {one.words for one in rows(Goal, key)}
    assert {(one["words"], one["status"]) for one in told["helps"]} == {
        (one.words, one.status) for one in rows(Help, key)
    }
    notes = {(one.session.number, one.words) for one in rows(SessionNote, key)}
    assert notes == {(one["session"], one["words"]) for one in told["session_notes"]}


@pytest.mark.parametrize("key", PATIENTS)
def test_the_agreement_stands_as_it_is_told(made: Practice, key: str) -> None:
    told, client = PATIENTS[key].told["agreement"], record_of(key)
    assert agreed(client, Term.AGREEMENT)
    for kind in (Term.RECORDING, Term.ANALYSIS, Term.SUPERVISION):
        assert bool(agreed(client, kind)) is (told[kind] is True)
    proposal = told.get("proposal", {"open": False})
    assert rows(Version, key, status=Agreement.PROPOSED).exists() is proposal["open"]


def test_the_courses_do_what_their_names_say(made: Practice) -> None:
    came = {(one.client_id, one.name) for one in Signal.objects.for_the_practice(WHY).all()}

    def signals(key: str) -> set[str]:
        return {name for client_id, name in came if client_id == record_of(key).pk}

    assert {"strong_dip", "repaired"} <= signals("ellen")
    assert {"strong_dip", "repaired"} <= signals("rosa")
    assert "open_rupture" in signals("grzegorz")
    assert "likely_fall" in signals("kit")
    assert "ceiling" in signals("leonard")
    assert "skipped" in signals("wen")
    assert "worse" in signals("colm")
    alerts = {name for _, name in came} - {"low_item", "gap", "dip", "not_improving", "discuss"}
    for key in ("joan", "priya", "tariq", "aisha", "marcus"):
        assert not signals(key) & alerts


def test_what_was_noticed_early_was_answered_and_the_latest_waits(made: Practice) -> None:
    found = Signal.objects.for_the_practice(WHY)
    assert {one.status for one in found.all()} == set(Signal.Status.values) - {"answered"}
    waiting = found.filter(status=Signal.Status.OPEN).exclude(client=record_of("kit"))
    for one in waiting:
        held = Session.objects.for_the_practice(WHY).filter(client=one.client, number__gt=0)
        assert one.session_number >= held.count() - 1
    assert rows(Rupture, "ellen").get().resolved_on is not None
    assert rows(Rupture, "grzegorz").get().resolved_on is None


def test_only_one_client_ever_thought_of_death_and_somebody_saw_to_it(made: Practice) -> None:
    urgent = SafetyAnswer.objects.for_the_practice(WHY).filter(urgent=True, sheet__isnull=False)
    assert [one.client_id for one in urgent] == [record_of("colm").pk]
    answer = urgent.get()
    assert answer.acknowledged_at - answer.came_at < timedelta(hours=8)
    for sheet in Sheet.objects.for_the_practice(WHY).filter(instrument="phq-9"):
        expected = 1 if sheet.pk == answer.sheet_id else 0
        assert sheet.answers.get("q9", 0) == expected


def test_doors_stand_open_where_they_are_told_to(made: Practice) -> None:
    assert Share.objects.filter(client_agreed_at=None).count() == 1
    assert Share.objects.exclude(client_agreed_at=None).count() == 4
    seen = EmergencyAccess.objects.get()
    assert seen.ends_at - seen.opened_at == timedelta(hours=1)
    assert seen.opened_at < seen.seen_by_owner_at < seen.seen_by_client_at
    assert rows(Concern, "grzegorz", to_practice=True, answered_at=None).count() == 1
    assert rows(Concern, "rosa").get().answer_read_at is not None


SAID = [one for patient in PATIENTS.values() for one in patient.said]


def transcript(key: str, number: int) -> Transcript:
    found: Transcript = rows(Transcript, key).get(session__number=number)
    return found


def page_of(name: str, key: str, number: int, rest: str) -> str:
    session = transcript(key, number).session
    answer = enter(name).get(f"/clients/{session.client_id}/sessions/{session.pk}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_at_least_eight_sessions_were_read_by_the_real_model(made: Practice) -> None:
    read = Analysis.objects.for_the_practice(WHY).filter(state=Analysis.State.DONE)
    assert read.count() == len(SAID) >= 8
    assert {one.model for one in read} == {shipped().model}
    assert all(30 <= one.transcript.utterances <= 120 for one in read)


def test_every_text_belongs_to_a_session_of_the_story() -> None:
    texts = {one.name for one in (files("holdfast_web.demo") / "transcripts").iterdir()}
    assert texts == {f"{one['client']}-{one['number']}.vtt" for one in SAID}


def test_text_is_kept_as_long_as_was_agreed_and_none_is_past_its_time(made: Practice) -> None:
    for one in Transcript.objects.for_the_practice(WHY).all():
        kept = terms_of(one.client)
        assert kept is not None
        days = (one.kept_until - timezone.localdate(one.brought_at)).days
        assert days == kept.transcript_kept_days
    assert remove_all_outdated() == 0


def test_beside_what_was_said_when_a_name_was_wrong_stands_how_it_felt(made: Practice) -> None:
    page = page_of("Farid Rahimi", "rosa", 9, "analysis/")
    assert "The rating fell at this session" in page
    assert "I&#x27;m so scared" in page
    assert "You called her Sara twice." in page


def test_what_therapists_corrected_is_in_the_practices_agreement(made: Practice) -> None:
    corrected = Correction.objects.for_the_practice(WHY)
    assert corrected.count() == sum(len(one.get("codes", ())) for one in SAID)
    page = practice_agreement(viewer=Person.objects.get(role=Role.OWNER))
    told = {one.code: one for one in page.seen.codes}
    assert told["behaviour"].kappa
    assert told["behaviour"].found.alike < 1


def test_two_clients_are_shown_something_and_one_has_read_it(made: Practice) -> None:
    shown = Excerpt.objects.for_the_practice(WHY)
    assert shown.count() == 2
    assert rows(Excerpt, "rosa").get().seen_at is not None
    assert rows(Excerpt, "kit").get().seen_at is None


def test_a_session_is_read_with_the_supervisor_and_another_is_asked_for(made: Practice) -> None:
    share = rows(SessionShare, "rosa").get()
    comments = LineComment.objects.for_the_practice(WHY).filter(share=share)
    names = {one.author.name for one in comments}
    assert names == {"Dilwyn Pryce", "Farid Rahimi"}
    page = enter("Dilwyn Pryce").get(f"/supervision/sessions/{share.pk}/").content.decode()
    assert "What was it like for you to hear it?" in page
    assert rows(SessionShare, "tariq").get().client_agreed_at is None


def test_one_client_said_no_to_one_session_and_some_wait_to_be_brought(made: Practice) -> None:
    refused = SessionRefusal.objects.for_the_practice(WHY).get()
    assert (refused.client_id, refused.session.number) == (record_of("colm").pk, 8)
    assert agreed(record_of("priya"), Term.ANALYSIS)
    assert not rows(Transcript, "priya")


def test_nothing_happened_in_the_future(made: Practice) -> None:
    now = timezone.now()
    for model in apps.get_models():
        if not model.__module__.startswith("holdfast_web."):
            continue
        for field in model._meta.concrete_fields:
            place = f"{model._meta.label_lower}.{field.attname}"
            if isinstance(field, models.DateTimeField) and place not in AHEAD:
                late = model._base_manager.filter(**{f"{field.attname}__gt": now})
                assert not late.exists(), place


def test_its_audit_holds_and_runs_from_the_past_to_now(made: Practice) -> None:
    assert verify().problems == ()
    moments = list(Event.objects.order_by("place").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert timezone.now() - moments[0] > timedelta(days=140)
    assert Event.objects.order_by("place").last().what == "demo.made"


def test_none_of_its_letters_is_sent(made: Practice) -> None:
    assert mail.outbox == []
    assert connection.run_on_commit == []


def test_a_second_one_is_not_made_over_it(made: Practice) -> None:
    with pytest.raises(Refused, match="already"):
        make_demo()


@pytest.mark.parametrize("key", PATIENTS)
def test_the_same_seed_gives_the_same_answers(key: str) -> None:
    assert ratings_of(PATIENTS[key], the_cast()) == ratings_of(PATIENTS[key], the_cast())
    assert questionnaires_of(PATIENTS[key]) == questionnaires_of(PATIENTS[key])


@pytest.mark.parametrize("hour", [0, 7, 13, 23])
@pytest.mark.parametrize("day", range(7))
def test_at_any_hour_of_any_day_the_last_session_is_over(day: int, hour: int) -> None:
    now = datetime(2026, 3, 23 + day, hour, 30, tzinfo=UTC)
    for patient in PATIENTS.values():
        calendar = calendar_of(patient, now, ZoneInfo("Europe/London"))
        assert timedelta(hours=3) <= now - calendar.starts[-1] < timedelta(days=8)
        assert calendar.after(patient.sessions, hours=30) < now
        assert {one.time() for one in calendar.starts} == {patient.slot[1]}


def test_the_page_of_doors_shows_everybody_and_says_that_nobody_exists(made: Practice) -> None:
    page = Browser().get("/demo/").content.decode()
    assert "Nobody in here exists" in page
    for person in Person.objects.all():
        assert f"Look as {person.name}</button>" in page


@pytest.mark.parametrize("name", [one.name for one in (*the_cast().staff, *the_cast().patients)])
def test_a_door_leads_to_the_first_page_of_that_person(made: Practice, name: str) -> None:
    page = enter(name).get("/")
    assert page.status_code == 200
    assert name in page.content.decode()
    assert "Look as somebody else" in page.content.decode()


def test_one_can_go_through_one_door_after_another(made: Practice) -> None:
    browser = enter("Imogen Hartley")
    kit = Person.objects.get(name="Kit Lowry")
    browser.post(f"/demo/as/{kit.pk}/")
    assert browser.get("/me/course/").status_code == 200


def test_going_through_a_door_counts_as_a_fresh_sign_in(made: Practice) -> None:
    assert enter("Dilwyn Pryce").get("/emergency/").status_code == 200


def test_who_is_not_signed_in_comes_to_the_doors(made: Practice) -> None:
    assert Browser().get("/").headers["Location"].startswith("/demo/")


def test_a_door_is_only_there_for_people_of_the_story(made: Practice) -> None:
    other = Person.objects.create_person(
        email="somebody@example.org", name="Somebody Else", role=Role.OWNER
    )
    assert Browser().post(f"/demo/as/{other.pk}/").status_code == 404
    assert Browser().get(f"/demo/as/{other.pk}/").status_code == 405


def test_who_changed_a_password_here_is_told_to_use_it(made: Practice) -> None:
    ruth = Person.objects.get(name="Ruth Adeyemi")
    ruth.set_password("quite another one, and long")
    ruth.save()
    browser = Browser()
    answer = browser.post(f"/demo/as/{ruth.pk}/", follow=True)
    assert "was changed here" in answer.content.decode()
