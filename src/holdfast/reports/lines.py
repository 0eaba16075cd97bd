"""A coded session as lines of JSON, one object per utterance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from holdfast.coding.codes import Code, CodedSession


def coded_lines(coded: CodedSession) -> Iterator[str]:
    """Yield one JSON object per utterance of the session, in order.

    Keys: ``index``, ``line``, ``speaker``, ``role``, ``start``, ``end`` (seconds or null),
    ``text``, ``codes``, ``model``, ``codebook``. ``codes`` maps each code's name to its
    ``value`` (null where it is absent or does not apply; a list for emotions), ``p`` (null for
    rules), ``by``, and ``unsure: true`` where the coder abstains; rules add the matched ``words``
    as start and end in ``text``. Every line has every code of the codebook.
    """
    names = sorted({name for codes in coded.codes for name in codes})
    for utterance, codes in coded:
        yield json.dumps(
            {
                "index": utterance.index,
                "line": utterance.line,
                "speaker": utterance.speaker,
                "role": utterance.role,
                "start": utterance.start,
                "end": utterance.end,
                "text": utterance.text,
                "codes": {name: as_json(codes.get(name)) for name in names},
                "model": coded.model,
                "codebook": coded.codebook,
            },
            ensure_ascii=False,
        )


def as_json(code: Code | None) -> dict[str, Any]:
    """Return a code as JSON has it; ``None`` is a code that does not apply.

    Examples
    --------
    >>> as_json(Code("behaviour", "question", 0.9))
    {'value': 'question', 'p': 0.9, 'by': 'model'}
    >>> as_json(None)
    {'value': None, 'p': None}
    """
    if code is None:
        return {"value": None, "p": None}
    plain: dict[str, Any] = {"value": code.value, "p": code.p, "by": code.by}
    if isinstance(code.value, tuple):
        plain |= {"value": list(code.value), "p": list(code.p or ())}  # type: ignore[arg-type]
    if code.unsure:
        plain["unsure"] = True
    if code.words is not None:
        plain["words"] = list(code.words)
    return plain
