"""``holdfast code``: one JSON object per utterance."""

from __future__ import annotations

import sys

from holdfast.cli.errors import refusals
from holdfast.cli.options import AcceptRoles, Client, File, FormatName, Other, Therapist
from holdfast.cli.session import session_with_roles


def code(
    file: File,
    therapist: Therapist = None,
    client: Client = None,
    other: Other = None,
    format: FormatName = None,
    accept_roles: AcceptRoles = False,
) -> None:
    """Print one line of JSON for each utterance, with its codes."""
    with refusals():
        session = session_with_roles(
            file,
            therapist=therapist,
            client=client,
            other=other,
            format=format,
            accept=accept_roles,
        )
        from holdfast.pipeline import code as code_it
        from holdfast.reports.lines import coded_lines

        sys.stdout.writelines(f"{line}\n" for line in coded_lines(code_it(session)))
