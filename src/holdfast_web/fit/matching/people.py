"""Who looks for a therapist, and what a therapist offers: keys and numbers, no names, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a therapist. What they said nothing about limits nothing.

    Attributes
    ----------
    key
        Theirs, for the order of what fits equally well.
    languages, times, places
        What is possible for them; empty where all is.
    needs
        What the room must have.
    only
        The gender of whom alone they could work with, or ``""``.
    facts
        Keys of ``limits`` that are true of them.
    not_with
        Therapists whom they don't want or know from elsewhere.
    problems
        The most important first.
    wishes
        What the scales of the C-NIP came to.
    """

    key: str
    languages: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    only: str = ""
    facts: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    wishes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a therapist says of themselves.

    Attributes
    ----------
    key
        Theirs.
    focus
        Problems that they often work with.
    ways
        Where they work on each scale of the C-NIP, −3 to 3; what they left open is missing.
    limits
        Whom they can't see.
    access
        What their room has.
    gender
        If they told it.
    free
        How many people they could take on now.
    measured
        Shrunken reliable change by problem, −1 to 1, where there are enough closed cases.
    """

    key: str
    languages: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    gender: str = ""
    limits: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    ways: Mapping[str, float] = field(default_factory=dict)
    free: int = 0
    measured: Mapping[str, float] = field(default_factory=dict)
