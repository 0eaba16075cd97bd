"""An instrument's reliability in a practice's own data, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from holdfast.instruments.definition import Instrument
from holdfast.instruments.extras import MissingExtra
from holdfast.instruments.own_data import first_answers, first_two_scores
from holdfast.instruments.reliability import (
    Estimate,
    TooFewResponses,
    cronbach_alpha,
    mcdonald_omega,
    retest,
)
from holdfast.instruments.responses import Response
from holdfast.instruments.scales import Scale
from holdfast.reports.printable import printable

ABOUT = (
    "α and ω: each client's first response. Retest: the first against the second, so true change "
    "between them makes it lower. Brackets: 95 % intervals. They hold for your own clients."
)
Row = tuple[str, str, str, str]


def print_reliability(
    instrument: Instrument, responses: Sequence[Response], console: Console
) -> None:
    """Print α, ω and retest reliability of every scale that has several items."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("scale")
    for column in ("coefficient", "value", "people"):
        table.add_column(column, justify="right" if column != "coefficient" else "left")
    for scale in instrument.scales:
        for row in _rows(instrument, scale, responses):
            table.add_row(*row)
    title = (printable(instrument.title), "bold")
    console.print(Text.assemble(title, "  reliability in your own data\n"))
    console.print(table, markup=False)
    console.print(f"\n{ABOUT}", style="dim")


def _rows(instrument: Instrument, scale: Scale, responses: Sequence[Response]) -> Iterator[Row]:
    answers = first_answers(instrument, scale, responses)
    first, second = first_two_scores(instrument, scale, responses)
    if len(scale.items) > 1:
        yield _row(scale, "Cronbach's α", lambda: cronbach_alpha(answers))
    if len(scale.items) > 2:
        yield _row(scale, "McDonald's ω", lambda: mcdonald_omega(answers))
    yield _row(scale, "retest, ICC(A,1)", lambda: retest(first, second))


def _row(scale: Scale, title: str, estimate: Callable[[], Estimate]) -> Row:
    try:
        found = estimate()
    except (TooFewResponses, MissingExtra) as error:
        return scale.name, title, str(error), ""
    value = f"{found.value:.2f} ({found.low:.2f}, {found.high:.2f})"
    return scale.name, title, value, f"{found.n:,}"
