"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is not a bug: hangs are told by the fuzzing run, which measures processor time.
settings.register_profile("holdfast", parent=settings.default, deadline=None)
settings.load_profile("holdfast")
