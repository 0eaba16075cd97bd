"""ConvoKit's utterances (``utterances.jsonl``), for a corpus that holds one conversation.

Speaker, text and timestamp are read, in the order of the file; ``meta``, ``reply_to`` and vectors
are not.
"""

from __future__ import annotations

from holdfast.formats.columns import read_cell
from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.entries import Entry, first_entry, read_entries, words_of
from holdfast.formats.format import Format
from holdfast.formats.mending import name_lines
from holdfast.session import Session

CONVERSATION = ("conversation_id", "root")
REPLY = ("reply_to", "reply-to")
SPEAKER = ("speaker", "user")
"""Keys of ConvoKit's releases, the newer first."""


def recognise(document: Document) -> bool:
    """Whether the first line has ConvoKit's keys."""
    entry = first_entry(document)
    return (
        entry is not None
        and "text" in entry
        and _key(entry, SPEAKER) is not None
        and (_key(entry, CONVERSATION) is not None or _key(entry, REPLY) is not None)
    )


def parse(document: Document) -> Session:
    """Read the utterances of the one conversation.

    Raises
    ------
    TranscriptError
        If a line cannot be read, or the file holds several conversations.
    """
    said, silent = [], []
    conversations: set[str] = set()
    for line, entry in read_entries(document):
        conversations.add(words_of(document, entry, _key(entry, CONVERSATION), line))
        one = _said(document, entry, line)
        if one.text:
            said.append(one)
        else:
            silent.append(line)
    if len(conversations - {""}) > 1:
        raise document.refuse(
            f"the file holds {len(conversations - {''})} conversations, and a transcript holds one",
            "Save the utterances of one conversation in a file of its own",
        )
    notes = []
    if silent:
        notes.append(f"Entries without words were left out: {name_lines(silent)}.")
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


def _key(entry: Entry, keys: tuple[str, ...]) -> str | None:
    return next((key for key in keys if key in entry), None)


def _said(document: Document, entry: Entry, line: int) -> Said:
    raw = words_of(document, entry, "text", line)
    key = _key(entry, SPEAKER)
    inner = entry.get(key) if key is not None else None
    speaker = words_of(document, inner, "id", line) if isinstance(inner, dict) else None
    if speaker is None:
        speaker = words_of(document, entry, key, line)
    try:
        start = read_cell(entry.get("timestamp"), "timestamp")
    except (ValueError, OverflowError):
        raise document.refuse(
            "the timestamp cannot be read; expected seconds",
            "Correct it, or write null",
            line=line,
        ) from None
    text = " ".join(part.strip() for part in raw.split("\n") if part.strip())
    return Said(speaker.strip() or None, text, line, start, raw=raw)


FORMAT = Format(
    name="convokit",
    title="ConvoKit utterances",
    suffixes=(".jsonl",),
    recognise=recognise,
    parse=parse,
)
