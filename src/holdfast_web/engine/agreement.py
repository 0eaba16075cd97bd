"""How the coder and the people who read its codes agree, code by code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from holdfast.coding.agreement import FEWEST_SESSIONS, Agreement, Share, agreement, share
from holdfast.reports.accuracy import KEYS
from holdfast_web.engine.codes import OPEN, Choice, Value, all_choices

FEWEST_LINES = 100
"""Below this a κ would be said of a few remarks (our choice)."""
FEWEST_MARKED = 10
"""Below this a κ would hang on single lines (our choice, as for our own annotation)."""
FEWEST_MARKS = 30
"""Below this the practice's own accuracy doesn't stand beside the model's (our choice)."""
READ, BLIND = (
    "as therapists read them",
    "as therapists coded them before they saw the coder’s codes",
)

Pair = tuple[Value, Value]
Pairs = Mapping[Pair, int]
Tallied = Mapping[str, Pairs]
Marks = tuple[int, int, int]
"""How many marks both gave, the coder gave, and the person gave."""
NONE: Marks = (0, 0, 0)
PRESENT, MARKED = "*", "+"
"""In place of a label: whether any is there, and whether either gave any."""


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label, or a code as a whole.

    Attributes
    ----------
    name, title
        The label's, and in words; the name is ``""`` for a code as a whole.
    right
        Of the coder's marks, how many the people let stand.
    found
        Of the people's marks, how many the coder had.
    """

    name: str
    title: str
    right: Share
    found: Share

    @property
    def right_in_words(self) -> str:
        """How often the coder's marks are right; ``""`` where it made none."""
        return _percent(self.right)

    @property
    def found_in_words(self) -> str:
        """How much of what people mark it finds."""
        return _percent(self.found)


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code.

    Attributes
    ----------
    further
        Whether it is one of the finer codes that are still experimental.
    left_open
        On how many lines the coder, or the person, did not say: these are not compared.
    marked
        On how many lines either gave it, whichever label.
    whole
        Over all labels: a mark is right if its label is.
    present
        Whether anything is there at all, whichever label.
    labels
        One by one, those that occurred.
    """

    code: str
    title: str
    role: str
    many: bool
    further: bool
    found: Agreement
    left_open: int
    marked: int
    whole: LabelAgreement
    present: LabelAgreement
    labels: tuple[LabelAgreement, ...]

    @property
    def too_little(self) -> str:
        """Why nothing can be said yet; ``""`` where something can."""
        lines, sessions = self.found.lines, self.found.sessions
        if lines >= FEWEST_LINES and sessions >= FEWEST_SESSIONS:
            return self._too_rare
        needed = ((lines, FEWEST_LINES, "lines"), (sessions, FEWEST_SESSIONS, "sessions"))
        lacking = [f"{now} of {least} {what}" for now, least, what in needed if now < least]
        return f"Too little to say: {', '.join(lacking)}."

    @property
    def _too_rare(self) -> str:
        if self.marked >= FEWEST_MARKED:
            return ""
        where = {0: "no line", 1: "1 line"}.get(self.marked, f"{self.marked} lines")
        return f"Too rare to say: marked on {where} of {self.found.lines} in all."

    @property
    def kappa(self) -> str:
        """κ with its interval, in words; ``""`` where it can't be said."""
        if self.too_little or self.found.kappa is None:
            return ""
        return _decimal(self.found.kappa)

    @property
    def interval(self) -> str:
        """Its 95 % interval, in words."""
        if not self.kappa or self.found.interval is None:
            return ""
        return " to ".join(_decimal(one) for one in self.found.interval)

    @property
    def alike(self) -> str:
        """The share of lines with the same value, in words."""
        told = self.found.alike
        return "" if self.too_little or told is None else f"{100 * told:.0f}\u202f%"


def compare(sessions: Sequence[Tallied]) -> tuple[CodeAgreement, ...]:
    """Return the agreement on every code that was read anywhere, in the codebook's order.

    Examples
    --------
    >>> (found,) = compare([{"talk": {("change", "change"): 40, (OPEN, "change"): 2}}])
    >>> found.title, found.left_open, found.too_little
    ('Talk about change', 2, 'Too little to say: 40 of 100 lines, 1 of 5 sessions.')
    """
    return tuple(
        _of(choice, [one.get(choice.name, {}) for one in sessions])
        for choice in all_choices().values()
        if any(choice.name in one for one in sessions)
    )


def own_words(seen: Sequence[Tallied], blind: Sequence[Tallied] = ()) -> dict[str, str]:
    """Return how often the coder is right here, for each skill for which that can be said.

    Parameters
    ----------
    seen, blind
        What therapists said who saw the coder's codes, and who didn't yet; the latter counts first.

    Examples
    --------
    >>> one = {"encourager": {("present", "present"): 8, ("present", None): 2, (None, None): 90}}
    >>> own_words([one] * 5)["encouragers"].replace("\u202f", " ")
    'In this practice 80 % of 50 marks were right (80 to 80 %), as therapists read them.'
    >>> own_words([one])
    {}
    """
    known = dict(_known(compare(seen), READ)) | dict(_known(compare(blind), BLIND))
    return {skill: known[key] for skill, key in KEYS.items() if key in known}


def _known(codes: Sequence[CodeAgreement], how: str) -> Iterator[tuple[str, str]]:
    for code in codes:
        whole = code.whole if code.many else code.present
        for one in (whole, *code.labels):
            if one.right.of >= FEWEST_MARKS and one.right.interval is not None:
                yield f"{code.code}:{one.name}".rstrip(":"), _sentence(one.right, how)


def _sentence(right: Share, how: str) -> str:
    low, high = right.interval or (0.0, 1.0)
    return (
        f"In this practice {_percent(right)} of {right.of} marks were right "
        f"({100 * low:.0f} to {100 * high:.0f}\u202f%), {how}."
    )


def _decimal(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}".replace("-", "\N{MINUS SIGN}")


def _percent(told: Share) -> str:
    return "" if told.value is None else f"{100 * told.value:.0f}\u202f%"


def _of(choice: Choice, sessions: list[Pairs]) -> CodeAgreement:
    compared = [{pair: n for pair, n in one.items() if OPEN not in pair} for one in sessions]
    found = agreement(compared)
    counted = [_marks(one) for one in sessions]
    labels = (_label(one.name, one.title, counted) for one in choice.labels)
    return CodeAgreement(
        code=choice.name,
        title=choice.title,
        role=choice.role,
        many=choice.many,
        further=choice.further,
        found=found,
        left_open=sum(sum(one.values()) for one in sessions) - found.lines,
        marked=sum(one.get(MARKED, NONE)[0] for one in counted),
        whole=_label("", choice.title, counted),
        present=_label(PRESENT, choice.title, counted),
        labels=tuple(one for one in labels if one.right.of or one.found.of),
    )


def _marks(pairs: Pairs) -> dict[str, Marks]:
    """Count the marks of a session by label, and of all labels, of any, and of either."""
    found: dict[str, Marks] = {}
    for (coder, person), count in pairs.items():
        if person == OPEN:
            continue
        heard, asked = _labels(coder), _labels(person)
        for label in heard | asked:
            _add(found, label, count, heard=label in heard, asked=label in asked)
            _add(found, "", count, heard=label in heard, asked=label in asked)
        _add(found, PRESENT, count, heard=bool(heard), asked=bool(asked))
        if coder != OPEN:
            either = bool(heard | asked)
            _add(found, MARKED, count, heard=either, asked=either)
    return found


def _labels(value: Value) -> frozenset[str]:
    """Return a value's labels; none where it was left open."""
    names = (value,) if isinstance(value, str) else value or ()
    return frozenset(names) - {OPEN}


def _add(found: dict[str, Marks], label: str, count: int, *, heard: bool, asked: bool) -> None:
    both, marked, wanted = found.get(label, NONE)
    found[label] = (
        both + count * (heard and asked),
        marked + count * heard,
        wanted + count * asked,
    )


def _label(name: str, title: str, sessions: list[dict[str, Marks]]) -> LabelAgreement:
    counts = [one.get(name, NONE) for one in sessions]
    return LabelAgreement(
        name.removeprefix(PRESENT),
        title,
        right=share([(both, marked) for both, marked, _ in counts]),
        found=share([(both, wanted) for both, _, wanted in counts]),
    )
