"""The whole record as JSON, for programs. docs/reference/record.md describes every key."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from holdfast.coding.codes import Code, CodedSession
from holdfast.reports.heard import abstentions, codebook_places
from holdfast.reports.record import Record
from holdfast.session import Utterance

NOT_APPLICABLE = {"value": None, "p": None}
SCHEMA = "holdfast.record/1"
"""Grows by new keys only; a key that changes its meaning or goes away makes it ``/2``."""


def as_data(record: Record) -> dict[str, Any]:
    """Return the record as plain dictionaries, lists, texts and numbers.

    Nothing is left out: what is absent is ``null`` or an empty list.
    """
    session = record.coded.session
    return {
        "schema": SCHEMA,
        "session": {
            "source": session.source,
            "format": session.format,
            "notes": list(session.notes),
            "speakers": _speakers(record.coded),
        },
        "made_by": {
            "model": record.coded.model,
            "codebook": record.coded.codebook,
            "versions": dict(record.versions),
        },
        "utterances": [utterance_data(record.coded, one.index) for one in session.utterances],
        "abstained_on": abstentions(record.coded),
        "indicators": [asdict(indicator) for indicator in record.indicators],
        "openings": [asdict(opening) for opening in record.openings],
        "moments": asdict(record.moments),
        "accuracy": {name: asdict(one) for name, one in record.accuracy.items()},
        "limits": list(record.limits),
    }


def render_json(record: Record) -> str:
    """Return the record as JSON text."""
    return to_text(as_data(record), indent=1)


def to_text(data: dict[str, Any], *, indent: int | None = None) -> str:
    r"""Return data as JSON text that can always be written as UTF-8.

    Examples
    --------
    >>> to_text({"said": "Né\ud800"}), to_text({"said": "Né"})
    ('{"said": "N\\u00e9\\ud800"}', '{"said": "Né"}')
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character, from a transcript that was cut inside one
        return json.dumps(data, ensure_ascii=True, indent=indent, allow_nan=False)
    return text


def utterance_data(coded: CodedSession, index: int) -> dict[str, Any]:
    """Return one utterance with its codes, as ``holdfast code`` prints it, a line each.

    Every code of the codebook is there; one that does not apply to the speaker's role, or to
    an utterance without words, has ``value`` and ``p`` null.
    """
    utterance = coded.session.utterances[index]
    codes = coded.codes[index]
    return {
        "index": index,
        "line": utterance.line,
        "speaker": utterance.speaker,
        "role": utterance.role.value if utterance.role else None,
        "start": utterance.start,
        "end": utterance.end,
        "text": utterance.text,
        "codes": {
            name: code_data(codes[name]) if name in codes else NOT_APPLICABLE
            for name in codebook_places()
        },
    }


def code_data(code: Code) -> dict[str, Any]:
    """Return a code without its name.

    Examples
    --------
    >>> code_data(Code("behaviour", "question", 0.9))["value"]
    'question'
    """
    return {
        "value": list(code.value) if isinstance(code.value, tuple) else code.value,
        "p": list(code.p) if isinstance(code.p, tuple) else code.p,
        "unsure": code.unsure,
        "by": code.by,
        "words": list(code.words) if code.words else None,
        "alternatives": dict(code.alternatives),
    }


def _speakers(coded: CodedSession) -> list[dict[str, Any]]:
    first: dict[str | None, Utterance] = {}
    for utterance in coded.session.utterances:
        first.setdefault(utterance.speaker, utterance)
    return [
        {"speaker": speaker, "role": one.role.value if one.role else None}
        for speaker, one in first.items()
    ]
