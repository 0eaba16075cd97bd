"""What waits for whoever stands in for the practice's therapists: how much, and nothing of what."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import not_clinical
from holdfast_web.inbox.readers import reads_for_the_practice
from holdfast_web.measures.queries.noticing import count_open_safety, stands_in


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody sees to for the practice.

    Attributes
    ----------
    safety
        How many answers wait that a person must see; ``None`` if they aren't theirs to see.
    reads
        Whether they read what is said to the practice.
    """

    safety: int | None = None
    reads: bool = False

    def __bool__(self) -> bool:
        return self.safety is not None or self.reads


@not_clinical("whether somebody stands in, and how many answers wait; nothing of whose they are")
def desk_of(viewer: Person) -> Desk:
    """Return what somebody sees to for the practice; empty for most."""
    safety = count_open_safety(viewer) if stands_in(viewer) else None
    return Desk(safety, reads_for_the_practice(viewer))
