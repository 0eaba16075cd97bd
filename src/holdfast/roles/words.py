"""Role words: what a speaker's label alone says of who they are, by a stated rule."""

from __future__ import annotations

import pkgutil
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from holdfast.session import Role, Session

TITLES = frozenset({"doctor", "dr", "dottore", "dottoressa"})
"""Role words that, beside a name, are only a title."""

_APART = re.compile(r"[()\[\]{},|]|\s[-–—]\s")
_OPPOSITE = {Role.THERAPIST: Role.CLIENT, Role.CLIENT: Role.THERAPIST}


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words of ``words.toml``, in the form in which labels are compared.

    Attributes
    ----------
    words
        Words that say a role by themselves.
    abbreviations
        Words that say it only beside someone of the other side, and only where no word does.
    """

    words: Mapping[str, Role]
    abbreviations: Mapping[str, Role]


def roles_from_words(session: Session) -> dict[str, Role]:
    """Return the role of each speaker whose label says it.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> def session(*speakers):
    ...     return Session(tuple(Utterance(i, s, "Yes.", i + 1) for i, s in enumerate(speakers)))
    >>> roles_from_words(session("Thérapeute", "Client 1", "Theresa"))
    {'Thérapeute': <Role.THERAPIST: 'therapist'>, 'Client 1': <Role.CLIENT: 'client'>}
    >>> roles_from_words(session("Dana (therapist)", "Patient Advocate", "Client Services"))
    {'Dana (therapist)': <Role.THERAPIST: 'therapist'>}
    >>> roles_from_words(session("T", "C"))
    {'T': <Role.THERAPIST: 'therapist'>, 'C': <Role.CLIENT: 'client'>}
    >>> roles_from_words(session("T", "Mona"))
    {}
    """
    known = role_words()
    labels = [speaker for speaker in session.speakers if speaker is not None]
    certain = {label: role for label in labels if (role := _certain(label, known.words))}
    likely = {
        label: known.abbreviations[form]
        for label in labels
        if label not in certain and (form := normalised(label)) in known.abbreviations
    }
    present = {*certain.values(), *likely.values()}
    paired = {
        label: role
        for label, role in likely.items()
        if role not in certain.values() and _OPPOSITE.get(role) in present
    }
    return {label: role for label in labels if (role := certain.get(label) or paired.get(label))}


def _certain(label: str, words: Mapping[str, Role]) -> Role | None:
    """Return the role that the whole label says, or the word set apart after a name."""
    whole = words.get(normalised(label))
    if whole is not None:
        return whole
    parts = [part for part in map(normalised, _APART.split(label)) if part]
    if len(parts) < 2 or parts[-1] in TITLES:
        return None
    said = {words[part] for part in parts if part in words and part not in TITLES}
    return words.get(parts[-1]) if len(said) == 1 else None


@cache
def role_words() -> RoleWords:
    """Return the role words that ship with Holdfast, read once."""
    data = pkgutil.get_data("holdfast.roles", "words.toml")
    tables = tomllib.loads((data or b"").decode())

    def gathered(kind: str) -> dict[str, Role]:
        return {
            normalised(word): Role(role) for role, table in tables.items() for word in table[kind]
        }

    return RoleWords(gathered("words"), gathered("abbreviations"))


def normalised(label: str) -> str:
    """Return a label without capitals, accents, punctuation and the number at its end.

    Examples
    --------
    >>> normalised("  Thérapeute:"), normalised("CLIENT_02"), normalised("Therapeut/in")
    ('therapeute', 'client', 'therapeut in')
    """
    letters = unicodedata.normalize("NFKD", label.casefold())
    bare = "".join(
        character if character.isalnum() else " "
        for character in letters
        if not unicodedata.combining(character)
    )
    words = " ".join(bare.split())
    return words.rstrip("0123456789 ") or words
