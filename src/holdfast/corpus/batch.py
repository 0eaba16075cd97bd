"""Batches: whole sessions packed by their tokens, as lines of text that go to any worker.

A batch holds sessions of several files, or part of the sessions of one: it is cut by work, not by
file. Its windows are laid session by session, because the 8-bit model scales its arithmetic by
everything in one call: reading two sessions in one call would change the codes of both
(docs/decisions/corpus.md has the measurement).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from holdfast.session import Role, Session, Utterance

TOKENS = 100_000
"""Tokens of a batch: about eight sessions of fifty minutes."""

MOST_SESSIONS = 400
CHARACTERS_PER_TOKEN = 4.2  # of English talk; only for packing, so near is enough
MARKS = 2


@dataclass(frozen=True)
class Item:
    """One session to be coded, where it came from, and when it was held, if that is known.

    Examples
    --------
    >>> item = Item("a.vtt", None, Session((Utterance(0, "Lee", "Hello.", 1),)))
    >>> len(item.session_id), item.tokens
    (16, 3)
    """

    source: str
    conversation: str | None
    session: Session
    held_on: date | None = None

    @cached_property
    def content(self) -> str:
        """SHA-256 of what was said, by whom and when; not of the file that it lay in."""
        digest = sha256()
        for one in self.session.utterances:
            said = [one.speaker, one.role, one.text, one.start, one.end]
            digest.update(json.dumps(said, ensure_ascii=True).encode() + b"\n")
        return digest.hexdigest()

    @property
    def session_id(self) -> str:
        """Sixteen characters of the content's hash: the same session has the same name."""
        return self.content[:16]

    @property
    def tokens(self) -> int:
        """About how many tokens the model will read."""
        return sum(
            MARKS + round(len(one.text) / CHARACTERS_PER_TOKEN) for one in self.session.utterances
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some sessions that are coded together, committed together or lost together."""

    items: tuple[Item, ...]

    def halves(self) -> tuple[Batch, ...]:
        """Return the batch in two; one session stays as it is."""
        middle = len(self.items) // 2
        parts = (self.items[:middle], self.items[middle:])
        return tuple(Batch(part) for part in parts if part)

    def as_bytes(self) -> bytes:
        """Return the batch as lines of JSON, a session each."""
        return b"\n".join(json.dumps(_as_data(item)).encode() for item in self.items)

    @classmethod
    def from_bytes(cls, data: bytes) -> Batch:
        """Return the batch that :meth:`as_bytes` wrote."""
        return cls(tuple(_from_data(json.loads(line)) for line in data.split(b"\n")))


def pack(items: Iterable[Item], budget: int = TOKENS) -> Iterator[Batch]:
    """Pack sessions into batches of at most ``budget`` tokens, in order; a longer one is alone.

    Examples
    --------
    >>> said = Session(tuple(Utterance(i, "Lee", "Well.", 1) for i in range(10)))
    >>> [len(batch.items) for batch in pack([Item("a", None, said)] * 5, budget=70)]
    [2, 2, 1]
    """
    packed: list[Item] = []
    tokens = 0
    for item in items:
        if packed and (tokens + item.tokens > budget or len(packed) == MOST_SESSIONS):
            yield Batch(tuple(packed))
            packed, tokens = [], 0
        packed.append(item)
        tokens += item.tokens
    if packed:
        yield Batch(tuple(packed))


def _as_data(item: Item) -> dict[str, Any]:
    session = item.session
    return {
        "source": item.source,
        "conversation": item.conversation,
        "format": session.format,
        "name": session.source,
        "notes": session.notes,
        "held_on": None if item.held_on is None else item.held_on.isoformat(),
        "said": [
            [one.speaker, one.text, one.line, one.start, one.end, one.role]
            for one in session.utterances
        ],
    }


def _from_data(data: dict[str, Any]) -> Item:
    said = tuple(
        Utterance(index, speaker, text, line, start, end, role=role and Role(role))
        for index, (speaker, text, line, start, end, role) in enumerate(data["said"])
    )
    session = Session(said, data["format"], data["name"], tuple(data["notes"]))
    held_on = data["held_on"] and date.fromisoformat(data["held_on"])
    return Item(data["source"], data["conversation"], session, held_on)
