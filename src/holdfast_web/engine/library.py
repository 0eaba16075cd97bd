"""Instruments as they are now, kept in memory until a practice changes its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from holdfast.instruments import Instrument, InstrumentError, load_instrument, practice_folder
from holdfast.trajectories.reading import ALLIANCE


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """An instrument that is kept in memory; the same one is the same object."""

    instrument: Instrument

    @property
    def is_alliance(self) -> bool:
        """Whether it is about the relationship."""
        return self.instrument.about == ALLIANCE


def kept(name: str) -> Kept | None:
    """Return an instrument; ``None`` for a practice's own whose file is gone or broken.

    Examples
    --------
    >>> kept("phq-9").instrument.title, kept("gone"), kept("phq-9") is kept("phq-9")
    ('PHQ-9', None, True)
    """
    return _kept(name, _stamp())


@lru_cache(maxsize=128)
def _kept(name: str, stamp: int) -> Kept | None:  # noqa: ARG001 - keys the cache
    try:
        return Kept(load_instrument(name))
    except InstrumentError:
        return None


def _stamp() -> int:
    """Say when the practice's own instruments last changed: what was read before then is old."""
    try:
        return practice_folder().stat().st_mtime_ns
    except OSError:
        return 0
