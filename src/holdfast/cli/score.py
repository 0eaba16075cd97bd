"""``holdfast score``: filled-in questionnaires to scores."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfast.cli.errors import refusals
from holdfast.cli.problems import complain

if TYPE_CHECKING:
    from holdfast.instruments import Instrument
    from holdfast.instruments.responses import Reading
    from holdfast.reports.scores import Scored


def score(
    instrument: Annotated[
        str, typer.Argument(help="Its name, see holdfast instrument list.", show_default=False)
    ],
    file: Annotated[
        Path,
        typer.Argument(
            help="The answers: CSV, JSON, or FHIR QuestionnaireResponses.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write a row for each response: .csv, .jsonl or .parquet.")
    ] = None,
    fhir: Annotated[
        Path | None, typer.Option(help="Write a FHIR bundle: responses and observations.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each.")] = False,
) -> None:
    """Score answers: totals, bands, and what a person must see.

    Rows whose column instrument names another one are left out and counted. Cells that can't be
    read are named on standard error, their scores left empty, and the exit code is 2.
    """
    with refusals():
        from holdfast.instruments import load_instrument
        from holdfast.instruments.responses import score_response
        from holdfast.reports.scores import Scored, print_scores, score_row
        from holdfast.reports.tables import as_lines, write_table

        form = load_instrument(instrument)
        reading = read_answers(file, form)
        scored = [Scored(one, score_response(form, one)) for one in reading.responses]
        rows = [score_row(form, one) for one in scored]
        if out is not None:
            write_table(rows, out)
        if fhir is not None:
            write_bundle(fhir, form, scored)
        if json:
            sys.stdout.write(as_lines(rows))
        else:
            print_scores(form, scored)
    complain(file.name, reading.problems, reading.ignored, reading.others)


def read_answers(file: Path, instrument: Instrument) -> Reading:
    """Read a file of answers, whatever it is."""
    from holdfast.instruments import load_wordings
    from holdfast.instruments.fhir import looks_like_fhir, read_bundle
    from holdfast.instruments.responses import Reading, read_responses
    from holdfast.instruments.rows import read_rows

    if looks_like_fhir(file):
        return Reading(read_bundle(instrument, file), (), ())
    return read_responses(read_rows(file), instrument, load_wordings(instrument.name))


def write_bundle(path: Path, instrument: Instrument, scored: Sequence[Scored]) -> None:
    """Write responses and what they come to as a FHIR bundle."""
    from holdfast.instruments.fhir import to_bundle

    bundle = to_bundle(instrument, [(one.response, one.score) for one in scored])
    path.write_text(json.dumps(bundle, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
