"""The caseload: what needs care first, one line each, and no query more for sixty clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess
from holdfast_web.dashboards.queries import caseload
from holdfast_web.dashboards.rules import Due, Line, Need, Thing, grouped, summary
from holdfast_web.encounters.actions import plan_session
from holdfast_web.inbox.models import Concern
from holdfast_web.measures.models import SafetyAnswer, Sheet, Signal
from holdfast_web.vault.keys import opened
from tests.web.conftest import Cast
from tests.web.ratings import PENDING, check_ins, sheet_of

SignIn = Callable[[Any], Browser]


def line_of(cast: Cast, client: Client | None = None) -> Line:
    client = client or cast.client
    forget_access(cast.therapist)
    found = [
        one
        for group in caseload(viewer=cast.therapist)
        for one in group.lines
        if one.client_id == client.pk
    ]
    assert len(found) == 1
    return found[0]


def safety_answer(cast: Cast, care: CareRelationship | None = None) -> SafetyAnswer:
    sheet = sheet_of(care or cast.care, None, None, instrument="phq-9")
    told = {"instrument": "phq-9", "item": "q9", "kind": "risk", "title": "Thoughts of death"}
    return SafetyAnswer.objects.create(client=sheet.client, sheet=sheet, told=told)


def words(line: Line) -> list[str]:
    return [one.words for one in line.due]


def test_a_line_says_the_last_check_in_and_what_is_usual(cast: Cast) -> None:
    check_ins(cast.care, [8, 8.5, None, 7])
    line = line_of(cast)
    assert (line.last, line.usual, line.skipped) == (7, 8.25, False)
    assert line.picture.startswith("<svg")


def test_a_rating_stays_out_until_the_guess_is_in(cast: Cast) -> None:
    check_ins(cast.care, [8, 8, 8, 2], guesses={4: PENDING})
    line = line_of(cast)
    assert line.last == 8
    assert line.signals == ("Something stands out: your guess comes first",)
    assert "your guess for session 4" in words(line)


def test_a_signal_stands_with_its_title_and_lifts_the_line(cast: Cast) -> None:
    check_ins(cast.care, [9, 9, 9, 3])
    line = line_of(cast)
    assert line.need is Need.TODAY
    assert line.things[0] == Thing("A much lower check-in than last time", "tag")


def test_a_note_is_no_alert(cast: Cast) -> None:
    Signal.objects.create(
        client=cast.client,
        instrument="check-in",
        name="ceiling",
        attention="note",
        session_number=3,
        told={"title": "Always the highest", "reason": "", "figures": {}},
    )
    assert line_of(cast).signals == ()


def test_an_answer_that_a_person_must_see_comes_first_of_all(cast: Cast) -> None:
    other = open_record(by=cast.therapist, name="Aa First by name", therapist=cast.therapist)
    check_ins(other, [9, 9, 9, 3])
    safety_answer(cast)
    forget_access(cast.therapist)
    groups = caseload(viewer=cast.therapist)
    assert groups[0].heading == "Needs you today"
    assert groups[0].lines[0].client_id == cast.client.pk
    assert groups[0].lines[0].safety_since is not None


def test_what_somebody_saw_to_no_longer_lifts_a_line(cast: Cast) -> None:
    answer = safety_answer(cast)
    answer.acknowledged_at = timezone.now()
    answer.save(update_fields=("acknowledged_at",))
    assert line_of(cast).safety_since is None


def test_a_wish_to_talk_about_something_is_not_shown_as_danger(cast: Cast) -> None:
    answer = safety_answer(cast)
    answer.urgent = False
    answer.save(update_fields=("urgent",))
    line = line_of(cast)
    assert line.safety_since is None
    assert "would like to talk about something" in [one.words for one in line.due]


def test_a_concern_to_the_therapist_is_told_and_one_to_the_practice_is_not(cast: Cast) -> None:
    Concern.objects.create(client=cast.client, wants="else", to_practice=True)
    assert "said that something doesn’t feel right" not in words(line_of(cast))
    Concern.objects.create(client=cast.client, wants="talk")
    line = line_of(cast)
    assert "said that something doesn’t feel right" in words(line)
    assert line.need is Need.TODAY


def test_a_check_in_left_open_is_worth_a_thought_after_three_days(cast: Cast) -> None:
    due = timezone.now() - timedelta(days=1)
    sheet = sheet_of(cast.care, 1, None)
    Sheet.objects.for_the_practice("a test").update(due_at=due)
    line = line_of(cast)
    assert [one.need for one in line.due if "check-in" in one.words] == [Need.STEADY]
    sheet.due_at = due - timedelta(days=5)
    sheet.save()
    line = line_of(cast)
    assert [one.need for one in line.due if "check-in" in one.words] == [Need.THOUGHT]


def test_a_session_of_which_nobody_said_more_is_told(cast: Cast) -> None:
    plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() - timedelta(days=5)
    )
    soon = timezone.now() + timedelta(days=2)
    plan_session(by=cast.therapist, client=cast.client, starts_at=soon)
    line = line_of(cast)
    assert any(one.startswith("say what became of the session of") for one in words(line))
    assert line.next_at == soon


def test_without_a_working_agreement_a_relationship_is_not_steady(cast: Cast) -> None:
    line = line_of(cast)
    assert words(line) == ["no working agreement yet"]
    assert line.need is Need.THOUGHT


def test_groups_are_ordered_by_need_then_by_who_comes_next() -> None:
    now = timezone.now()

    def line(name: str, **more: Any) -> Line:
        return Line(uuid4(), name, **more)

    groups = grouped(
        [
            line("Steady"),
            line("Thought", due=(Due("something"),)),
            line("Signal later", signals=("A",), next_at=now + timedelta(days=3)),
            line("Signal sooner", signals=("A",), next_at=now + timedelta(days=1)),
            line("Safety", safety_since=now),
        ]
    )
    assert [[one.name for one in group.lines] for group in groups] == [
        ["Safety", "Signal sooner", "Signal later"],
        ["Thought"],
        ["Steady"],
    ]
    assert summary(groups) == "3 need you today, one is worth a thought, one is steady."


def test_a_line_shows_two_things_and_counts_the_rest() -> None:
    due = (Due("a", Need.STEADY), Due("b"), Due("c", Need.TODAY))
    line = Line(uuid4(), "Cleo", signals=("A", "B"), due=due)
    assert [(one.words, one.kind, one.roomy) for one in line.things] == [
        ("A", "tag", False),
        ("c", "", True),
    ]
    assert (line.more, line.more_beside_one) == (3, 4)


def test_an_emergency_brings_nobody_into_the_caseload(cast: Cast) -> None:
    EmergencyAccess.objects.create(
        client=cast.other_client,
        person=cast.therapist,
        reason="On the bridge.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    forget_access(cast.therapist)
    ids = [one.client_id for group in caseload(viewer=cast.therapist) for one in group.lines]
    assert ids == [cast.client.pk]


def test_the_page_shows_own_clients_alone_and_each_look_is_witnessed(
    cast: Cast, sign_in: SignIn
) -> None:
    check_ins(cast.care, [8, 7])
    page = sign_in(cast.therapist).get("/").content.decode()
    assert "Cleo Client" in page
    assert "Dara Different" not in page
    seen = Event.objects.filter(what="caseload.viewed", actor_id=cast.therapist.pk)
    assert set(seen.values_list("client_id", flat=True)) == {cast.client.pk}


def test_the_title_of_the_page_names_nobody(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.therapist).get("/").content.decode()
    assert "<title>My clients · Holdfast</title>" in page


def test_a_client_without_a_check_in_is_witnessed_too(cast: Cast) -> None:
    caseload(viewer=cast.therapist)
    seen = Event.objects.filter(what="caseload.viewed", client_id=cast.client.pk)
    assert seen.exists()


@pytest.mark.parametrize("who", ["owner", "supervisor", "client_person"])
def test_nobody_else_comes_to_the_sessions_of_a_therapist(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    assert sign_in(cast[who]).get("/sessions/").status_code == 404


def test_a_therapist_without_clients_is_shown_how_to_begin(cast: Cast, sign_in: SignIn) -> None:
    cast.care.starts_at = timezone.now() - timedelta(days=9)
    cast.care.ends_at = timezone.now() - timedelta(days=1)
    cast.care.save()
    page = sign_in(cast.therapist).get("/").content.decode()
    assert "Nobody is in your care yet" in page


def test_sixty_clients_take_as_many_queries_as_three(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.therapist)
    _fill(cast, 2)
    few = _queries(browser)
    _fill(cast, 57)
    many = _queries(browser)
    assert (many.names, len(many.asked)) == (60, len(few.asked)), _more(few, many)


class _Asked:
    def __init__(self, page: str, asked: list[str]) -> None:
        self.names, self.asked = page.count("data-name="), asked


def _queries(browser: Browser) -> _Asked:
    browser.get("/")
    with CaptureQueriesContext(
        connection,
    ) as found:
        response = browser.get("/")
    assert response.status_code == 200
    return _Asked(response.content.decode(), [one["sql"] for one in found.captured_queries])


def _more(few: _Asked, many: _Asked) -> str:
    return "\n".join(one[:300] for one in many.asked)


def _fill(cast: Cast, count: int) -> None:
    """Add clients of all kinds: dips, guesses to come, open sheets, answers to see, concerns."""
    with opened():
        for place in range(count):
            care = open_record(by=cast.therapist, name=f"Client {place}", therapist=cast.therapist)
            care.client.save()
            values = [8, 8, 8, 3 if place % 3 == 0 else 8]
            check_ins(care, values, guesses={4: PENDING} if place % 4 == 1 else None)
            plan_session(
                by=cast.therapist,
                client=care.client,
                starts_at=timezone.now() + timedelta(days=1 + place % 5),
            )
            if place % 5 == 0:
                safety_answer(cast, care)
            if place % 2 == 0:
                Concern.objects.create(client=care.client, wants="talk", words="Too fast.")
