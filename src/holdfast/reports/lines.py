"""A coded session as lines of JSON, one for each utterance: what ``holdfast code`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.coding.codes import CodedSession
from holdfast.reports.json import to_text, utterance_data


def coded_lines(coded: CodedSession) -> Iterator[str]:
    """Yield a line of JSON for each utterance, without its line end; none is left out.

    Examples
    --------
    >>> from holdfast.coding.codes import Code
    >>> from holdfast.session import Session, Utterance
    >>> session = Session((Utterance(index=0, speaker="Lee", text="Hello.", line=1),))
    >>> codes = ({"talk": Code("talk", "neutral", 0.9)},)
    >>> for line in coded_lines(CodedSession(session, codes, "none", "none")):
    ...     print(line[:60])
    {"index": 0, "line": 1, "speaker": "Lee", "role": null, "sta
    """
    for utterance in coded.session.utterances:
        yield to_text(utterance_data(coded, utterance.index))
