"""The few ways in which the practice says no. ``lib.middleware`` turns them into pages."""

from __future__ import annotations


class PracticeError(Exception):
    """Anything that the practice refuses; its message may be shown to the person."""


class NotYours(PracticeError):  # noqa: N818 - a sentence, not a fault
    """Nothing that this person may know of: to them it does not exist (404)."""


class Refused(PracticeError):  # noqa: N818
    """They may know of it, and may not do this now; the message says why (403)."""


class Stale(PracticeError):  # noqa: N818
    """Somebody else changed it in the meantime; nothing was overwritten (409)."""


class Unwitnessed(PracticeError):  # noqa: N818
    """A clinical read or an action left no event in the audit: a mistake in our code (500)."""


class Unscoped(PracticeError):  # noqa: N818
    """Somebody asked for clinical rows without saying who looks: a mistake in our code (500)."""
