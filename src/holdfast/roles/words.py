"""Role words: what a speaker's label alone says of who they are, by a stated rule."""

from __future__ import annotations

import pkgutil
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from holdfast.session import Role, Session

TITLES = frozenset({"doctor", "dr", "dottore", "dottoressa"})
"""Role words that, before a name, are only a title."""

_APART = re.compile(r"[()\[\]{},;|]|\s[-–—/]\s")
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
    >>> roles_from_words(session("T", "C"))
    {'T': <Role.THERAPIST: 'therapist'>, 'C': <Role.CLIENT: 'client'>}
    >>> roles_from_words(session("T", "Mona"))
    {}
    """
    known = role_words()
    labels = [speaker for speaker in session.speakers if speaker is not None]
    certain = _found(labels, known.words, names=True)
    likely = _found([label for label in labels if label not in certain], known.abbreviations)
    present = {*certain.values(), *likely.values()}
    paired = {
        label: role
        for label, role in likely.items()
        if role not in certain.values() and _OPPOSITE.get(role) in present
    }
    return {label: role for label in labels if (role := certain.get(label) or paired.get(label))}


def _found(labels: list[str], words: Mapping[str, Role], *, names: bool = False) -> dict[str, Role]:
    found = {}
    for label in labels:
        role = next((words[form] for form in _forms(label, names) if form in words), None)
        if role is not None:
            found[label] = role
    return found


def _forms(label: str, names: bool) -> Iterator[str]:
    """Yield what of a label is compared: all of it, its parts set apart, the word before a name."""
    yield normalised(label)
    if names:
        first = label.strip().partition(" ")[0] if len(label.split()) > 1 else ""
        parts = (normalised(part) for part in (*_APART.split(label), first))
        yield from (part for part in parts if part not in TITLES)


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
