"""Tools for testing whatever is built on Holdfast: made-up sessions, about nobody.

Examples
--------
>>> from holdfast.testing import as_webvtt, synthetic_session
>>> transcript = as_webvtt(synthetic_session(minutes=10, seed=3))
"""

from holdfast.testing.many import synthetic_sessions, write_sessions
from holdfast.testing.planted import given_names, planted_identifiers
from holdfast.testing.synthetic import synthetic_session
from holdfast.testing.transcripts import as_plain, as_webvtt
from holdfast.testing.variations import (
    only,
    renamed,
    varied,
    without_roles,
    without_speakers,
    without_times,
    without_words,
)

__all__ = [
    "as_plain",
    "as_webvtt",
    "given_names",
    "only",
    "planted_identifiers",
    "renamed",
    "synthetic_session",
    "synthetic_sessions",
    "varied",
    "without_roles",
    "without_speakers",
    "without_times",
    "without_words",
    "write_sessions",
]
