"""Roles: who is the therapist and who is the client, given or by a stated rule."""

from holdfast.roles.assign import assign_roles
from holdfast.roles.refusals import Suggestion, needs_roles_error
from holdfast.roles.speakers import Speaker, speakers_of
from holdfast.roles.words import roles_from_words

__all__ = [
    "Speaker",
    "Suggestion",
    "assign_roles",
    "needs_roles_error",
    "roles_from_words",
    "speakers_of",
]
