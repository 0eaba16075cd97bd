"""How far the coder and the therapists agree: one's own sessions, and the practice's in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.corrected import Tallied, from_kept
from holdfast_web.analysis.models import ReadThrough, Tally
from holdfast_web.analysis.rules import may_see_agreement
from holdfast_web.audit.witness import not_clinical
from holdfast_web.encounters.queries import own_clients
from holdfast_web.engine.agreement import CodeAgreement, compare, own_words
from holdfast_web.engine.coding import shipped
from holdfast_web.lib.decision import require
from holdfast_web.vault.keys import open_keys

READ = Q(lines__gt=0) | Q(blind_lines__gt=0)
MOST_SESSIONS = 200
"""The latest ones: an older reading says less of how the coder does now."""
_known: dict[tuple[Any, ...], Mapping[str, str]] = {}
"""The latest answer: a session's page is opened far more often than a line is corrected."""
COUNTED = "how often coder and people said the same, in all; no client, no therapist is named"


@dataclass(frozen=True, slots=True)
class Compared:
    """Agreement on lines that were read in one way; how many lines, and of how many sessions."""

    codes: tuple[CodeAgreement, ...]
    sessions: int
    lines: int

    @property
    def first(self) -> tuple[CodeAgreement, ...]:
        """The codes without those that are still experimental."""
        return tuple(one for one in self.codes if not one.further)

    @property
    def further(self) -> tuple[CodeAgreement, ...]:
        """Those that are."""
        return tuple(one for one in self.codes if one.further)


@dataclass(frozen=True, slots=True)
class CoderPage:
    """What the page shows.

    Attributes
    ----------
    seen, blind
        Of lines that were read with their codes, and of those that were coded before.
    older
        How many sessions an earlier model had read: they aren't counted.
    """

    seen: Compared
    blind: Compared
    older: int
    model: str


@not_clinical("counts over all of somebody's own sessions, without a word of any")
def own_agreement(*, viewer: Person) -> CoderPage:
    """Return how the coder and a therapist agree, over own clients' sessions that they read."""
    rows = Tally.objects.seen_by(viewer).filter(client__in=own_clients(viewer))
    read = ReadThrough.objects.seen_by(viewer).filter(by=viewer)
    return _page(rows.filter(analysis__in=read.values("analysis")))


@not_clinical(COUNTED)
def practice_agreement(*, viewer: Person) -> CoderPage:
    """Return the same over all sessions of the practice, for its owner."""
    require(may_see_agreement(viewer))
    return _page(Tally.objects.for_the_practice(COUNTED))


@not_clinical(COUNTED)
def own_accuracy(*, viewer: Person) -> Mapping[str, str]:
    """Return how often the coder is right in this practice, by skill, where that can be said."""
    if not viewer.is_staff_member:
        return {}
    rows = Tally.objects.for_the_practice(COUNTED)
    now = tuple(rows.aggregate(tallies=Count("pk"), latest=Max("at")).values())
    told = _known.get(now)
    if told is None:
        tallies = _tallies(rows)
        told = own_words(_seen(tallies), _blind(tallies))
        _known.clear()
        _known[now] = told
    return told


def _page(rows: Any) -> CoderPage:
    tallies = _tallies(rows)
    model = shipped().model
    seen, blind = _seen(tallies), _blind(tallies)
    return CoderPage(
        seen=Compared(compare(seen), len(seen), sum(one.lines for one in tallies)),
        blind=Compared(compare(blind), len(blind), sum(one.blind_lines for one in tallies)),
        older=rows.filter(READ).exclude(analysis__model=model).count(),
        model=model,
    )


def _tallies(rows: Any) -> list[Tally]:
    """Return the counts of each session that the model in use has read."""
    told = rows.filter(READ, analysis__model=shipped().model).select_related("analysis")
    found: dict[Any, Tally] = {}
    for one in told.defer("analysis__findings").order_by("-analysis__ended_at")[:MOST_SESSIONS]:
        found.setdefault(one.analysis.transcript_id, one)
    kept = list(found.values())
    open_keys({one.client_id for one in kept})
    return kept


def _seen(tallies: list[Tally]) -> list[Tallied]:
    return [from_kept(one.counts) for one in tallies if one.lines]


def _blind(tallies: list[Tally]) -> list[Tallied]:
    return [from_kept(one.blind_counts) for one in tallies if one.blind_lines]
