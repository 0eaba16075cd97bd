"""Reads a transcript for a command and settles who is who."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from holdfast.errors import RoleError
from holdfast.pipeline import read, suggest
from holdfast.roles import assign_roles, needs_roles_error
from holdfast.session import Session


def session_with_roles(
    file: Path,
    *,
    therapist: str | None,
    client: str | None,
    other: Sequence[str] | None,
    format: str | None,
    accept: bool,
) -> Session:
    """Read ``file`` and assign roles: by name, by role word, or by an accepted suggestion.

    Raises
    ------
    RoleError
        If none of the three settles who is who; the message carries the model's suggestion.
    """
    session = read(file, format=format)
    try:
        return assign_roles(session, therapist=therapist, client=client, other=other)
    except RoleError:
        if therapist is not None or client is not None or len(session.speakers) < 2:
            raise
    suggestion = suggest(session)
    if not accept or suggestion is None:
        raise needs_roles_error(session, suggestion)
    typer.echo(
        f"Roles as the model suggests them ({suggestion.confidence:.0%} sure): "
        f"{suggestion.therapist} is the therapist, {suggestion.client} the client.",
        err=True,
    )
    return assign_roles(session, therapist=suggestion.therapist, client=suggestion.client)
