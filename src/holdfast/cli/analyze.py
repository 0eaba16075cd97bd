"""``holdfast analyze``: a summary in the terminal and a page to read and keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from holdfast.cli.errors import refusals
from holdfast.cli.options import AcceptRoles, Client, File, FormatName, Other, Therapist
from holdfast.cli.session import session_with_roles


def analyze(
    file: File,
    therapist: Therapist = None,
    client: Client = None,
    other: Other = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where the page goes. By default beside the transcript, as .html."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the whole record as JSON instead.")
    ] = False,
    format: FormatName = None,
    accept_roles: AcceptRoles = False,
) -> None:
    """Read one session: what was heard, which openings were met, how the talk was shared."""
    with refusals():
        session = session_with_roles(
            file,
            therapist=therapist,
            client=client,
            other=other,
            format=format,
            accept=accept_roles,
        )
        from holdfast.pipeline import analyze as analyze_it
        from holdfast.reports.html import render_html
        from holdfast.reports.json import render_json
        from holdfast.reports.page_file import write_page
        from holdfast.reports.terminal import print_record

        record = analyze_it(session)
        if json:
            sys.stdout.write(render_json(record) + "\n")
        page = out if out is not None or json else file.with_suffix(".html")
        if page is not None:
            write_page(page, render_html(record))
        if not json:
            print_record(record, report=str(page))
