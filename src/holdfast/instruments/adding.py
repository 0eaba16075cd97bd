"""Adds a practice's own instruments and words, checked as strictly as the shipped ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from holdfast.instruments.definition import Instrument, InstrumentError
from holdfast.instruments.fields import Table
from holdfast.instruments.library import (
    WORDING,
    find_item,
    load_instrument,
    load_wordings,
    parse_file,
    practice_folder,
    shipped_names,
    wording_files,
)
from holdfast.instruments.reading import read_definition
from holdfast.instruments.wording_reading import read_wording

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Added:
    """What was added.

    Attributes
    ----------
    instrument
        Its name.
    what
        ``"definition"``, ``"wording"`` or ``"definition and wording"``.
    files
        Where it lies now.
    unfit
        What is wrong with words that were added before, and no longer fit a new definition.
    """

    instrument: str
    what: str
    files: tuple[Path, ...]
    unfit: tuple[str, ...] = ()


def add_file(path: Path, *, facts: Table | None = None, replace: bool = False) -> Added:
    """Add an instrument, or the words of one, to the practice's folder.

    Parameters
    ----------
    path
        A definition or a wording as TOML or JSON, or a FHIR R4 Questionnaire as JSON.
    facts
        What FHIR does not say of an instrument: see ``holdfast.instruments.fhir``.
    replace
        Whether an earlier file of the practice's own may be replaced.

    Returns
    -------
    Added
        What it was and where it lies.

    Raises
    ------
    InstrumentError
        If it lacks something, contradicts itself, or would hide what is there already. Nothing
        is written then.
    """
    table = parse_file(path)
    if table.get("resourceType") == "Questionnaire":
        return _add_questionnaire(table, facts or {}, replace=replace)
    if "language" in table:
        return _add_wording(table, load_instrument(str(table.get("instrument"))), replace=replace)
    return _add_definition(table, replace=replace)


def _add_definition(table: Table, *, replace: bool) -> Added:
    instrument = _read(table)
    file = _definition_file(instrument, replace=replace)
    _write(file, table)
    return Added(instrument.name, "definition", (file,), _unfit(instrument))


def _add_wording(table: Table, instrument: Instrument, *, replace: bool) -> Added:
    file = _wording_file(table, instrument, replace=replace)
    _write(file, table)
    return Added(instrument.name, "wording", (file,))


def _add_questionnaire(resource: Table, facts: Table, *, replace: bool) -> Added:
    from holdfast.instruments.fhir import questionnaire_tables

    definition, wording = questionnaire_tables(resource, facts)
    instrument = _read(definition)
    files = (
        _definition_file(instrument, replace=replace),
        _wording_file(wording, instrument, replace=replace),
    )
    for file, table in zip(files, (definition, wording), strict=True):
        _write(file, table)
    return Added(instrument.name, "definition and wording", files, _unfit(instrument))


def _read(table: Table) -> Instrument:
    """Read a definition as it will be read from the folder: never as the same as itself."""
    return read_definition(table, partial(find_item, on_behalf_of=(str(table.get("name")),)))


def _definition_file(instrument: Instrument, *, replace: bool) -> Path:
    name = instrument.name
    if not NAME.fullmatch(name):
        raise InstrumentError(
            f"{name!r} can't be the name of an instrument. Use small letters, digits and hyphens."
        )
    if name in shipped_names():
        raise InstrumentError(
            f"{name} ships with Holdfast and stays as it is. Give yours another name."
        )
    return _free(practice_folder() / f"{name}.json", replace=replace)


def _wording_file(table: Table, instrument: Instrument, *, replace: bool) -> Path:
    wording = read_wording(table, instrument)
    if not LANGUAGE.fullmatch(wording.language):
        raise InstrumentError(
            f"{wording.language!r} is no language tag. Write one such as en, de or pt-BR."
        )
    shipped = instrument.name in shipped_names()
    ours = load_wordings(instrument.name, own=False) if shipped else ()
    there = {(one.language, one.respondent) for one in ours}
    if (wording.language, wording.respondent) in there:
        raise InstrumentError(
            f"Holdfast ships the words of {instrument.title} in {wording.language!r} for the "
            f"{wording.respondent} already, and they stay as they are."
        )
    for_whom = "" if wording.respondent == "client" else f".{wording.respondent}"
    name = f"{instrument.name}.{wording.language}{for_whom}.json"
    return _free(practice_folder() / WORDING / name, replace=replace)


def _unfit(instrument: Instrument) -> tuple[str, ...]:
    found = []
    for file in wording_files(practice_folder(), instrument.name):
        try:
            read_wording(parse_file(file), instrument)
        except InstrumentError as error:
            found.append(str(error))
    return tuple(found)


def _free(file: Path, *, replace: bool) -> Path:
    if file.exists() and not replace:
        raise InstrumentError(
            f"{file.stem} was added before, so it was left as it is. To replace it: --replace."
        )
    return file


def _write(file: Path, table: Table) -> None:
    """Write it whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=2, default=str) + "\n"
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, suffix=".part", delete=False
    ) as unfinished:
        unfinished.write(text)
    Path(unfinished.name).replace(file)
