"""A therapist's caseload, ready for the page: the same number of queries for 3 clients and 60."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.queries import AgreementStanding, standing_of_agreements
from holdfast_web.audit.witness import clinical_read, witness_each
from holdfast_web.care.models import Client
from holdfast_web.dashboards.rules import CLEAREST, LATE, Due, Group, Line, Need, grouped, short_day
from holdfast_web.encounters.queries import own_clients, planned_starts
from holdfast_web.engine.courses import ALERT, is_alliance, sparkline
from holdfast_web.fit.due import reviews_waiting
from holdfast_web.inbox.queries import concerns_waiting
from holdfast_web.lib.addresses import address_of_each
from holdfast_web.measures.models import SafetyAnswer, Sheet, Signal
from holdfast_web.measures.queries.noticing import standings
from holdfast_web.measures.standing import CHECK_IN
from holdfast_web.vault.fields import sealed_field
from holdfast_web.vault.keys import open_keys

NAME = sealed_field(Client, "name")
CONCERN = Due("said that something doesn’t feel right", Need.TODAY)
WISH = Due("would like to talk about something", Need.TODAY)
GUESS_FIRST = "Something stands out: your guess comes first"


@dataclass(slots=True)
class Open:
    """What of one client's sheets is open: the client's own, and guesses still to be made.

    ``unguessed`` are the sessions whose check-in is kept back until the guess is made.
    """

    asked: list[tuple[datetime, str]] = field(default_factory=list)
    guesses: list[tuple[datetime, int | None]] = field(default_factory=list)
    unguessed: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class Stands:
    """What stands out with one client: titles of open alerts, and days by which to do something."""

    titles: list[str] = field(default_factory=list)
    promised: list[date] = field(default_factory=list)


@clinical_read
def caseload(*, viewer: Person) -> tuple[Group, ...]:
    """Return a therapist's own clients in groups: what needs care first.

    Each source is asked once, for every record that is open to the viewer; what belongs to a
    record opened in an emergency finds no line here.
    """
    ids = own_clients(viewer)
    open_keys(ids)
    sheets, planned = _sheets(viewer), planned_starts(viewer=viewer)
    own, address_of = frozenset(ids), address_of_each("dashboards:relationship")
    waiting = {pk: one.unguessed for pk, one in sheets.items() if pk in own}
    known = standings(viewer=viewer, waiting=waiting)
    # Standings tell of themselves; whoever has none yet is shown all the same.
    witness_each("caseload.viewed", by=viewer, client_ids=[pk for pk in ids if pk not in known])
    signals = _signals(viewer, sheets)
    safety, wishes = _safety(viewer)
    due = _due(viewer, wishes, sheets, planned, signals)
    clients, today = Client.objects.seen_by(viewer), timezone.localdate()
    return grouped(
        Line(
            client_id=pk,
            name=NAME.open_value(name, pk, pk),
            address=address_of(pk),
            next_at=_next(planned.get(pk, ()), today),
            safety_since=safety.get(pk),
            signals=tuple(signals[pk].titles),
            due=tuple(due[pk]),
            **_trend(known.get(pk, {})),
        )
        for pk, name in clients.values_list("pk", "name")
        if pk in own
    )


def _trend(trend: Mapping[str, Any]) -> dict[str, Any]:
    values: list[float | None] = trend.get("values") or []
    if not values:
        return {}
    return {
        "last": trend.get("last"),
        "usual": trend.get("usual"),
        "skipped": values[-1] is None,
        "picture": sparkline(values),
    }


def _sheets(viewer: Person) -> Mapping[UUID, Open]:
    rows = Sheet.objects.seen_by(viewer).filter(handed_in_at=None, skipped_at=None)
    found, now = defaultdict[UUID, Open](Open), timezone.now()
    for client_id, respondent, name, due_at, session_id, number in rows.order_by(
        "due_at"
    ).values_list(
        "client_id", "respondent", "instrument", "due_at", "session_id", "session__number"
    ):
        of_client, is_guess = found[client_id], respondent == Sheet.Respondent.THERAPIST
        if is_guess and name == CHECK_IN and session_id is not None:
            of_client.unguessed.append(session_id)
        if due_at > now:
            continue
        if is_guess:
            of_client.guesses.append((due_at, number))
        else:
            of_client.asked.append((due_at, name))
    return found


def _safety(viewer: Person) -> tuple[dict[UUID, datetime], list[UUID]]:
    """Return since when an answer may mean danger, and who only wishes to talk about something."""
    rows = SafetyAnswer.objects.seen_by(viewer).filter(acknowledged_at=None)
    urgent, wishes = {}, []
    for client_id, is_urgent, since in rows.values_list("client_id", "urgent").annotate(
        Min("came_at")
    ):
        if is_urgent:
            urgent[client_id] = since
        else:
            wishes.append(client_id)
    return urgent, wishes


def _signals(viewer: Person, sheets: Mapping[UUID, Open]) -> Mapping[UUID, Stands]:
    """Return what stands out; no title that would give away a rating before the guess."""
    found: Mapping[UUID, Stands] = defaultdict(Stands)
    rows = Signal.objects.seen_by(viewer).filter(
        Q(attention=ALERT, status=Signal.Status.OPEN)
        | Q(status=Signal.Status.ANSWERED, by_when__lte=timezone.localdate())
    )
    for row in sorted(rows, key=lambda one: (-one.session_number, one.name not in CLEAREST)):
        stands = found[row.client_id]
        if row.status == Signal.Status.ANSWERED:
            stands.promised.append(row.by_when or timezone.localdate())
            continue
        guesses = sheets[row.client_id].guesses if is_alliance(row.instrument) else []
        hidden = any(row.came_at >= due_at for due_at, _ in guesses)
        title = GUESS_FIRST if hidden else row.told["title"]
        if title not in stands.titles:
            stands.titles.append(title)
    return found


def _due(
    viewer: Person,
    wishes: Sequence[UUID],
    sheets: Mapping[UUID, Open],
    planned: Mapping[UUID, Sequence[datetime]],
    signals: Mapping[UUID, Stands],
) -> Mapping[UUID, list[Due]]:
    found: Mapping[UUID, list[Due]] = defaultdict(list)
    for source in (
        ((pk, CONCERN) for pk in concerns_waiting(viewer)),
        ((pk, WISH) for pk in wishes),
        ((pk, one) for pk, stands in signals.items() for one in _promised(stands)),
        ((pk, one) for pk, starts in planned.items() for one in _still_open(starts)),
        ((pk, one) for pk, of_client in sheets.items() for one in _of_sheets(of_client)),
        (
            (pk, Due(one.for_therapist))
            for pk, one in reviews_waiting(viewer).items()
            if one.for_therapist
        ),
        (
            (pk, one)
            for pk, standing in standing_of_agreements(viewer=viewer).items()
            for one in _of_agreement(standing)
        ),
    ):
        for client_id, due in source:
            found[client_id].append(due)
    return found


def _promised(stands: Stands) -> Iterator[Due]:
    if stands.promised:
        yield Due(f"what you meant to do by {short_day(min(stands.promised))}")


def _next(starts: Sequence[datetime], today: date) -> datetime | None:
    return next((one for one in starts if timezone.localdate(one) >= today), None)


def _still_open(starts: Sequence[datetime]) -> Iterator[Due]:
    if starts and timezone.localdate(starts[0]) < timezone.localdate():
        yield Due(f"say what became of the session of {short_day(starts[0])}")


def _of_sheets(open_now: Open) -> Iterator[Due]:
    for _, number in open_now.guesses:
        yield Due(f"your guess for session {number}" if number else "your guess")
    if open_now.asked:
        since, name = open_now.asked[0]
        late = timezone.now() - since > LATE
        what = "check-in" if name == CHECK_IN else "questionnaire"
        others = f" and {len(open_now.asked) - 1} more" if len(open_now.asked) > 1 else ""
        words = f"{what}{others} open since {short_day(since)}"
        yield Due(words, Need.THOUGHT if late else Need.STEADY)


def _of_agreement(standing: AgreementStanding) -> Iterator[Due]:
    if standing.open_proposal_by_client:
        yield Due("a proposal for the agreement to answer")
    if standing.questions_open:
        yield Due("a question about the agreement to answer")
    if standing.status == "none":
        yield Due("no working agreement yet")
    if standing.overdue:
        yield Due(f"the agreement to be looked at again since {short_day(standing.review_on)}")
