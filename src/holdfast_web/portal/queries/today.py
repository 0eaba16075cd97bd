"""Today: what waits for a client, what comes next, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from django.urls import reverse

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.queries.glance import Waiting, waiting_for_client
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.analysis.queries.mine import waiting_in_sessions
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.queries import emergencies_of
from holdfast_web.care.rules import is_client
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import next_session
from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.fit.due import review_waiting
from holdfast_web.goals.models import Help
from holdfast_web.goals.queries import helps_of
from holdfast_web.handover.queries.news import news_of
from holdfast_web.inbox.queries import has_new_answer
from holdfast_web.lib.refusals import NotYours
from holdfast_web.lib.templatetags.holdfast import day
from holdfast_web.measures.queries.asking import Due, sheets_due

SECONDS_A_QUESTION = 12
AGREEMENT = "/me/agreement/"


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits; ``long`` says how long it takes."""

    title: str
    url: str
    about: str = ""
    long: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page shows.

    Attributes
    ----------
    first
        What comes first, with the one big button: the last session's check-in, if it waits.
    tasks
        What else waits.
    welcome
        Whether nothing has begun yet, so that the page leads through the first steps.
    offered
        Whether a first agreement is there to be read.
    helps
        The first thing that helps, in the client's words.
    """

    first: Task | None
    tasks: tuple[Task, ...]
    session: Session | None
    welcome: bool
    offered: bool
    helps: str


@clinical_read
def today_of(client: Client, *, viewer: Person) -> Today:
    """Return a client's first page, for the client."""
    if not is_client(viewer, client):
        raise NotYours
    due = sheets_due(client, viewer=viewer)
    check_ins = sorted((one for one in due if one.is_check_in), key=_when, reverse=True)
    sheets = [_sheet(one) for one in (*check_ins, *(one for one in due if not one.is_check_in))]
    first = sheets.pop(0) if check_ins else None
    waits = waiting_for_client(client, viewer=viewer)
    welcome = not agreed(client, Term.AGREEMENT) and not _has_begun(client, viewer)
    witness("today.viewed", by=viewer, client_id=client.pk)
    kept = (one for one in helps_of(client, viewer=viewer) if one.status == Help.Status.KEPT)
    return Today(
        first=first,
        tasks=(
            *_news(client, viewer),
            *(Task(*one) for one in news_of(client)),
            *_agreement(waits, welcome),
            *_review(client),
            *sheets,
        ),
        session=next_session(client, viewer=viewer),
        welcome=welcome,
        offered=waits.offer,
        helps=next((one.words for one in kept), ""),
    )


def _when(due: Due) -> float:
    return (due.session.starts_at if due.session else due.due_at).timestamp()


def _sheet(due: Due) -> Task:
    url = reverse("measures:sheet", args=(due.id,))
    about = _about(due.session) if due.session else ""
    if due.is_check_in:
        return Task("How was the session?", url, about, _long(due, "less than a minute"))
    return Task(due.title, url, about, _long(due, _minutes(due)))


def _about(session: Session) -> str:
    said = day(session.starts_at)
    if said in ("today", "yesterday"):
        return f"About {said}’s session."
    return f"About the session of {said}."


def _long(due: Due, fresh: str) -> str:
    return "You have begun it; go on where you were." if due.begun else f"Takes {fresh}."


def _minutes(due: Due) -> str:
    try:
        questions = len(form_of(due.sheet.instrument).questions)
    except NoSuchForm:
        return "a few minutes"
    minutes = ceil(questions * SECONDS_A_QUESTION / 60)
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"


def _news(client: Client, viewer: Person) -> Iterator[Task]:
    if emergencies_of(client).exists():
        yield Task(
            "Your record was opened in an emergency",
            reverse("portal:opened"),
            "By somebody who isn’t your therapist. See who, when, and what that means.",
        )
    if has_new_answer(client, viewer=viewer):
        yield Task(
            "There is an answer to what you said",
            reverse("portal:not_right"),
            "About what didn’t feel right.",
        )
    shown, asked = waiting_in_sessions(client, viewer=viewer)
    if shown:
        yield Task(
            "Something of a session is shown to you",
            reverse("analysis:my_session", args=(shown,)),
            "Your therapist chose it for you.",
        )
    if asked:
        yield Task(
            "May a session be shared with a supervisor?",
            reverse("analysis:my_session", args=(asked,)),
            "You see which lines, with whom and for how long, and say yes or no.",
        )


def _agreement(waits: Waiting, welcome: bool) -> Iterator[Task]:
    if waits.offer and not welcome:
        yield Task(
            "What we agree on",
            AGREEMENT,
            "How the two of you work together. Read it, ask about it, say yes or no.",
            "Takes about ten minutes, and can wait until you have time.",
        )
    if waits.proposal:
        yield Task("A change to what you agreed", AGREEMENT, "Your therapist proposes it.")
    if waits.questions:
        yield Task("A question about what you agreed", AGREEMENT, "Your therapist asks.")
    if waits.consents:
        yield Task(
            "Your yes or no is asked",
            AGREEMENT,
            "Without an answer it is a no, and a no changes nothing in your therapy.",
        )
    if waits.shares:
        yield Task(
            "May something be shared with a supervisor?",
            reverse("agreements:my_shares"),
            "You see what, with whom and for how long, and say yes or no.",
        )
    if waits.review:
        yield Task("Time to look at what you agreed", AGREEMENT, "Does it still fit you both?")


def _review(client: Client) -> Iterator[Task]:
    waits = review_waiting(client)
    if waits is None or not waits.for_client:
        return
    begun = waits.open_id is not None and waits.due is None
    url = reverse("fit:my_review", args=(waits.open_id,)) if begun else reverse("fit:my_reviews")
    yield Task(
        "A look at how it goes",
        url,
        "Is it helping, and what would you change? Your therapist writes too, then you talk.",
        "Five questions, and any may stay open.",
    )


def _has_begun(client: Client, viewer: Person) -> bool:
    rows = Session.objects.seen_by(viewer).filter(client=client, status=Session.Status.HELD)
    return bool(rows.exists())
