"""What is public is documented, with an example that runs (pytest runs them all)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from enum import Enum

import holdfast

WITHOUT_EXAMPLE = {
    "holdfast.cli.main": "starts the command line and leaves the process",
}
"""Public names whose docstring has no example, and why not."""


def public() -> dict[str, object]:
    """Return every function and class that a module offers in ``__all__``, by its full name."""
    names = ["holdfast"] + [
        module.name
        for module in pkgutil.walk_packages(holdfast.__path__, "holdfast.")
        if not module.name.endswith("__main__")
    ]
    found: dict[str, object] = {}
    for name in names:
        module = importlib.import_module(name)
        for offered in getattr(module, "__all__", ()):
            thing = getattr(module, offered)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                found.setdefault(f"{thing.__module__}.{thing.__qualname__}", thing)
    return found


def needs_example(thing: object) -> bool:
    return not (inspect.isclass(thing) and issubclass(thing, Enum | Exception))


def test_something_is_public() -> None:
    assert "holdfast.session.Session" in public()


def test_every_public_name_has_a_docstring() -> None:
    assert not [name for name, thing in public().items() if not inspect.getdoc(thing)]


def test_every_public_name_has_an_example() -> None:
    missing = {
        name
        for name, thing in public().items()
        if needs_example(thing) and ">>>" not in (inspect.getdoc(thing) or "")
    }
    assert missing <= set(WITHOUT_EXAMPLE), sorted(missing - set(WITHOUT_EXAMPLE))


def test_the_list_of_names_without_example_is_true() -> None:
    found = public()
    stale = {
        name
        for name in WITHOUT_EXAMPLE
        if name in found and ">>>" in (inspect.getdoc(found[name]) or "")
    }
    assert not stale
