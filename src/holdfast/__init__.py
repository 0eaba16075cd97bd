"""Holdfast reads a psychotherapy session on your own machine.

>>> from holdfast import analyze
>>> from holdfast.examples import FIRST_SESSION
>>> record = analyze(FIRST_SESSION, therapist="Dana", client="Lee")
>>> len(record.coded.session) > 90
True
"""

from holdfast.errors import HoldfastError, ModelError, RoleError, TranscriptError
from holdfast.formats import read_bytes
from holdfast.pipeline import analyze, code, read, suggest
from holdfast.roles import assign_roles
from holdfast.session import Role, Session, Utterance

__all__ = [
    "HoldfastError",
    "ModelError",
    "Role",
    "RoleError",
    "Session",
    "TranscriptError",
    "Utterance",
    "analyze",
    "assign_roles",
    "code",
    "read",
    "read_bytes",
    "suggest",
]
