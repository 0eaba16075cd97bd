"""A coded session as lines of JSON, one object per utterance."""

from __future__ import annotations

import json
from collections.abc import Iterator

from holdfast.coding.codes import CodedSession
from holdfast.reports.json import utterance_data


def coded_lines(coded: CodedSession) -> Iterator[str]:
    """Yield one JSON object per utterance of the session, in order.

    The keys are those of the record's utterances (docs/reference/record.md) with ``model`` and
    ``codebook``.

    Examples
    --------
    >>> from holdfast.session import Session, Utterance
    >>> session = Session((Utterance(index=0, speaker="Sam", text="Hello.", line=1),))
    >>> line = next(coded_lines(CodedSession(session, ({},), model="none", codebook="none")))
    >>> json.loads(line)["codes"]["behaviour"]
    {'value': None, 'p': None}
    """
    versions = {"model": coded.model, "codebook": coded.codebook}
    for utterance in coded.session.utterances:
        yield json.dumps(utterance_data(coded, utterance.index) | versions, ensure_ascii=False)
