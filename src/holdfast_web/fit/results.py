"""What closed care of each therapist came to, by problem: for matching alone, shown to nobody.

Only who has fifteen closed cases has anything read at all. A case counts where an instrument for
the problem was handed in at least twice while the care ran: the first is compared with the last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from uuid import UUID

from django.core.cache import cache

from holdfast_web.care.models import CareRelationship
from holdfast_web.engine.changes import reliable_change
from holdfast_web.fit.matching import shipped_weights, strength
from holdfast_web.measures.models import Sheet
from holdfast_web.vault.keys import open_keys

WHY = "what closed care came to, in all; no client, no therapist is shown"
KEPT, HOURS = "fit.measured_change", 6
Measured = dict[UUID, dict[str, float]]


def measured_change() -> Measured:
    """Return shrunken change by therapist and problem; worked out anew every few hours.

    Nobody is in it who has too few cases, and no problem with too few.
    """
    found: Measured | None = cache.get(KEPT)
    if found is None:
        found = _worked_out()
        cache.set(KEPT, found, HOURS * 3600)
    return found


def _worked_out() -> Measured:
    weights = shipped_weights()
    closed = list(CareRelationship.objects.filter(ends_at__isnull=False, client__erased_at=None))
    enough = Counter(one.therapist_id for one in closed)
    closed = [one for one in closed if enough[one.therapist_id] >= weights.cases]
    changes: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    scores = _scores(closed, set(weights.instruments.values()))
    for care in closed:
        for name, change in _changes(care, scores).items():
            changes[care.therapist_id][name].append(change)
    return {
        therapist: kept
        for therapist, by_instrument in changes.items()
        if (kept := _by_problem(by_instrument, weights.instruments))
    }


def _by_problem(
    by_instrument: Mapping[str, list[int]], instruments: Mapping[str, str]
) -> dict[str, float]:
    found = {name: strength(changes) for name, changes in by_instrument.items()}
    told = {problem: found.get(name) for problem, name in instruments.items()}
    return {problem: one.value for problem, one in told.items() if one is not None}


def _scores(closed: Iterable[CareRelationship], names: set[str]) -> dict[UUID, list[Sheet]]:
    """Return the sheets of clients whose care has ended, in the order of their handing in."""
    clients = {one.client_id for one in closed}
    rows = Sheet.objects.for_the_practice(WHY).filter(
        client_id__in=clients,
        instrument__in=names,
        respondent=Sheet.Respondent.CLIENT,
        handed_in_at__isnull=False,
    )
    open_keys(clients)
    ordered = list(rows.order_by("client_id", "handed_in_at"))
    return {key: list(sheets) for key, sheets in groupby(ordered, key=lambda one: one.client_id)}


def _changes(care: CareRelationship, scores: Mapping[UUID, list[Sheet]]) -> dict[str, int]:
    values: dict[str, list[float]] = defaultdict(list)
    for sheet in scores.get(care.client_id, ()):
        value = (sheet.result or {}).get("value")
        if value is not None and _while_it_ran(care, sheet):
            values[sheet.instrument].append(value)
    found = {
        name: reliable_change(name, told[0], told[-1])
        for name, told in values.items()
        if len(told) > 1
    }
    return {name: change for name, change in found.items() if change is not None}


def _while_it_ran(care: CareRelationship, sheet: Sheet) -> bool:
    at, ended = sheet.handed_in_at, care.ends_at
    return at is not None and ended is not None and care.starts_at <= at <= ended
