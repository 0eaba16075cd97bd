"""Recovery and reliable change as NHS Talking Therapies defines them, over two measures at once."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.instruments.change import Direction, compare
from holdfast.instruments.definition import Instrument, InstrumentError, Worse

CASENESS = "caseness"
RULE = "nhs"


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last score of one measure.

    Attributes
    ----------
    instrument
        One that has the cut-off ``caseness`` and the rule of change ``nhs``.
    before, after
        The first and the last score of its first scale.
    """

    instrument: Instrument
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class TreatmentCourse:
    """What a course of treatment came to by the NHS definitions.

    Attributes
    ----------
    case
        At the start, either measure was at its threshold or worse.
    recovered
        A case at the start, and below both thresholds at the end; ``None`` if it was no case.
    reliably_improved
        Reliably better on one measure, and reliably worse on none.
    reliably_deteriorated
        Reliably worse on one measure, and reliably better on none.
    """

    case: bool
    recovered: bool | None
    reliably_improved: bool
    reliably_deteriorated: bool

    @property
    def reliably_recovered(self) -> bool | None:
        """Recovered and reliably improved; ``None`` if it was no case."""
        return None if self.recovered is None else self.recovered and self.reliably_improved


def talking_therapies(depression: Pair, anxiety: Pair) -> TreatmentCourse:
    """Return recovery and reliable change over a depression and an anxiety measure.

    The definitions are those of the NHS Talking Therapies manual as services quote it;
    thresholds and points lie in the instruments' files with their sources.

    Parameters
    ----------
    depression
        PHQ-9.
    anxiety
        GAD-7, or another measure with both figures, such as PCL-5.

    Raises
    ------
    InstrumentError
        If an instrument lacks the cut-off or the rule.
    ValueError
        If a score lies outside its scale.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> course = talking_therapies(
    ...     Pair(load_instrument("phq-9"), 17, 9), Pair(load_instrument("gad-7"), 13, 9)
    ... )
    >>> course.reliably_improved, course.recovered
    (True, False)
    """
    pairs = (depression, anxiety)
    moved = [_moved(one) for one in pairs]
    case = any(_case(one.instrument, one.before) for one in pairs)
    still = any(_case(one.instrument, one.after) for one in pairs)
    return TreatmentCourse(
        case=case,
        recovered=not still if case else None,
        reliably_improved=Direction.BETTER in moved and Direction.WORSE not in moved,
        reliably_deteriorated=Direction.WORSE in moved and Direction.BETTER not in moved,
    )


def _case(instrument: Instrument, value: float) -> bool:
    try:
        return instrument.scale().cutoff(CASENESS).reached(value)
    except KeyError:
        raise _lacks(instrument, "cut-off", CASENESS) from None


def _moved(pair: Pair) -> Direction:
    if pair.instrument.worse is Worse.NEITHER:
        raise _lacks(pair.instrument, "rule of change", RULE)
    try:
        return compare(pair.instrument, pair.before, pair.after).by(RULE)
    except KeyError:
        raise _lacks(pair.instrument, "rule of change", RULE) from None


def _lacks(instrument: Instrument, what: str, name: str) -> InstrumentError:
    return InstrumentError(
        f"{instrument.title} has no {what} named {name}, which NHS definitions need. "
        "Take an instrument that has one, such as PHQ-9 or GAD-7."
    )
