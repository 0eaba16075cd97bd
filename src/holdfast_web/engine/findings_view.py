"""What a page is given of a session that was read: lines, marks, moments, skills, shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was heard in a line.

    Attributes
    ----------
    code, value
        Name of the code and of its label; the label is ``""`` where its kind is unsure.
    words
        For a reader: "Complex reflection", "Opening, missed".
    family
        What a reader may filter by, as :class:`Filter` has it.
    unsure
        Whether it is only the coder's likeliest guess.
    p
        How likely the label is, 0 to 1; ``None`` for what fixed rules found.
    """

    code: str
    value: str
    words: str
    family: str
    unsure: bool
    p: float | None

    @property
    def percent(self) -> str:
        """How likely it is, in words; ``""`` for what fixed rules found."""
        return "" if self.p is None else f"{100 * self.p:.0f}\u202f%"


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance.

    Attributes
    ----------
    index
        From 0; people count from 1, as ``number`` does.
    role
        ``"therapist"``, ``"client"`` or ``"other"``.
    speaker
        A name, or the role's where there is none.
    clock
        When it begins, ``""`` where no time is known.
    text
        What was said.
    marks
        What was heard, in reading order; an opening comes first.
    changed
        Whether its words or its role were changed since it was read.
    """

    index: int
    role: str
    speaker: str = field(repr=False)  # a log must not hold words of a session
    clock: str
    text: str = field(repr=False)
    marks: tuple[Mark, ...]
    changed: bool = False

    @property
    def number(self) -> int:
        """Its number for people, from 1."""
        return self.index + 1

    @property
    def anchor(self) -> str:
        """Its id on a page: ``"line-1"``."""
        return f"line-{self.number}"

    @property
    def families(self) -> str:
        """What it can be filtered by, with a space between two: for ``data-kinds``."""
        return " ".join(dict.fromkeys(one.family for one in self.marks))

    @property
    def unsure(self) -> bool:
        """Whether the coder abstained on what is mainly done or said."""
        return any(one.family == "unsure" for one in self.marks)

    def unmarked(self) -> Line:
        """Return its words alone, for whoever codes it before they see what was heard."""
        return replace(self, marks=())


@dataclass(frozen=True, slots=True)
class Moment:
    """A few lines worth going back to.

    Attributes
    ----------
    why
        Why it was chosen, in a sentence without its full stop.
    focus
        Indices of the lines that it is about.
    lines
        Those and the ones around them.
    """

    why: str
    focus: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """The first line that it is about."""
        return next(one for one in self.lines if one.index == self.focus[0])

    def in_words_of(self, lines: Sequence[Line]) -> Moment:
        """Return the same moment in other words: of the transcript, where these are masked."""
        there = tuple(lines[one.index] for one in self.lines if one.index < len(lines))
        return replace(self, lines=there) if len(there) == len(self.lines) else self


@dataclass(frozen=True, slots=True)
class Part:
    """Moments of one kind.

    Attributes
    ----------
    name
        ``"kept"``, ``"missed"`` or ``"reread"``.
    heading, about
        Its heading; what its moments are, and how often the codes behind them are right.
    moments
        In the order of the session.
    none
        The sentence for a session without any; ``""`` where the part is then left out.
    """

    name: str
    heading: str
    about: str
    moments: tuple[Moment, ...]
    none: str

    def in_words_of(self, lines: Sequence[Line]) -> Part:
        """Return the same moments in other words."""
        return replace(self, moments=tuple(one.in_words_of(lines) for one in self.moments))


@dataclass(frozen=True, slots=True)
class Answered:
    """An opening for empathy, and how it was answered.

    Attributes
    ----------
    line
        The client's line.
    kind
        ``"stated"`` or ``"hinted"``.
    response
        ``"met"``, ``"explored"``, ``"acknowledged"``, ``"missed"``, ``"unclear"``, or ``""`` where
        no answer follows.
    words
        "Opening, met".
    answer
        The therapist's line that answered.
    """

    line: Line
    kind: str
    response: str
    words: str
    answer: Line | None


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill's number and all that belongs beside it.

    Attributes
    ----------
    name, title, heading
        Stable name, plain words, and the heading of its family; rows of one lie together.
    number
        The bare number; ``None`` where it is not applicable.
    value
        In words: "42 %", "12", "not applicable", "not enough talk".
    rate
        A count's rate: "2.1 per 10 min"; ``""`` for others.
    interval
        "33 to 58 %", ``""`` where no coder is involved.
    stands_on
        "from 37 reflections", or why there is no number.
    references
        Where demonstrations lie, a sentence each; says so where there are none yet.
    strip
        The same as a small SVG; ``""`` where there is none.
    accuracy
        How often the coder is right, a sentence.
    not_meaning
        What the number does not mean.
    source
        Of its formula.
    status
        How far it may be trusted, a sentence.
    experimental
        Whether it is to be read lightly.
    """

    name: str
    title: str
    heading: str
    number: float | None
    value: str
    rate: str
    interval: str
    stands_on: str
    references: tuple[str, ...]
    strip: SafeString
    accuracy: str
    not_meaning: str
    source: str
    status: str
    experimental: bool

    @property
    def applicable(self) -> bool:
        """Whether there is a number."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the talk one of them had.

    Attributes
    ----------
    role, name
        ``"client"``, ``"therapist"`` or ``"other"``; and the speaker's name, or the role's.
    words
        How many.
    share
        Of all words, 0 to 1.
    """

    role: str
    name: str = field(repr=False)
    words: int
    share: float

    @property
    def percent(self) -> str:
        """The share in words: "42 %"."""
        return f"{100 * self.share:.0f}\u202f%"


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that one may look for in the lines.

    Attributes
    ----------
    families
        Of marks, with a space between two: ``"opening missed"``.
    words
        On the button.
    count
        How many lines it leaves.
    """

    families: str
    words: str
    count: int
