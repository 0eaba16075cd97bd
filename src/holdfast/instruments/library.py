"""The instruments that ship with Holdfast, and those that a practice added."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from holdfast.instruments.definition import Instrument, InstrumentError, Item
from holdfast.instruments.reading import read_definition
from holdfast.instruments.wording import Wording
from holdfast.instruments.wording_reading import read_wording

SHIPPED = files("holdfast.instruments") / "library"
WORDING = "wording"
SUFFIXES = (".toml", ".json")


def practice_folder() -> Path:
    """Return where a practice's own instruments lie: ``$HOLDFAST_HOME``, or the user's data.

    Examples
    --------
    >>> practice_folder().name
    'instruments'
    """
    home = os.environ.get("HOLDFAST_HOME")
    if home:
        return Path(home) / "instruments"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "holdfast" / "instruments"
    shared = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(shared) / "holdfast" / "instruments"


def instrument_names() -> tuple[str, ...]:
    """Return the names of all instruments, in alphabetical order.

    Examples
    --------
    >>> {"phq-9", "gad-7", "check-in"} <= set(instrument_names())
    True
    """
    return tuple(sorted({*_names(SHIPPED), *_names(practice_folder())}))


def load_instrument(name: str) -> Instrument:
    """Return an instrument that ships with Holdfast, or that the practice added.

    Parameters
    ----------
    name
        As ``holdfast instrument list`` has it; case does not matter.

    Raises
    ------
    InstrumentError
        If there is none of that name, or its file can't be read.

    Examples
    --------
    >>> phq9 = load_instrument("PHQ-9")
    >>> phq9.title, len(phq9.items), phq9.scale().band(12).title
    ('PHQ-9', 10, 'moderate')
    """
    return _load(name, ())


def shipped_names() -> tuple[str, ...]:
    """Return the names of the instruments that ship with Holdfast.

    Examples
    --------
    >>> "phq-9" in shipped_names()
    True
    """
    return tuple(_names(SHIPPED))


def load_wordings(name: str, *, own: bool = True) -> tuple[Wording, ...]:
    """Return all wordings of an instrument: the shipped ones, then the practice's ``own``.

    Examples
    --------
    >>> sorted((one.language, one.respondent) for one in load_wordings("check-in"))
    [('en', 'client'), ('en', 'therapist')]
    """
    instrument = load_instrument(name)
    return tuple(
        read_wording(parse_file(file), instrument)
        for folder in ((SHIPPED, practice_folder()) if own else (SHIPPED,))
        for file in wording_files(folder, instrument.name)
    )


def load_wording(name: str, language: str = "en", respondent: str = "client") -> Wording:
    """Return an instrument's words.

    Parameters
    ----------
    name
        The instrument.
    language
        BCP 47 tag.
    respondent
        ``"client"`` or ``"therapist"``.

    Raises
    ------
    InstrumentError
        If there are none, with what the licence says and how to add them.

    Examples
    --------
    >>> load_wording("gad-7").text("q1")
    'Feeling nervous, anxious or on edge'
    """
    every = load_wordings(name)
    for one in every:
        if (one.language, one.respondent) == (language, respondent):
            return one
    instrument = load_instrument(name)
    there = ", ".join(f"{one.language} ({one.respondent})" for one in every) or "none"
    raise InstrumentError(
        f"{instrument.title} has no words in {language!r} for the {respondent} here; there are: "
        f"{there}. Licence: {instrument.licence.terms} If you may use them, add a file: "
        "holdfast instrument add FILE."
    )


def find_item(instrument: str, item: str, *, on_behalf_of: tuple[str, ...] = ()) -> Item:
    """Return an item of another instrument, for those that are the same.

    Parameters
    ----------
    instrument, item
        Their names.
    on_behalf_of
        Instruments that are being read and need it, the outermost first.

    Raises
    ------
    InstrumentError
        If there is no such item, or its instrument is one of those that need it.

    Examples
    --------
    >>> find_item("phq-9", "q1").loinc
    '44250-9'
    """
    try:
        return _load(instrument, on_behalf_of).item(item)
    except KeyError:
        raise InstrumentError(f"{instrument} has no item {item}.") from None


def parse_file(path: Traversable) -> Mapping[str, Any]:
    """Parse a definition or a wording from TOML or JSON.

    Raises
    ------
    InstrumentError
        If it is neither; the message has the place of the mistake, never the content.
    """
    try:
        text = path.read_text(encoding="utf-8")
        parsed = json.loads(text) if path.name.endswith(".json") else tomllib.loads(text)
    except UnicodeDecodeError:
        raise InstrumentError(f"{path.name}: it is not text in UTF-8. Save it again so.") from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        kind = "JSON" if path.name.endswith(".json") else "TOML"
        raise InstrumentError(f"{path.name}: it is no valid {kind}: {error}.") from None
    if not isinstance(parsed, Mapping):
        raise InstrumentError(f"{path.name}: it holds a list. Write a table with named values.")
    return parsed


def wording_files(folder: Traversable, name: str) -> Iterator[Traversable]:
    """Yield the files of a folder that hold words of an instrument.

    Examples
    --------
    >>> [file.name for file in wording_files(SHIPPED, "phq-9")]
    ['phq-9.en.toml']
    """
    if (folder / WORDING).is_dir():
        for one in _files(folder / WORDING):
            if one.name.partition(".")[0] == name:
                yield one


def _load(name: str, needed_by: tuple[str, ...]) -> Instrument:
    wanted = name.strip().lower()
    if wanted in needed_by:
        ring = " is same_as one of ".join((*needed_by[needed_by.index(wanted) :], wanted))
        raise InstrumentError(
            f"{wanted}: an item of {ring}, which leads nowhere. Write the item out in one of them."
        )
    if _file(SHIPPED, wanted) is not None:
        return _shipped(wanted)
    own = _file(practice_folder(), wanted)
    if own is None:
        known = ", ".join(instrument_names())
        raise InstrumentError(f"There is no instrument {name!r}. Known: {known}.")
    find = partial(find_item, on_behalf_of=(*needed_by, wanted))
    return read_definition(parse_file(own), find)


@cache
def _shipped(name: str) -> Instrument:
    file = _file(SHIPPED, name)
    assert file is not None  # noqa: S101 - the caller looked
    return read_definition(parse_file(file), find_item)


def _file(folder: Traversable, name: str) -> Traversable | None:
    return next((one for one in _files(folder) if _stem(one) == name), None)


def _files(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        for one in sorted(folder.iterdir(), key=lambda one: one.name):
            if one.name.endswith(SUFFIXES):
                yield one


def _names(folder: Traversable) -> list[str]:
    return [_stem(one) for one in _files(folder)]


def _stem(file: Traversable) -> str:
    return file.name.rpartition(".")[0]
