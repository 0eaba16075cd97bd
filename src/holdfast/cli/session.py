"""Reads a transcript for a command and settles who is who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from holdfast.errors import RoleError
from holdfast.pipeline import read, suggest
from holdfast.roles import Suggestion, assign_roles, needs_roles_error
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

    What a person should know of it (how roles were settled, what was repaired) goes to standard
    error.

    Raises
    ------
    RoleError
        If none of the three settles who is who; the message carries the model's suggestion.
    """
    session = read(file, format=format)
    try:
        session = assign_roles(session, therapist=therapist, client=client, other=other)
    except RoleError:
        if therapist is not None or client is not None:
            raise
        session = _suggested(session, other or (), accept=accept)
    for note in session.notes:
        typer.echo(f"Note: {note}", err=True)
    return session


def _suggested(session: Session, other: Sequence[str], *, accept: bool) -> Session:
    suggestion = suggest(session, neither=other)
    if not accept or suggestion is None:
        raise needs_roles_error(session, suggestion)
    session = assign_roles(
        session, therapist=suggestion.therapist, client=suggestion.client, other=other or None
    )
    return replace(session, notes=(*session.notes, _told(suggestion, session, other)))


def _told(suggestion: Suggestion, session: Session, other: Sequence[str]) -> str:
    pair = f"{suggestion.therapist} is the therapist, {suggestion.client} the client"
    two = len({*session.speakers} - {None, *other}) == 2
    sure = f" ({suggestion.confidence:.0%} sure)" if two else ""
    return f"Roles as the model suggested them{sure} and you accepted: {pair}."
