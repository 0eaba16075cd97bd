"""What is public is documented, with an example that runs (pytest runs them all)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass
from enum import Enum

import holdfast

WITHOUT_EXAMPLE = {
    "holdfast.codebooks.codebook.parse_codebook": "takes a whole codebook; load_codebook shows one",
    "holdfast.formats.document.make_session": "the last step of every format's parse",
    "holdfast.formats.registry.read_document": "read_transcript for bytes in memory",
    "holdfast.formats.registry.read_transcript": "holdfast.read, which has the example, calls it",
    "holdfast.instruments.reading.read_definition": "takes a whole file; load_instrument shows one",
    "holdfast.instruments.wording_reading.read_wording": "takes a whole file, as above",
    "holdfast.runtime.folder.check_folder": "says nothing when all is well",
}
"""Public functions whose docstring has no example, and why not."""


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


def text(thing: object) -> str:
    return inspect.getdoc(thing) or ""


def has_example(thing: object) -> bool:
    return ">>>" in text(thing)


def explains_itself(thing: object) -> bool:
    """Values, choices and errors need a docstring; everything else an example."""
    if is_dataclass(thing) or (inspect.isclass(thing) and issubclass(thing, Enum | Exception)):
        return bool(text(thing))
    return has_example(thing)


def test_something_is_public() -> None:
    assert {"holdfast.session.Session", "holdfast.pipeline.code"} <= set(public())


def test_every_public_name_has_a_docstring() -> None:
    assert not [name for name, thing in public().items() if not text(thing)]


def test_every_public_name_explains_itself() -> None:
    unclear = {name for name, thing in public().items() if not explains_itself(thing)}
    assert unclear <= set(WITHOUT_EXAMPLE), sorted(unclear - set(WITHOUT_EXAMPLE))


def test_what_most_people_import_has_an_example() -> None:
    offered = [getattr(holdfast, name) for name in holdfast.__all__]
    plain = [
        thing.__name__
        for thing in offered
        if not has_example(thing)
        and not (inspect.isclass(thing) and issubclass(thing, Enum | Exception))
    ]
    assert plain == []


def test_the_list_of_functions_without_example_is_true() -> None:
    found = public()
    assert not [name for name in WITHOUT_EXAMPLE if name in found and has_example(found[name])]
