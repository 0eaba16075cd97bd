"""What is noticed when something is handed in, and what people do about it.

The actions themselves lie beside each other in ``signals``, ``ruptures`` and ``safety``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.engine.courses import noticed
from holdfast_web.measures.actions.ruptures import add_step, log_rupture, resolve_rupture
from holdfast_web.measures.actions.safety import acknowledge_safety
from holdfast_web.measures.actions.signals import answer_signal, close_signal, read_signal
from holdfast_web.measures.history import History, history_of, sheets_of
from holdfast_web.measures.models import SafetyAnswer, Sheet, Signal, Standing
from holdfast_web.measures.raising import safety_answers_in
from holdfast_web.measures.standing import CHECK_IN, trend_of
from holdfast_web.measures.telling import tell_of_safety

__all__ = [
    "acknowledge_safety",
    "add_step",
    "answer_signal",
    "close_signal",
    "log_rupture",
    "notice",
    "notice_told",
    "read_signal",
    "resolve_rupture",
    "stand_anew",
]

WHY = "what was handed in is compared with what was before; nobody sees it"


@action
def notice(sheet: Sheet, *, by: Person | None) -> None:
    """Look at a client's course after a sheet was handed in, skipped, or left open once more.

    New signals and safety answers are written, the standing is worked out anew, and whoever must
    know of an urgent answer is told once the transaction has held. What was noticed before is
    never noticed twice.

    Parameters
    ----------
    sheet
        As it was saved: the client's, or the therapist's guess.
    by
        Who handed it in; ``None`` for a link in the waiting room, or for the clockwork.
    """
    _one_at_a_time(sheet.client_id)
    answers = SafetyAnswer.objects.bulk_create(safety_answers_in(sheet))
    history = history_of(sheets_of(Sheet.objects.for_the_practice(WHY), sheet.client_id))
    signals = _signals(sheet, history)
    if sheet.instrument == CHECK_IN:
        _stand(sheet.client_id, history)
    witness(
        "course.noticed",
        by=by,
        client_id=sheet.client_id,
        subject=sheet,
        signals=len(signals),
        answers=len(answers),
    )
    urgent = [one.pk for one in answers if one.urgent]
    if urgent:
        _tell_once_it_holds(urgent)


@action
def notice_told(*, by: Person | None, client: Client, told: Sequence[Mapping[str, str]]) -> int:
    """Raise what somebody told outside a questionnaire and a person must see, each thing once.

    Parameters
    ----------
    by
        Who told it; ``None`` without an account.
    told
        ``{"instrument", "item", "kind", "title", "answer"}`` each.
    """
    _one_at_a_time(client.pk)
    rows = SafetyAnswer.objects.for_the_practice("an answer is raised once")
    known = {one.told["item"] for one in rows.filter(client=client, sheet=None)}
    fresh = [one for one in told if one["item"] not in known]
    answers = SafetyAnswer.objects.bulk_create(
        SafetyAnswer(client=client, told=dict(one)) for one in fresh
    )
    witness("course.noticed", by=by, client_id=client.pk, signals=0, answers=len(answers))
    if answers:
        _tell_once_it_holds([one.pk for one in answers])
    return len(answers)


@action
def stand_anew(*, by: Person | None, client_id: UUID) -> None:
    """Work out a client's standing from their sheets, as after a restore or an import."""
    _one_at_a_time(client_id)
    rows = Sheet.objects.for_the_practice("a standing is worked out anew")
    _stand(client_id, history_of(sheets_of(rows, client_id)))
    witness("course.noticed", by=by, client_id=client_id, signals=0, answers=0)


def _tell_once_it_holds(urgent: list[UUID]) -> None:
    def tell() -> None:
        tell_of_safety(urgent)

    # A mail server that fails must not undo what was handed in; the clockwork tries again.
    transaction.on_commit(tell, robust=True)


def _one_at_a_time(client_id: UUID) -> None:
    """Hold the client's row: two sheets handed in at once are noticed one after the other."""
    rows = Client.objects.for_the_practice(WHY).select_for_update(no_key=True)
    rows.filter(pk=client_id).values_list("pk").first()


def _signals(sheet: Sheet, history: History) -> list[Signal]:
    points = history.of(sheet.instrument)
    # A rating bears on its own session and later ones; the one before may have been left open.
    since = _place(sheet, history) - 1
    course = {sheet.instrument: [one.rated() for one in points]}
    rows = Signal.objects.for_the_practice(WHY)
    known = set(
        rows.filter(
            client_id=sheet.client_id, instrument=sheet.instrument, session_number__gte=since
        ).values_list("name", "session_number")
    )
    fresh = [
        Signal(
            client_id=sheet.client_id,
            instrument=one.instrument,
            name=one.name,
            attention=one.attention,
            session_number=one.session,
            told={"title": one.title, "reason": one.reason, "figures": _finite(one.figures)},
        )
        for one in noticed(str(sheet.client_id), course)
        if one.session >= since and (one.name, one.session) not in known
    ]
    return list(Signal.objects.bulk_create(fresh))


def _place(sheet: Sheet, history: History) -> int:
    if sheet.session_id is not None and sheet.session_id in history.sessions:
        return history.sessions[sheet.session_id]
    return next(
        (one.session for one in history.of(sheet.instrument) if one.sheet.pk == sheet.pk), 1
    )


def _stand(client_id: UUID, history: History) -> None:
    rows = Standing.objects.for_the_practice(WHY)
    standing = rows.filter(client_id=client_id).defer("trend").first()
    trend = trend_of(history.of(CHECK_IN))
    if standing is None:
        Standing.objects.create(client_id=client_id, trend=trend)
        return
    standing.trend = trend
    standing.save(update_fields=("trend", "changed_at"))


def _finite(figures: dict[str, float]) -> dict[str, float]:
    """Return figures that JSON can hold: what wasn't a number is left out."""
    return {name: value for name, value in figures.items() if value == value}
