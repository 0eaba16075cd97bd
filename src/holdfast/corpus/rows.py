"""A coded session as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import Any

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.coding.language import reads_as_english
from holdfast.corpus.batch import Item
from holdfast.corpus.tables import Row
from holdfast.indicators import measure
from holdfast.reports.heard import abstentions
from holdfast.session import Role, Session


def utterance_rows(item: Item, coded: CodedSession, *, words: bool) -> Iterator[Row]:
    """Yield a row for each utterance, its codes beside it."""
    for said, codes in coded:
        row: dict[str, Any] = {
            "session_id": item.session_id,
            "index": said.index,
            "line": said.line,
            "speaker": said.speaker,
            "role": said.role,
            "start": said.start,
            "end": said.end,
            "words": said.words,
            "text": said.text if words else None,
        }
        for known in load_codebook().codes:
            row |= _cells(known.name, codes.get(known.name))
        yield row


def session_row(item: Item, coded: CodedSession) -> Row:
    """Return a session's row: where it came from, its size, its indicators."""
    session = coded.session
    row: dict[str, Any] = {
        "session_id": item.session_id,
        "content": item.content,
        "source": item.source,
        "conversation": item.conversation,
        "format": session.format,
        "date": item.held_on,
        "therapist": _name(session, Role.THERAPIST),
        "client": _name(session, Role.CLIENT),
        "notes": list(session.notes),
        "utterances": len(session),
        "therapist_utterances": len(session.said_by(Role.THERAPIST)),
        "client_utterances": len(session.said_by(Role.CLIENT)),
        "words": sum(one.words for one in session.utterances),
        "minutes": _minutes(session),
        "english": reads_as_english(session),
        "unsure": abstentions(coded),
        "behaviour_p": _mean_p(coded, "behaviour"),
        "talk_p": _mean_p(coded, "talk"),
    }
    for one in measure(coded):
        low, high = one.interval or (None, None)
        row[one.name] = one.value
        row |= {f"{one.name}_n": one.n, f"{one.name}_low": low, f"{one.name}_high": high}
    return row


def _cells(name: str, code: Code | None) -> Row:
    if code is None:
        return {name: None, f"{name}_p": None, f"{name}_unsure": None}
    several = isinstance(code.value, tuple)
    value = list(code.value or ()) if several else code.value
    p = list(code.p) if isinstance(code.p, tuple) else code.p
    return {name: value, f"{name}_p": p, f"{name}_unsure": code.unsure}


def _name(session: Session, role: Role) -> str | None:
    return next((one.speaker for one in session.said_by(role)), None)


def _minutes(session: Session) -> float | None:
    times = [
        time for one in session.utterances for time in (one.start, one.end) if time is not None
    ]
    return (max(times) - min(times)) / 60 if times else None


def _mean_p(coded: CodedSession, name: str) -> float | None:
    p = [code.p for codes in coded.codes if (code := codes.get(name)) is not None]
    known = [one for one in p if isinstance(one, float)]
    return fmean(known) if known else None
