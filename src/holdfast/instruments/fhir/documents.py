"""Files of FHIR: a response, a list of them, a Bundle, or one resource per line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from holdfast.instruments.definition import Instrument
from holdfast.instruments.fhir.form import Part
from holdfast.instruments.fhir.names import instrument_of
from holdfast.instruments.fhir.people import read_origin
from holdfast.instruments.fhir.response_reading import KIND, Key, answered, answers_of, key_of
from holdfast.instruments.fhir.validation import require_valid
from holdfast.instruments.responses import Response
from holdfast.instruments.score import AnswerError

FORM = "Questionnaire"


def looks_like_fhir(path: Path) -> bool:
    """Return whether a file has FHIR resources as JSON, alone, in a list or one per line.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "answers.json"
    ...     _ = file.write_text('{"resourceType": "Bundle", "type": "collection"}')
    ...     looks_like_fhir(file)
    True
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found = _parse(text) if text.lstrip()[:1] in ("{", "[") else None
    except ValueError:
        return False
    first = found[0] if isinstance(found, list) and found else found
    return isinstance(first, Mapping) and "resourceType" in first


def read_bundle(instrument: Instrument, path: Path) -> tuple[Response, ...]:
    """Read the responses to one instrument in a file of FHIR.

    Parameters
    ----------
    instrument
        What was filled in.
    path
        JSON: a QuestionnaireResponse, a list of them, a Bundle; or one resource per line.

    Raises
    ------
    AnswerError
        If the file is no JSON, has no response to this instrument, or one that can't be read.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.instruments.fhir import to_response
    >>> phq2 = load_instrument("phq-2")
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "answers.json"
    ...     _ = file.write_text(json.dumps(to_response(phq2, {"q1": 2, "q2": 1}, subject="A")))
    ...     read_bundle(phq2, file)[0].client
    'A'
    """
    try:
        document = _parse(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise AnswerError(f"{path.name}: it is not text in UTF-8. Export it again.") from None
    except json.JSONDecodeError as error:
        raise AnswerError(
            f"{path.name}, line {error.lineno}: it is no valid JSON. Export it again."
        ) from None
    return read_responses(instrument, document)


def read_responses(instrument: Instrument, document: object) -> tuple[Response, ...]:
    """Read the responses to one instrument in parsed JSON.

    Parameters
    ----------
    instrument
        What was filled in.
    document
        A QuestionnaireResponse, a Bundle, or a list of either. A Questionnaire that stands
        beside a response explains its linkIds and codes. Responses to other instruments, and
        those that were entered in error, are left aside.

    Returns
    -------
    tuple of Response
        In order; ``row`` counts the responses in the document from 1.

    Raises
    ------
    AnswerError
        If there is no response to this instrument, or one that can't be read for certain.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.instruments.fhir import to_response
    >>> phq2 = load_instrument("phq-2")
    >>> found, = read_responses(phq2, [to_response(phq2, {"q1": 2, "q2": 1}, subject="A")])
    >>> found.client, found.answers
    ('A', {'q1': 2, 'q2': 1})
    """
    resources = list(_resources(document))
    forms = {str(one["url"]): one for one in _of_kind(resources, FORM) if one.get("url")}

    @cache
    def key(canonical: str) -> Key:
        if canonical not in forms:
            return key_of(instrument)
        form = require_valid(forms[canonical], FORM, AnswerError, "a questionnaire here")
        return key_of(instrument, form)

    every = [
        require_valid(one, KIND, AnswerError, f"response {row}")
        for row, one in enumerate(_of_kind(resources, KIND), start=1)
    ]
    found = [
        _response(instrument, one, key(_canonical(one)), row)
        for row, one in enumerate(every, start=1)
        if one["status"] != "entered-in-error" and _belongs(instrument, one, key)
    ]
    if not found:
        raise AnswerError(
            f"There is no response to {instrument.title} among {len(every)} QuestionnaireResponses "
            "here. Give those that answer it, with LOINC codes or our names as linkIds, or put "
            "their Questionnaire beside them."
        )
    return tuple(found)


def _of_kind(resources: Sequence[Part], kind: str) -> list[Part]:
    return [one for one in resources if one.get("resourceType") == kind]


def _response(instrument: Instrument, resource: Part, key: Key, row: int) -> Response:
    place = f"response {row}"
    answers = answers_of(instrument, resource, key, place)
    origin = read_origin(resource, place)
    return Response(
        instrument=instrument.name,
        answers=answers,
        client=origin.subject,
        session=origin.session,
        date=origin.authored,
        respondent=origin.respondent,
        row=row,
    )


def _belongs(instrument: Instrument, resource: Part, key: Callable[[str], Key]) -> bool:
    """Return whether a response is one to this instrument: by its address, else by its items."""
    named = instrument_of(_canonical(resource))
    if named is not None:
        return named == instrument.name
    items = key(_canonical(resource)).items
    return any(_link(part) in items for part in answered(resource))


def _link(part: Part) -> str:
    return str(part.get("linkId", "")).lstrip("/")


def _canonical(resource: Part) -> str:
    return str(resource.get("questionnaire", "")).partition("|")[0]


def _resources(document: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(document, list):
        for one in document:
            yield from _resources(one)
    elif isinstance(document, Mapping):
        yield document
        entries = document.get("entry") or []
        if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
            raise AnswerError(
                "A Bundle here is no valid FHIR R4 Bundle. Look at: entry. Export it again."
            )
        for entry in entries:
            yield from _resources(entry.get("resource"))


def _parse(text: str) -> object:
    """Parse JSON, or one resource per line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for _, line in lines):
            raise
        return [_parse_line(number, line) for number, line in lines]


def _parse_line(number: int, line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg, "\n" * (number - 1), number - 1) from None
