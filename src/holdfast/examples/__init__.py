"""Invented sessions that ship with Holdfast, to try it on."""

from __future__ import annotations

from importlib.resources import files

FIRST_SESSION = "a-first-session.vtt"
"""Dana and Lee, twenty-two minutes: a session that goes well, slips once and is mended."""


def example_transcript(name: str = FIRST_SESSION) -> bytes:
    """Return the bytes of a shipped transcript.

    Examples
    --------
    >>> example_transcript()[:6]
    b'WEBVTT'
    """
    return (files(__name__) / name).read_bytes()
