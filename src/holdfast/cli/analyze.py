"""``holdfast analyze``: a summary in the terminal and a page to read and keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from holdfast.cli.errors import refusals
from holdfast.cli.options import AcceptRoles, Client, File, FormatName, Other, Therapist
from holdfast.cli.session import session_with_roles
from holdfast.formats import FORMATS


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
        page = out if out is not None or json else page_beside(file)
        if page is not None:
            write_page(page, render_html(record), session.source)
        if json:
            sys.stdout.write(render_json(record) + "\n")
        else:
            print_record(record, report=str(page))


def page_beside(transcript: Path) -> Path:
    """Return where a transcript's page goes: beside it, under its name.

    Examples
    --------
    >>> page_beside(Path("session.vtt")).name, page_beside(Path("Lee 2026.05.01")).name
    ('session.html', 'Lee 2026.05.01.html')
    """
    suffixes = {suffix for one in FORMATS for suffix in one.suffixes}
    known = transcript.suffix.lower() in suffixes
    return transcript.with_name(f"{transcript.stem if known else transcript.name}.html")
