"""``holdfast doctor``: is everything in place."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

import typer
from rich.console import Console
from rich.markup import escape

from holdfast.errors import HoldfastError

Check = Callable[[], str]


def doctor() -> None:
    """Check the installation: Python, libraries, the model's checksums, a session coded."""
    console = Console(highlight=False)
    failed = False
    for title, check in CHECKS:
        try:
            console.print(f"[green]✓[/] {title}: {escape(check())}")
        except (HoldfastError, ImportError, OSError) as error:
            failed = True
            console.print(f"[bold]✗ {title}[/]: {error}")
    if failed:
        console.print("\nInstall Holdfast again: pip install --force-reinstall holdfast")
        raise typer.Exit(1)
    console.print("\nEverything is in place. Nothing leaves this machine.")


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _libraries() -> str:
    names = ("holdfast", "numpy", "onnxruntime", "tokenizers", "typer", "rich")
    return ", ".join(f"{name} {version(name)}" for name in names)


def _model() -> str:
    from holdfast.pipeline import shipped_model
    from holdfast.runtime import SHIPPED

    card = shipped_model().card
    size = sum(file.stat().st_size for file in SHIPPED.iterdir()) / 1e6
    return f"{card.title}, checksums right, {size:.0f} MB"


def _codebook() -> str:
    from holdfast.codebooks import load_codebook

    book = load_codebook()
    return f"{book.label}, {len(book.codes)} codes"


def _instruments() -> str:
    from holdfast.instruments import instrument_names, load_instrument, load_wordings

    names = instrument_names()
    labels = [load_instrument(name).title for name in names if load_wordings(name)]
    return f"{len(names)} can be scored, {len(labels)} with their words"


def _extras() -> str:
    from holdfast.instruments.extras import EXTRAS, installed

    there = [name for name in EXTRAS if installed(name)]
    missing = [f"'holdfast[{name}]'" for name in EXTRAS if name not in there]
    said = ", ".join(there) or "none"
    return f"{said}; not needed by everybody: {', '.join(missing)}" if missing else said


def _speed() -> str:
    from holdfast.pipeline import code
    from holdfast.testing import synthetic_session

    session = synthetic_session(minutes=50)
    code(session)
    started = time.perf_counter()
    code(session)
    spent = time.perf_counter() - started
    return f"a 50-minute session ({len(session)} utterances) coded in {spent:.1f} s"


def _encoding() -> str:
    return f"the terminal writes {sys.stdout.encoding}"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("Python", _python),
    ("Libraries", _libraries),
    ("Model", _model),
    ("Codebook", _codebook),
    ("Instruments", _instruments),
    ("Extras", _extras),
    ("Terminal", _encoding),
    ("Speed", _speed),
)
