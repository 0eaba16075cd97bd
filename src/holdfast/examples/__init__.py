"""Invented sessions and ratings that ship with Holdfast, to try it on."""

from __future__ import annotations

from pathlib import Path

FIRST_SESSION = Path(__file__).with_name("a-first-session.vtt")
"""Dana and Lee, twenty-two minutes: a session that goes well, slips once and is mended."""

RATINGS = Path(__file__).with_name("ratings.csv")
"""Lee's check-ins over fourteen sessions, Dana's guesses: lower at 6, back at 9, one skipped."""

PHQ9_ANSWERS = Path(__file__).with_name("phq-9.csv")
"""Lee's answers to nine PHQ-9: from 16 to 6, one left out, and item 9 answered once."""
