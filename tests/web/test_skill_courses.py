"""Skills over sessions: each with its uncertainty and its gaps, for the therapist's eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.queries.skills import ClientSkills, my_skills, skills_of
from holdfast_web.audit.models import Event
from holdfast_web.encounters.models import Session
from holdfast_web.engine.gist import gist_of
from holdfast_web.engine.skill_view import SkillCourse
from holdfast_web.measures.actions.asking import hand_in
from tests.web.asking import all_at, held, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing
from tests.web.transcripts import analysed, brought, consenting

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Browser]


@pytest.fixture
def read(cast: Cast) -> Analysis:
    """Return a reading of the latest of two sessions; the one before was held and not read."""
    consenting(cast, hours_ago=8 * 24)
    return analysed(cast, brought(cast, session=held(cast)))


def course(found: ClientSkills, name: str) -> SkillCourse:
    every = (one for family in found.families for one in family.courses)
    return next(one for one in every if one.name.startswith(name))


def again(first: Analysis, count: int, model: str = "") -> None:
    """Keep the same findings as readings of further sessions, the latest last."""
    rows = Session.objects.for_the_practice("a test")
    session = rows.select_related("care").get(pk=first.transcript.session_id)
    for place in range(count):
        other = Session(
            client=session.client,
            care=session.care,
            starts_at=session.starts_at + timedelta(minutes=place + 1),
            status=session.status,
            number=(session.number or 0) + place + 1,
        )
        other.save()
        kept = first.transcript
        transcript = Transcript(
            client=session.client,
            session=other,
            brought_by=kept.brought_by,
            format=kept.format,
            fingerprint=f"{place}{model}",
            lines=kept.lines,
            roles=kept.roles,
            notes={},
            utterances=kept.utterances,
        )
        transcript.save()
        Analysis(
            client=session.client,
            transcript=transcript,
            edition=1,
            asked_by=first.asked_by,
            state="done",
            ended_at=timezone.now(),
            findings=first.findings,
            gist=first.gist,
            model=model or first.model,
            codebook=first.codebook,
        ).save()


def test_a_reading_keeps_its_gist_without_a_word(read: Analysis) -> None:
    assert read.gist == gist_of(read.findings)
    assert "sister" not in str(read.gist)


def test_a_session_that_was_not_read_is_a_gap_and_never_nought(cast: Cast, read: Analysis) -> None:
    found = skills_of(cast.client, viewer=cast.therapist)
    points = course(found, "reflections_per_").points
    assert (found.held, found.read) == (2, 1)
    assert [(one.label, one.value is None, one.why) for one in points] == [
        ("1", True, "not read"),
        ("2", False, ""),
    ]


def test_a_value_has_its_interval_reference_and_accuracy_beside_it(
    cast: Cast, read: Analysis
) -> None:
    reflections = course(skills_of(cast.client, viewer=cast.therapist), "reflections_per_")
    assert reflections.latest is not None
    assert " to " in reflections.latest.interval
    assert reflections.references[0].startswith("The middle half of ")
    assert reflections.accuracy.startswith("The coder finds ")


def test_too_little_talk_says_so_and_is_no_number(cast: Cast, read: Analysis) -> None:
    point = course(skills_of(cast.client, viewer=cast.therapist), "openings_met_share").points[-1]
    assert point.value is None
    assert point.why.startswith("not enough talk")


def test_another_models_session_is_marked_and_not_joined(cast: Cast, read: Analysis) -> None:
    again(read, 2, model="holdfast-open 9")
    found = skills_of(cast.client, viewer=cast.therapist)
    asked = course(found, "questions_per_")
    assert [one.other for one in asked.points] == [False, True, False, False]
    assert found.others == 1
    assert asked.picture.count('class="open"') == 1
    (line,) = re.findall(r'points="([^"]+)" class="rated"', asked.picture)
    assert len(line.split()) == 2


def test_a_reading_that_was_kept_without_a_gist_is_followed_all_the_same(
    cast: Cast, read: Analysis
) -> None:
    before = course(skills_of(cast.client, viewer=cast.therapist), "talk_share").points
    read.gist = None
    read.save()
    assert course(skills_of(cast.client, viewer=cast.therapist), "talk_share").points == before


def test_the_page_draws_without_a_style_and_has_its_numbers_as_a_table(
    cast: Cast, read: Analysis, sign_in: SignIn
) -> None:
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/skills/").content.decode()
    assert 'class="skill"' in page
    assert "style=" not in page
    assert "<caption" in page
    assert "no grade" in page


def test_what_is_still_experimental_is_folded_away_below_the_rest(
    cast: Cast, read: Analysis, sign_in: SignIn
) -> None:
    for found in (skills_of(cast.client, viewer=cast.therapist), my_skills(viewer=cast.therapist)):
        assert not [one for part in found.families for one in part.courses if one.experimental]
        assert all(one.experimental for part in found.further for one in part.courses)
        assert found.further
    for address in (f"/clients/{cast.client.pk}/skills/", "/my/skills/"):
        page = sign_in(cast.therapist).get(address).content.decode()
        assert page.index('id="family-1"') < page.index("More, still experimental")
        assert page.index("More, still experimental") < page.index('id="family-further-1"')


def test_nothing_is_shown_once_the_client_says_no(cast: Cast, read: Analysis) -> None:
    give_consent(by=cast.client_person, client=cast.client, kind="analysis", given=False)
    found = skills_of(cast.client, viewer=cast.therapist)
    assert not found.agreed
    assert found.families == ()
    assert my_skills(viewer=cast.therapist).read == 0


def test_what_another_therapist_did_is_not_laid_beside_it(cast: Cast, read: Analysis) -> None:
    assert my_skills(viewer=cast.other_therapist).read == 0


def test_the_look_at_a_clients_skills_is_witnessed(cast: Cast, read: Analysis) -> None:
    skills_of(cast.client, viewer=cast.therapist)
    assert Event.objects.filter(what="skills.viewed", client_id=cast.client.pk).count() == 1


def test_only_the_therapist_finds_a_clients_skills(cast: Cast, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/skills/")


def test_nobody_but_a_therapist_has_a_page_of_own_skills_and_it_shows_ones_own(
    cast: Cast, read: Analysis, sign_in: SignIn
) -> None:
    find_nothing(cast, sign_in, "/my/skills/", "owner", "supervisor", "client_person")
    mine = sign_in(cast.therapist).get("/my/skills/").content.decode()
    others = sign_in(cast.other_therapist).get("/my/skills/", {"therapist": str(cast.therapist.pk)})
    assert "Only you see this page" in mine
    assert 'class="skill"' in mine
    assert "No session of yours was read yet" in others.content.decode()


def test_own_skills_by_month_need_three_clients(cast: Cast, read: Analysis) -> None:
    found = my_skills(viewer=cast.therapist, by="month")
    (point,) = next(iter(found.families)).courses[0].points
    assert point.value is None
    assert point.why == "too few clients: 1, at least 3 are needed"
    assert my_skills(viewer=cast.therapist).by == "session"


def test_many_sessions_take_as_many_questions_as_one(cast: Cast, read: Analysis) -> None:
    def asked(look: Callable[[], Any]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look()
        return len(queries)

    looks: tuple[Callable[[], Any], ...] = (
        lambda: skills_of(cast.client, viewer=cast.therapist),
        lambda: my_skills(viewer=cast.therapist),
    )
    before = [asked(look) for look in looks]
    again(read, 6)
    assert [asked(look) for look in looks] == before


def test_technique_beside_feeling_says_how_many_sessions_are_missing(
    cast: Cast, read: Analysis
) -> None:
    reflections = skills_of(cast.client, viewer=cast.therapist).beside[0]
    assert (reflections.sessions, reflections.missing) == (0, 33)
    assert not reflections.enough
    _rate(cast)
    reflections = skills_of(cast.client, viewer=cast.therapist).beside[0]
    assert (reflections.sessions, reflections.missing) == (1, 32)
    assert reflections.words.startswith("Too little to say. One session has both numbers so far")


def test_a_rating_that_waits_for_the_guess_is_not_laid_beside_anything(
    cast: Cast, read: Analysis
) -> None:
    _rate(cast, guess=False)
    assert skills_of(cast.client, viewer=cast.therapist).beside[0].sessions == 0


def _rate(cast: Cast, *, guess: bool = True) -> None:
    sheet = sheet_of(cast)
    hand_in(by=cast.client_person, sheet=sheet, answers=all_at(7), edition=sheet.edition)
    if guess:
        mine = sheet_of(cast, respondent="therapist")
        hand_in(by=cast.therapist, sheet=mine, answers=all_at(8), edition=mine.edition)


def test_what_one_might_look_at_is_no_score_and_names_nothing_whose_error_is_unknown(
    cast: Cast, read: Analysis, sign_in: SignIn
) -> None:
    number = {"n": 40, "missing": None}
    far = [
        {"name": "questions_per_10_minutes", "value": 2.0, "interval": [1.0, 3.0], **number},
        {"name": "encouragers_per_10_minutes", "value": 0.0, "interval": None, **number},
    ]
    read.gist = {"indicators": far, "openings": []}
    again(read, 2)
    read.save()
    (look,) = my_skills(viewer=cast.therapist).looks
    assert look.title == "Questions"
    assert "below the middle half" in look.words
    page = sign_in(cast.therapist).get("/my/skills/").content.decode()
    card = page.partition('id="looks"')[2].partition("</section>")[0].lower()
    assert "you might look at" in card
    assert "there is no grade" in page
    for word in ("score", "rank", "better", "worse", "should"):
        assert word not in card
