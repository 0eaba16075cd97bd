"""What an instrument is: its items, its options, its sources and its licence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from holdfast.errors import HoldfastError
from holdfast.instruments.scales import Condition, Criterion, Level, Scale


class InstrumentError(HoldfastError):
    """A definition or a wording that lacks something or contradicts itself."""


class Worse(StrEnum):
    """Which way an instrument's numbers point."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Checked(StrEnum):
    """How far we compared a fact with the source that it names.

    ``SECOND_HAND``: only with a page that quotes it. ``COMPUTED``: from figures with a source of
    their own. ``CHOICE``: our own decision, which claims no evidence. ``NO``: common knowledge
    of the field that nobody here has looked up.
    """

    YES = "yes"
    SECOND_HAND = "second hand"
    NO = "no"
    COMPUTED = "computed"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from.

    Attributes
    ----------
    name
        How the definition refers to it.
    cite
        Authors, year, title, place.
    url
        DOI or address, or ``""``.
    checked
        How far the fact was compared with it.
    """

    name: str
    cite: str
    url: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Licence:
    """Who owns an instrument and what one may do with it.

    Attributes
    ----------
    name, holder, terms
        The licence, its holder, and what it allows, in one sentence.
    words
        ``"shipped"`` with Holdfast, or to be added by a ``"practice"`` that may use them.
    source
        Name of the source of all this.
    """

    name: str
    holder: str
    terms: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Options:
    """The answers that items offer.

    Attributes
    ----------
    name
        How items refer to them.
    values
        Numbers, ascending, one for each answer.
    loinc
        LOINC answer codes in the same order, or empty.
    """

    name: str
    values: tuple[float, ...]
    loinc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Safety:
    """An answer that a person must see, whatever the total.

    Attributes
    ----------
    at_least
        From this answer on.
    kind
        ``"alert"`` reaches somebody at once; ``"note"`` is shown to the therapist.
    title
        What the answer says, for the person who sees it.
    source
        Name of the source.
    """

    at_least: float
    kind: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes
    ----------
    name
        As columns and records have it.
    options
        Its answers, ``None`` for an open line of text.
    reverse
        Whether scales count it the other way round.
    scored
        Whether a missing answer matters to anything.
    asked_if
        When it is asked; ``None`` for always. An item that was not asked counts as 0.
    safety
        What a person must see.
    loinc
        LOINC code, or ``""``.
    """

    name: str
    options: Options | None
    reverse: bool = False
    scored: bool = True
    asked_if: Condition | None = None
    safety: Safety | None = None
    loinc: str = ""

    def counted(self, answer: float) -> float:
        """Return what an answer counts in scales, reversed where the item is.

        Examples
        --------
        >>> Item("q2", Options("agreement", (0, 1, 2, 3, 4)), reverse=True).counted(1)
        3
        """
        if not self.reverse or self.options is None:
            return answer
        return self.options.values[0] + self.options.values[-1] - answer


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire with its scoring rules and licence; the words lie in wordings.

    Attributes
    ----------
    name, version, title, full_title
        ``"phq-9"``, its version, and its names for people.
    measures, not_meaning
        What a score says, and what it doesn't.
    about
        ``"depression"``, ``"anxiety"``, ``"trauma"``, ``"wellbeing"``, ``"relationship"``,
        ``"distress"``, ``"risk"``, ``"preferences"`` or ``"alliance"``.
    recall
        The time that the answers are about.
    worse
        Whether higher or lower numbers are worse.
    status
        ``"validated"`` or ``"unvalidated"``.
    items, scales
        In order; the first scale is the one that people call the score.
    criteria, levels
        Patterns of answers: any number of criteria, and levels of which one holds.
    sources, licence
        Where it all comes from and what one may do with it.
    loinc
        LOINC code of the panel, or ``""``.
    """

    name: str
    version: str
    title: str
    full_title: str
    measures: str
    not_meaning: str
    about: str
    recall: str
    worse: Worse
    status: str
    licence: Licence
    sources: tuple[Source, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    levels: tuple[Level, ...] = ()
    loinc: str = ""

    @property
    def label(self) -> str:
        """Name and version, as records carry them."""
        return f"{self.name} {self.version}"

    def item(self, name: str) -> Item:
        """Return the item with this name; raises ``KeyError`` if there is none."""
        return {one.name: one for one in self.items}[name]

    def scale(self, name: str | None = None) -> Scale:
        """Return the scale with this name, the first one by default.

        Raises
        ------
        KeyError
            If there is no such scale, or none at all.
        """
        if name is None:
            name = self.scales[0].name if self.scales else "total"
        return {one.name: one for one in self.scales}[name]

    def source(self, name: str) -> Source:
        """Return the source with this name; raises ``KeyError`` if there is none."""
        return {one.name: one for one in self.sources}[name]
