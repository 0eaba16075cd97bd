"""Scores of many responses: as tidy rows, and as what a person reads first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from holdfast.instruments.definition import Instrument
from holdfast.instruments.responses import Response
from holdfast.instruments.score import SafetyFlag, Score
from holdfast.instruments.words import UNVALIDATED, small
from holdfast.reports.numbers import plain
from holdfast.reports.printable import printable
from holdfast.reports.tables import Cell

SHOWN = 30
ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Scored:
    """A response and its score."""

    response: Response
    score: Score


def score_row(instrument: Instrument, one: Scored) -> dict[str, Cell]:
    """Return a response's score as one tidy row; the same columns for every response.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, score
    >>> phq2 = load_instrument("phq-2")
    >>> row = score_row(phq2, Scored(Response("phq-2", {}), score(phq2, {"q1": 2, "q2": 1})))
    >>> row["total"], row["missing"]
    (3, None)
    """
    response, score = one.response, one.score
    first = score.scales[0] if score.scales else None
    return {
        "client": response.client,
        "session": response.session,
        "date": response.date,
        "respondent": response.respondent,
        "instrument": score.instrument,
        **{scale.name: scale.value for scale in score.scales},
        "band": first.band if first else "",
        "cutoffs": " ".join(cutoff.name for scale in score.scales for cutoff in scale.cutoffs),
        **{found.criterion.name: found.holds for found in score.findings},
        **({"level": score.level.name if score.level else None} if instrument.levels else {}),
        "alerts": " ".join(flag.item for flag in score.safety if flag.kind == ALERT),
        "notes": " ".join(flag.item for flag in score.safety if flag.kind != ALERT),
        "filled": " ".join(first.filled) if first else "",
        "missing": _missing(score),
    }


def print_scores(
    instrument: Instrument, scored: Sequence[Scored], console: Console | None = None
) -> None:
    """Print scores for people: first the answers that somebody must see, then each response."""
    console = console or Console()
    for part in _parts(instrument, scored):
        console.print(part, highlight=False, markup=False)


def _missing(score: Score) -> str | None:
    reasons = [scale.missing for scale in score.scales[:1] if scale.missing]
    reasons += [score.level_missing] if score.level_missing else []
    return "; ".join(reasons) or None


def _parts(instrument: Instrument, scored: Sequence[Scored]) -> Iterator[RenderableType]:
    count = f"{len(scored)} response" + ("s" if len(scored) != 1 else "")
    yield Text.assemble((instrument.title, "bold"), f"  {small(instrument.measures)}, {count}")
    if instrument.status == "unvalidated":
        yield Text(UNVALIDATED, style="dim")
    flagged = [(one, flag) for one in scored for flag in one.score.safety]
    alerts = [pair for pair in flagged if pair[1].kind == ALERT]
    if alerts:
        yield Text("\nPlease look at these answers today", style="bold")
        yield from (_flag(one, flag) for one, flag in alerts)
    notes = [pair for pair in flagged if pair[1].kind != ALERT]
    if notes:
        yield Text("\nTo bear in mind", style="bold")
        yield from (_flag(one, flag) for one, flag in notes)
    yield Text()
    yield _table(instrument, scored[:SHOWN])
    if len(scored) > SHOWN:
        yield Text(f"… and {len(scored) - SHOWN} more. --out FILE writes all of them.")
    yield Padding(Text(f"\nNot: {small(instrument.not_meaning)}", style="dim"), 0)


def _flag(one: Scored, flag: SafetyFlag) -> RenderableType:
    return Padding(f"{whose(one.response)}: {flag.title} ({flag.item} = {flag.answer:g})", (0, 2))


def whose(response: Response) -> str:
    """Say whose response it is, and when it was given.

    Examples
    --------
    >>> whose(Response("phq-9", {}, client="A", session=3)), whose(Response("phq-9", {}, row=7))
    ('A, session 3', 'row 7')
    """
    parts = [response.client, f"session {response.session}" if response.session else ""]
    parts.append(response.date or "")
    return printable(", ".join(part for part in parts if part)) or f"row {response.row}"


def _table(instrument: Instrument, scored: Sequence[Scored]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("response")
    for scale in instrument.scales:
        table.add_column(scale.name, justify="right")
    table.add_column("says")
    for one in scored:
        values = ["–" if s.value is None else plain(s.value) for s in one.score.scales]
        table.add_row(whose(one.response), *values, _says(one.score))
    return table


def _says(score: Score) -> str:
    said = []
    if score.scales:
        first = score.scales[0]
        said += [first.missing or first.band, *(cutoff.title for cutoff in first.cutoffs)]
        said += [f"filled in: {', '.join(first.filled)}"] if first.filled else []
    said += [score.level.title] if score.level else []
    said += [score.level_missing] if score.level_missing else []
    said += [found.criterion.title for found in score.findings if found.holds]
    return "; ".join(one for one in said if one)
