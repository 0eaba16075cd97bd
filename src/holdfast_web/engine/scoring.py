"""What filled-in answers come to, by the engine's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from holdfast.instruments import (
    AnswerError,
    Instrument,
    InstrumentError,
    Score,
    load_instrument,
    score,
)

Answers = Mapping[str, int | float | str | None]

LONGEST_TEXT = 4000


class AnswersRefused(Exception):  # noqa: N818 - a sentence, not a fault
    """Answers that an instrument can't have; the sentence holds none of them."""


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer that a person must see, whatever the rest comes to.

    Attributes
    ----------
    item
        Which.
    kind
        ``"alert"`` reaches somebody at once; ``"note"`` is shown to the therapist.
    title
        What it says, to the person who sees it.
    urgent
        Whether it is an alert.
    """

    item: str
    kind: str
    title: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one filled-in instrument comes to.

    Attributes
    ----------
    value
        What people call the score; ``None`` where too much was left open.
    lowest_item
        The lowest single answer of those that the score is made of, in points of one item.
    band
        The band that the score lies in, or the level that holds; ``None`` where there is none.
    scales
        Every scale by its name.
    missing
        How many answers that count were left open.
    flags
        Answers that a person must see.
    """

    value: float | None
    lowest_item: float | None = None
    band: str | None = None
    scales: dict[str, float | None] = field(default_factory=dict)
    missing: int = 0
    flags: tuple[Flag, ...] = ()


def work_out(name: str, answers: Answers, *, respondent: str = "client") -> Result:
    """Work out what answers come to.

    Parameters
    ----------
    name
        The instrument.
    answers
        By item; leave out what was not answered, or give ``None``.
    respondent
        ``"therapist"`` for a guess, which never raises a flag: it isn't the client's word.

    Raises
    ------
    AnswersRefused
        If an item is unknown, an answer is none of those offered, or a text is far too long.

    Examples
    --------
    >>> result = work_out("phq-9", {f"q{n}": 1 for n in range(1, 10)})
    >>> result.value, result.band, [(one.item, one.urgent) for one in result.flags]
    (9, 'mild', [('q9', True)])
    >>> work_out("check-in", {"goal": 7}).missing
    5
    """
    try:
        instrument = load_instrument(name)
    except InstrumentError as error:
        raise AnswersRefused(str(error)) from None
    _check_texts(instrument, answers)
    try:
        found = score(instrument, answers)
    except AnswerError as error:
        raise AnswersRefused(str(error)) from None
    return Result(
        value=found.total,
        lowest_item=_lowest(instrument, found, answers),
        band=_band(found),
        scales={one.name: one.value for one in found.scales},
        missing=found.asked - found.answered,
        flags=_flags(found) if respondent == "client" else (),
    )


def _check_texts(instrument: Instrument, answers: Answers) -> None:
    for item in instrument.items:
        told = answers.get(item.name)
        if item.options is not None or told is None:
            continue
        if not isinstance(told, str):
            raise AnswersRefused(f"{item.name}: the answer should be words.")
        if len(told) > LONGEST_TEXT:
            raise AnswersRefused(f"{item.name}: it is longer than {LONGEST_TEXT} characters.")


def _lowest(instrument: Instrument, found: Score, answers: Answers) -> float | None:
    if found.total is None:
        return None
    given = [answers.get(name) for name in instrument.scale().items]
    return min((float(one) for one in given if isinstance(one, int | float)), default=None)


def _band(found: Score) -> str | None:
    if found.scales and found.scales[0].band:
        return found.scales[0].band
    return found.level.title if found.level else None


def _flags(found: Score) -> tuple[Flag, ...]:
    return tuple(
        Flag(one.item, one.kind, one.title, urgent=one.kind == "alert") for one in found.safety
    )
