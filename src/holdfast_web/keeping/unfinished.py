"""Intakes that nobody went on with: erased by themselves, as their first page says."""

from __future__ import annotations

from holdfast_web.fit.queries.intakes import unfinished_intakes
from holdfast_web.keeping.actions import erase_record


def erase_unfinished() -> int:
    """Erase what was begun and never handed in, once its link is too old; return how many."""
    found = unfinished_intakes()
    for client in found:
        erase_record(by=None, client=client)
    return len(found)
