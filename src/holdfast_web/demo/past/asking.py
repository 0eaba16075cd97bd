"""Who asked for help: what they told, what a person answered, whom they would like to work with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial

from holdfast_web.care.actions import change_practice
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import Practice
from holdfast_web.demo.cast import Cast, Told
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.engine.forms import form_of
from holdfast_web.fit.actions.answering import decide_intake, see_intake
from holdfast_web.fit.actions.beginning import begin_intake
from holdfast_web.fit.actions.choosing import choose_therapist, let_the_practice_choose
from holdfast_web.fit.actions.filling import hand_in_sheet
from holdfast_web.fit.actions.profiles import save_profile
from holdfast_web.fit.actions.telling import go_on, hand_in_intake, tell
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import Door, behind
from holdfast_web.fit.pages import ORDER, Page
from holdfast_web.measures.actions.safety import acknowledge_safety
from holdfast_web.measures.models import SafetyAnswer

KINDS = {
    "brings": "words",
    "hopes": "words",
    "problems": "problems",
    "practical": "practical",
    "times": "practical",
    "needs": "practical",
    "contact": "contact",
}
A_LITTLE = dt.timedelta(minutes=2)
WHY = "an invented therapist saw to it"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who asked for help, and when they began."""

    told: Told
    begun: dt.datetime

    @property
    def key(self) -> str:
        """Whose it is, among what was made."""
        return str(self.told["key"])

    def door(self, stage: Stage) -> Door:
        """Return how they come to their own intake."""
        found: Door = stage.made["door", self.key]
        return found


def opened_to_all(cast: Cast, at: dt.datetime) -> Iterator[Beat]:
    """Tell how the practice opened its first page, and how therapists described themselves."""
    yield Beat(at, partial(_open, cast), opens=True)
    for days, (key, told) in enumerate(cast.asking["profile"].items(), start=1):
        yield Beat(at + dt.timedelta(days=days), partial(_describe, key, told))


def asked(cast: Cast, now: dt.datetime) -> Iterator[Beat]:
    """Tell what became of everybody who asked for help."""
    for told in cast.asking["asked"]:
        one = Asked(told, now - dt.timedelta(days=told["days"], hours=3))
        yield Beat(one.begun, partial(_begin, one))
        last = yield from _told(one)
        reads = cast.asking["reads"]
        if "seen_to" in told:
            seen = last + dt.timedelta(hours=told["seen_to"]["hours"])
            yield Beat(seen, partial(_see_to, one, reads))
        if "decided" in told:
            answered = now - dt.timedelta(days=told["decided"]["days"], hours=2)
            yield Beat(answered, partial(_decide, one, reads), opens=True)
        if "chose" in told:
            yield Beat(answered + dt.timedelta(hours=21), partial(_choose, one))


def _told(one: Asked) -> Generator[Beat, None, dt.datetime]:
    """Tell page by page what somebody told; return when the last one was sent."""
    at = one.begun
    pages = {**one.told["told"], **one.told["sheets"]}
    for key in sorted(pages, key=ORDER.index):
        at += A_LITTLE
        yield Beat(at, _page(one, key), opens="seen_to" in one.told)
        if key == "now" and "seen_to" in one.told:
            at += A_LITTLE
            yield Beat(at, partial(_go_on, one))
    if not one.told.get("half_way"):
        at += A_LITTLE
        yield Beat(at, partial(_hand_in, one), opens=True)
    return at


def _page(one: Asked, key: str) -> Callable[[Stage], None]:
    if key in one.told["sheets"]:
        return partial(_fill, one, key)
    return partial(_tell, one, key)


def _open(cast: Cast, stage: Stage) -> None:
    values = {"intake": stage.people[cast.asking["reads"]], "intake_is_open": True}
    practice = the_practice()
    assert isinstance(practice, Practice)  # noqa: S101 - it was founded days before
    change_practice(by=stage.people[cast.owner.key], practice=practice, values=values)


def _describe(key: str, told: Told, stage: Stage) -> None:
    save_profile(by=stage.people[key], told=told, edition=0)


def _begin(one: Asked, stage: Stage) -> None:
    token = begin_intake(by=None, name=one.told["name"].split()[0])
    stage.made["door", one.key] = Door(token=token)


def _tell(one: Asked, key: str, stage: Stage) -> None:
    page = Page(key, "", KINDS.get(key, "ours"))
    tell(door=one.door(stage), page=page, answers=one.told["told"][key], edition=0)


def _fill(one: Asked, instrument: str, stage: Stage) -> None:
    names = [line.name for line in form_of(instrument).questions if line.kind != "text"]
    answers = dict(zip(names, one.told["sheets"][instrument], strict=True))
    page = Page(instrument, "", "questionnaire", instrument=instrument)
    hand_in_sheet(door=one.door(stage), page=page, answers=answers, edition=1)


def _go_on(one: Asked, stage: Stage) -> None:
    go_on(door=one.door(stage))


def _hand_in(one: Asked, stage: Stage) -> None:
    hand_in_intake(door=one.door(stage))


def _see_to(one: Asked, reads: str, stage: Stage) -> None:
    seen, intake = one.told["seen_to"], behind(one.door(stage))
    see_intake(by=stage.people[reads], intake=intake)
    rows = SafetyAnswer.objects.for_the_practice(WHY)
    for answer in rows.filter(client_id=intake.client_id, acknowledged_at=None):
        if answer.told["item"] == seen["item"]:
            acknowledge_safety(by=stage.people[reads], answer=answer, done=seen["done"])


def _decide(one: Asked, reads: str, stage: Stage) -> None:
    intake, decided = behind(one.door(stage)), one.told["decided"]
    decide_intake(
        by=stage.people[reads],
        intake=intake,
        decision=decided["decision"],
        words=decided["words"],
        edition=intake.edition,
        urgency=one.told.get("urgency", Intake.Urgency.USUAL),
    )


def _choose(one: Asked, stage: Stage) -> None:
    chosen = one.told["chose"]
    if chosen == "the practice":
        let_the_practice_choose(door=one.door(stage))
    else:
        choose_therapist(door=one.door(stage), therapist_id=stage.people[chosen].pk)
