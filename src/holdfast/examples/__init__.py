"""Invented sessions that ship with Holdfast, to try it on."""

from __future__ import annotations

from pathlib import Path

FIRST_SESSION = Path(__file__).with_name("a-first-session.vtt")
"""Dana and Lee, twenty-two minutes: a session that goes well, slips once and is mended."""
