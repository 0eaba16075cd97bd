"""Turns Holdfast's errors into a message on standard error and exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from holdfast.errors import HoldfastError

REFUSED = 2
"""Exit code when the input is refused."""


@contextmanager
def refusals() -> Iterator[None]:
    """Print a :class:`HoldfastError` as its message and leave with exit code 2.

    Examples
    --------
    >>> from holdfast.errors import RoleError
    >>> import click
    >>> try:
    ...     with refusals():
    ...         raise RoleError("Nobody speaks.")
    ... except typer.Exit as stop:
    ...     print(stop.exit_code)
    2
    """
    try:
        yield
    except HoldfastError as error:
        typer.echo(f"holdfast: {error}", err=True)
        raise typer.Exit(REFUSED) from None
    except BrokenPipeError:  # the reader of our output has seen enough
        raise
    except OSError as error:
        name = error.filename if error.filename is not None else "the file"
        typer.echo(f"holdfast: {name}: {error.strerror or error}.", err=True)
        raise typer.Exit(REFUSED) from None
