"""A coded session as lines of JSON, one object per utterance."""

from __future__ import annotations

import json
from collections.abc import Iterator

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import CodedSession
from holdfast.reports.json import utterance_data

NOT_APPLICABLE = {"value": None, "p": None}


def coded_lines(coded: CodedSession) -> Iterator[str]:
    """Yield one JSON object per utterance of the session, in order.

    The keys are those of the record's utterances (docs/reference/record.md) with ``model`` and
    ``codebook``. Each line has every code of the codebook; one that does not apply to the
    speaker's role has ``value`` and ``p`` null.

    Examples
    --------
    >>> from holdfast.session import Session, Utterance
    >>> session = Session((Utterance(index=0, speaker="Sam", text="Hello.", line=1),))
    >>> line = next(coded_lines(CodedSession(session, ({},), model="none", codebook="none")))
    >>> json.loads(line)["codes"]["behaviour"]
    {'value': None, 'p': None}
    """
    names = [code.name for code in load_codebook().codes]
    for utterance in coded.session.utterances:
        data = utterance_data(coded, utterance.index)
        codes = {name: data["codes"].get(name, NOT_APPLICABLE) for name in names}
        versions = {"model": coded.model, "codebook": coded.codebook}
        yield json.dumps(data | {"codes": codes} | versions, ensure_ascii=False)
