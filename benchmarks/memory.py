"""The most memory that a process held, in megabytes of a million bytes."""

from __future__ import annotations

import resource
import sys

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in one unit of ``ru_maxrss``, which differs between systems."""


def peak_megabytes(usage: resource.struct_rusage) -> float:
    """Return the peak of a process that ``wait4`` or ``getrusage`` reported."""
    return usage.ru_maxrss * UNIT / 1e6


def own_peak_megabytes() -> float:
    """Return this process's own peak."""
    return peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
