"""The interpreter: scores the answers of any instrument by its definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfast.errors import HoldfastError
from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.scales import Criterion, Cutoff, Level, Scale

Answer = float | str | None
Answers = Mapping[str, Answer]
"""By item: the value of the answer, words for an open line, ``None`` where there is none."""


class AnswerError(HoldfastError):
    """Answers that an instrument can't have: an unknown item, a value that is not offered."""


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """What the answers of one scale come to.

    Attributes
    ----------
    name, title
        Those of the scale.
    value
        The number, or ``None``.
    missing
        Why there is no number, ``None`` where there is one.
    band
        Name of the band that it lies in, ``""`` where there are no bands.
    cutoffs
        The cut-offs that it reaches.
    filled
        Items whose missing answer the mean of the others stands in for.
    """

    name: str
    title: str
    value: float | None
    missing: str | None = None
    band: str = ""
    cutoffs: tuple[Cutoff, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a criterion holds; ``None`` while a missing answer could decide."""

    criterion: Criterion
    holds: bool | None


@dataclass(frozen=True, slots=True)
class SafetyFlag:
    """An answer that a person must see, whatever the total.

    Attributes
    ----------
    item, answer
        What was answered.
    kind
        ``"alert"`` or ``"note"``.
    title
        What it says.
    """

    item: str
    answer: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Score:
    """One filled-in instrument, and what it comes to.

    Attributes
    ----------
    instrument
        Name and version.
    scales
        In the definition's order.
    findings
        One for each criterion.
    level
        The level that holds for certain, ``None`` where there are no levels or none is certain.
    level_missing
        Why the level may be another one, ``None`` where it can't.
    safety
        Answers that a person must see. They never depend on a score.
    answered, asked
        How many of the scored items were answered, and should have been.
    """

    instrument: str
    scales: tuple[ScaleScore, ...]
    findings: tuple[Finding, ...] = ()
    level: Level | None = None
    level_missing: str | None = None
    safety: tuple[SafetyFlag, ...] = ()
    answered: int = 0
    asked: int = 0

    @property
    def total(self) -> float | None:
        """The first scale's value, ``None`` where it has none."""
        return self.scales[0].value if self.scales else None

    def scale(self, name: str) -> ScaleScore:
        """Return a scale's score; raises ``KeyError`` if there is no such scale."""
        return {one.name: one for one in self.scales}[name]


def score(instrument: Instrument, answers: Answers) -> Score:
    """Score one person's answers.

    Parameters
    ----------
    instrument
        Its definition.
    answers
        By item. Leave out what was not answered, or give ``None``.

    Returns
    -------
    Score
        Every scale with its value or the reason why it has none; safety flags whatever the
        rest comes to.

    Raises
    ------
    AnswerError
        If an item is unknown, or a value is none of those that it offers.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> result = score(load_instrument("phq-9"), {f"q{n}": 1 for n in range(1, 10)})
    >>> result.total, result.scales[0].band, result.safety[0].item
    (9, 'mild', 'q9')
    >>> score(load_instrument("gad-7"), {"q1": 3}).scales[0].missing
    '6 of 7 answers are missing, no more than 0 may be'
    """
    given = _numbers(instrument, answers)
    not_asked = {
        one.name
        for one in instrument.items
        if one.asked_if and one.asked_if.holds(given) is False and one.name not in given
    }
    known = {**dict.fromkeys(not_asked, 0.0), **given}
    level, level_missing = _level(instrument, known)
    scored = [one for one in instrument.items if one.scored and one.name not in not_asked]
    return Score(
        instrument=instrument.label,
        scales=tuple(_scale(instrument, one, given) for one in instrument.scales),
        findings=tuple(Finding(one, _holds(one, known)) for one in instrument.criteria),
        level=level,
        level_missing=level_missing,
        safety=safety_flags(instrument, given),
        answered=sum(one.name in given for one in scored),
        asked=len(scored),
    )


def safety_flags(instrument: Instrument, answers: Answers) -> tuple[SafetyFlag, ...]:
    """Return the answers that a person must see; it needs no complete or valid others.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> [one.item for one in safety_flags(load_instrument("phq-9"), {"q9": 1})]
    ['q9']
    """
    flags = []
    for item in instrument.items:
        answer = answers.get(item.name)
        if item.safety is None or answer is None or isinstance(answer, str):
            continue
        if answer >= item.safety.at_least:  # also where it is no int or float, but NumPy's
            flags.append(SafetyFlag(item.name, answer, item.safety.kind, item.safety.title))
    return tuple(flags)


def _numbers(instrument: Instrument, answers: Answers) -> dict[str, float]:
    items = {one.name: one for one in instrument.items}
    given: dict[str, float] = {}
    for name, answer in answers.items():
        if name not in items:
            known = ", ".join(items)
            raise AnswerError(f"{instrument.title} has no item {name!r}. Its items: {known}.")
        if answer is not None and items[name].options is not None:
            given[name] = check_answer(items[name], answer)
    return given


def check_answer(item: Item, answer: float | str) -> float:
    """Return an answer's value if the item offers it.

    Raises
    ------
    AnswerError
        If it doesn't. The message names the item and what it offers, not the answer.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> check_answer(load_instrument("phq-9").item("q1"), 4)
    Traceback (most recent call last):
    ...
    holdfast.instruments.score.AnswerError: q1: the answer is none of 0, 1, 2, 3.
    """
    assert item.options is not None  # noqa: S101 - open lines have no values to check
    if isinstance(answer, str | bool) or answer not in item.options.values:
        offered = ", ".join(f"{value:g}" for value in item.options.values)
        raise AnswerError(f"{item.name}: the answer is none of {offered}.")
    return answer if isinstance(answer, int | float) else float(answer)  # NumPy's are neither


def _scale(instrument: Instrument, scale: Scale, given: Mapping[str, float]) -> ScaleScore:
    items = [instrument.item(name) for name in scale.items]
    skipped = {one.name for one in items if one.asked_if and one.asked_if.holds(given) is False}
    asked = [one for one in items if one.name not in skipped]
    counted = [one.counted(given[one.name]) for one in asked if one.name in given]
    missing = tuple(one.name for one in asked if one.name not in given)
    if len(missing) > scale.max_missing or not (counted or skipped):
        reason = (
            f"{len(missing)} of {len(asked)} answers are missing, no more than "
            f"{scale.max_missing} may be"
        )
        return ScaleScore(scale.name, scale.title, None, reason)
    filled = missing if scale.fill == "mean" else ()
    total: float = sum(counted)
    if filled:
        total += len(filled) * total / len(counted)
    if scale.method == "mean":
        total /= len(asked) if filled or not missing else len(counted)
    value = total * scale.times
    band = scale.band(value)
    return ScaleScore(
        name=scale.name,
        title=scale.title,
        value=value,
        band=band.title if band else "",
        cutoffs=tuple(one for one in scale.cutoffs if one.reached(value)),
        filled=filled,
    )


def _holds(criterion: Criterion, known: Mapping[str, float]) -> bool | None:
    held = [one.holds(known) for one in criterion.all_of]
    if False in held:
        return False
    return None if None in held else True


def _level(instrument: Instrument, known: Mapping[str, float]) -> tuple[Level | None, str | None]:
    """Return the first level that surely holds, and why a more urgent one may."""
    unsure = False
    for level in instrument.levels:
        held = [one.holds(known) for one in level.any_of]
        if True in held or (not level.any_of and not unsure):
            return level, "answers are missing: a more urgent level may hold" if unsure else None
        unsure = unsure or None in held
    return None, "answers are missing that decide" if instrument.levels else None
