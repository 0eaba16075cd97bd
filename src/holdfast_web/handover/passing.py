"""What passes on: documents that the client chose, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

NOTE, THREAD, LETTER, SIGNALS, RUPTURES = "note", "thread", "letter", "signals", "ruptures"
WHOLE = (LETTER, SIGNALS, RUPTURES)
"""What passes on as a whole, or doesn't."""


@dataclass(frozen=True, slots=True)
class Passes:
    """What a client lets pass on; at first nothing.

    Examples
    --------
    >>> Passes.of([{"kind": "signals", "id": ""}]).signals
    True
    """

    notes: frozenset[UUID] = frozenset()
    threads: frozenset[UUID] = frozenset()
    letter: bool = False
    signals: bool = False
    ruptures: bool = False

    @classmethod
    def of(cls, kept: Iterable[Mapping[str, str]]) -> Passes:
        """Return what a row holds."""
        chosen = [(one["kind"], one["id"]) for one in kept]
        kinds = {kind for kind, _ in chosen}
        return cls(
            notes=frozenset(UUID(pk) for kind, pk in chosen if kind == NOTE),
            threads=frozenset(UUID(pk) for kind, pk in chosen if kind == THREAD),
            letter=LETTER in kinds,
            signals=SIGNALS in kinds,
            ruptures=RUPTURES in kinds,
        )

    @property
    def kept(self) -> list[dict[str, str]]:
        """As a row keeps it."""
        single = ((NOTE, self.notes), (THREAD, self.threads))
        chosen = [{"kind": kind, "id": str(pk)} for kind, ids in single for pk in sorted(ids)]
        return chosen + [{"kind": kind, "id": ""} for kind in WHOLE if getattr(self, kind)]

    def __bool__(self) -> bool:
        """Whether anything passes on."""
        return bool(self.kept)
