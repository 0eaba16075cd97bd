"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(help="The transcript.", metavar="FILE", show_default=False)]
Therapist = Annotated[
    str | None,
    typer.Option(help="The therapist's name in the transcript.", metavar="NAME"),
]
Client = Annotated[
    str | None,
    typer.Option(help="The client's name in the transcript.", metavar="NAME"),
]
Other = Annotated[
    list[str] | None,
    typer.Option(help="Somebody who is neither; may be given again.", metavar="NAME"),
]
FormatName = Annotated[
    str | None,
    typer.Option("--format", help="The format, if its content leaves a doubt.", metavar="NAME"),
]
AcceptRoles = Annotated[
    bool,
    typer.Option("--accept-roles", help="Let the model say who is who, and say how sure it is."),
]
