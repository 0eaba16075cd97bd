"""Words made fit for sharing: what tells who somebody is gives way to placeholders.

Names are those that are given, those of the speakers, and those that follow a title or "my name
is". Everything else follows patterns. A name that nobody gave is not found, nor is what only a
friend would recognise: a person has to read what is to be shared (docs/validity/deidentification.md
has the measured recall).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from holdfast.corpus.identifiers import CALLED, PATTERNS, TITLED
from holdfast.session import Session

SHORTEST = 2
"""Characters of a name; a single letter would mask half of a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier in a text: its kind and where it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A session with placeholders, and how many of each kind were set."""

    session: Session
    counts: Counter[str]


class Masker:
    """Sets placeholders; the same name has the same one throughout.

    Parameters
    ----------
    names
        Of persons and places, as they are written; each of their words counts by itself too.

    Examples
    --------
    >>> masker = Masker(["Dana Miller"])
    >>> masker.text("Dana lives at 12 Mill Lane, her mail is dana@example.org.")
    '[NAME-1] lives at [ADDRESS-1], her mail is [EMAIL-1].'
    >>> masker.text("Call Dana on 020 7946 0018 before the third of March.")
    'Call [NAME-1] on [PHONE-1] before [DATE-1].'
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, int] = {}
        self._seen: dict[str, dict[str, int]] = {}
        self.counts: Counter[str] = Counter()
        self.know(names)

    def know(self, names: Iterable[str]) -> None:
        """Take some names for names from now on."""
        for name in names:
            number = self._names.get(name.casefold(), len(set(self._names.values())) + 1)
            for part in (name, *re.split(r"[\s,.]+", name)):
                if len(part) >= SHORTEST and any(map(str.isalpha, part)):
                    self._names.setdefault(part.casefold(), number)

    def text(self, words: str) -> str:
        """Return a text with placeholders."""
        masked, place = [], 0
        for one in self.find(words):
            masked += [words[place : one.start], self._placeholder(one, words)]
            place = one.end
        return "".join((*masked, words[place:]))

    def session(self, session: Session) -> Masked:
        """Return a session with placeholders in its words and in its speakers' names.

        Placeholders of names stay the same over all sessions; the others begin anew in each, so
        that nobody is recognised across sessions by a number.
        """
        before = Counter(self.counts)
        self._seen.clear()
        self.know(name for name in session.speakers if name and not _is_role(name, session))
        for one in session.utterances:
            self.know(self._named(one.text))
        utterances = tuple(
            replace(
                one, text=self.text(one.text), raw="", speaker=self._speaker(one.speaker, session)
            )
            for one in session.utterances
        )
        return Masked(
            replace(session, utterances=utterances, source=None, notes=()), self.counts - before
        )

    def find(self, words: str) -> list[Found]:
        """Return the identifiers in a text, in order, none within another."""
        self.know(self._named(words))
        taken = [False] * len(words)
        found: list[Found] = []
        for one in self._candidates(words):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = [True] * (one.end - one.start)
                found.append(one)
        return sorted(found, key=lambda one: one.start)

    def _candidates(self, words: str) -> Iterator[Found]:
        patterns = list(PATTERNS)
        known = sorted(self._names, key=len, reverse=True)
        if known:
            either = "|".join(re.escape(name) for name in known)
            names = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
            patterns.insert(3, ("name", names))
        for kind, pattern in patterns:
            for match in pattern.finditer(words):
                if kind != "name" or not match[0].islower() or not _ordinary(match[0]):
                    yield Found(kind, match.start(), match.end())

    def _named(self, words: str) -> list[str]:
        return [match[1] for how in (TITLED, CALLED) for match in how.finditer(words)]

    def _placeholder(self, one: Found, words: str) -> str:
        self.counts[one.kind] += 1
        said = words[one.start : one.end].casefold()
        if one.kind == "name":
            return f"[NAME-{self._names[said]}]"
        numbers = self._seen.setdefault(one.kind, {})
        return f"[{one.kind.upper()}-{numbers.setdefault(said, len(numbers) + 1)}]"

    def _speaker(self, name: str | None, session: Session) -> str | None:
        if name is None or _is_role(name, session):
            return name
        return f"[NAME-{self._names[name.casefold()]}]" if name.casefold() in self._names else None


ORDINARY = frozenset(
    {"will", "may", "mark", "grace", "hope", "joy", "rose", "bill", "jack", "faith", "frank",
     "art", "dawn", "june", "april", "august", "sue", "pat", "rob", "drew", "chase", "nick"}
)  # fmt: skip
"""Names that are words as well: in small letters they are left alone."""


def _ordinary(word: str) -> bool:
    return word in ORDINARY


def _is_role(name: str, session: Session) -> bool:
    """Whether a speaker's name is a word for a role and tells nobody apart."""
    from holdfast.roles import roles_from_words

    return name in roles_from_words(session)
