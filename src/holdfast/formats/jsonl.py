r"""Holdfast's own JSON lines: what ``holdfast code`` writes, and utterances without codes.

One object per line. ``text`` is needed; ``speaker``, ``role``, ``start`` and ``end`` (seconds) may
be missing or ``null``. Codes are not read back: they are heard again from the words.
"""

from __future__ import annotations

import json

from holdfast.errors import TranscriptError
from holdfast.formats.columns import Columns, find_columns, read_cell
from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.entries import Entry, first_entry, read_entries, words_of
from holdfast.formats.format import Format
from holdfast.formats.mending import name_lines
from holdfast.session import Role, Seconds, Session


def recognise(document: Document) -> bool:
    """Whether the first line is an object with words and a speaker."""
    entry = first_entry(document)
    if entry is None:
        return False
    columns = find_columns(entry)
    return columns.text is not None and columns.speaker is not None


def parse(document: Document) -> Session:
    """Read the object on each line as an utterance.

    Raises
    ------
    TranscriptError
        If a line is no JSON object, has no words, or has a time that cannot be read.
    """
    said, silent = [], []
    columns: Columns | None = None
    coded = False
    for line, entry in read_entries(document):
        if columns is None or columns.text not in entry:
            columns = find_columns(entry)
        one = _said(document, entry, columns, line)
        coded = coded or "codes" in entry
        if one.text:
            said.append(one)
        else:
            silent.append(line)
    notes = ["The codes in the file were not read; the words are."] if coded else []
    if silent:
        notes.append(f"Entries without words were left out: {name_lines(silent)}.")
    nameless = [one.line for one in said if one.speaker is None]
    if nameless:
        notes.append(
            f"Entries without a speaker are kept, speaker unknown: {name_lines(nameless)}."
        )
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


def write_jsonl(session: Session) -> str:
    """Return a session as JSON lines that :func:`parse` reads back: one line per utterance.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> said = Utterance(index=0, speaker="Lee", text="Better.", line=1, start=0.5)
    >>> print(write_jsonl(Session((said,))), end="")
    {"index": 0, "speaker": "Lee", "role": null, "start": 0.5, "end": null, "text": "Better."}
    """
    return "".join(
        json.dumps(
            {
                "index": one.index,
                "speaker": one.speaker,
                "role": one.role,
                "start": one.start,
                "end": one.end,
                "text": one.text,
            },
            ensure_ascii=False,
        )
        + "\n"
        for one in session.utterances
    )


def _said(document: Document, entry: Entry, columns: Columns, line: int) -> Said:
    if columns.text is None:
        raise document.refuse(
            "this entry has no words; expected them under the key text",
            'Write each utterance as {"speaker": …, "text": …}',
            line=line,
        )
    raw = words_of(document, entry, columns.text, line)
    return Said(
        speaker=words_of(document, entry, columns.speaker, line).strip() or None,
        text=" ".join(part.strip() for part in raw.split("\n") if part.strip()),
        line=line,
        start=_time(document, entry, columns.start, line),
        end=_time(document, entry, columns.end, line),
        raw=raw,
        role=_role(entry, columns),
    )


def _role(entry: Entry, columns: Columns) -> Role | None:
    """Return the role under ``role``, where that is not the speaker's name."""
    role = entry.get("role") if columns.speaker != "role" else None
    return Role(role) if isinstance(role, str) and role in set(Role) else None


def _time(document: Document, entry: Entry, key: str | None, line: int) -> Seconds | None:
    if key is None:
        return None
    try:
        return read_cell(entry.get(key), key)
    except (ValueError, OverflowError):
        raise _no_time(document, key, line) from None


def _no_time(document: Document, key: str, line: int) -> TranscriptError:
    return document.refuse(
        f"the time under {key!r} cannot be read; expected seconds or HH:MM:SS",
        "Correct it, or write null",
        line=line,
    )


FORMAT = Format(
    name="jsonl",
    title="Holdfast's JSON lines, one utterance per line",
    suffixes=(".jsonl", ".ndjson"),
    recognise=recognise,
    parse=parse,
)
