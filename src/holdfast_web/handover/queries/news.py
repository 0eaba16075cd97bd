"""What of changes and endings a first page leads to, and the one gentle line about changing."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse

from holdfast_web.accounts.models import Person
from holdfast_web.agreements import standing
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.models import Client
from holdfast_web.encounters.models import Session
from holdfast_web.handover import rules
from holdfast_web.handover.endings import is_running
from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.handover.rows import endings, latest_of, waiting_for

AFTER = (1, 3, 6)
"""After which sessions the line stands on the client's first page (our own choice)."""
PUT_AWAY = "change_line"
"""The cookie that says after which session a browser has put that line away."""
News = tuple[str, str, str]


@not_clinical("that something waits for the client, and nothing of it")
def news_of(client: Client) -> tuple[News, ...]:
    """Return what a client's first page leads to: a title, an address, a few words."""
    return (*_change(client), *_ending(client))


@not_clinical("the number of one's own sessions")
def session_to_ask_after(client: Client, *, viewer: Person) -> int | None:
    """Return the session after which a client is reminded that they can change; mostly none."""
    rows = Session.objects.seen_by(viewer, of=client.pk)
    held = rows.filter(standing.is_running("care__"), care__ends_at=None)
    last: int | None = held.aggregate(last=Max("number"))["last"]
    return last if last in AFTER else None


@not_clinical("that there is a change or an ending to lead to, for the client’s therapist")
def led_to(viewer: Person, client: Client) -> dict[str, bool]:
    """Return which pages a therapist's page of a client leads to."""
    row = latest_of(client)
    known = row is not None and (rules.knows(viewer, row) or rules.came_by(viewer, row))
    return {"change": known, "ending": any(is_running(one) for one in _endings(client))}


@not_clinical("how many changes wait, for a first page; names nobody")
def changes_waiting_for(viewer: Person) -> int:
    """Return how many changes wait for whoever comes next, or for the practice."""
    return len(waiting_for(viewer))


def _change(client: Client) -> Iterator[News]:
    row = latest_of(client)
    if row is None or row.state not in rules.OPEN or row.care.ends_at is not None:
        return
    about = "You decide each step, and can take it back."
    if row.by_practice and row.client_agreed_at is None:
        about = "The practice needs it. You choose who comes next, and what they learn."
    elif row.state == HandOver.State.AGREED:
        about = "You have agreed. It isn’t settled yet."
    yield "Your change of therapist", reverse("handover:change"), about


def _ending(client: Client) -> Iterator[News]:
    if any(is_running(one) for one in _endings(client)):
        about = "A last session is proposed. You can both write, and change it."
        yield "Coming to an end", reverse("handover:my_ending"), about


def _endings(client: Client) -> list[Ending]:
    return list(endings().filter(client_id=client.pk, taken_back_at=None, ended_at=None))
