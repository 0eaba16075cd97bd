"""How an indicator is written: a function from a coded session to what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from holdfast.coding.codes import CodedSession
from holdfast.indicators.indicator import Indicator, Status, Unit

Measure = Callable[[CodedSession], Indicator]
"""An indicator's function, as :data:`holdfast.indicators.INDICATORS` names it."""

NOT_APPLICABLE = "not applicable: "


@dataclass(frozen=True, slots=True)
class Finding:
    """What a formula gave, before it is known whether it stands on enough.

    Attributes
    ----------
    value
        The number, or ``None`` where the formula has none.
    n
        The count that it stands on.
    interval
        95 % interval, where the coder's error is known.
    missing
        Why the formula has no number, where that is not a matter of too little talk.
    """

    value: float | None
    n: int
    interval: tuple[float, float] | None = None
    missing: str | None = None


def not_applicable(reason: str) -> Finding:
    """Return a finding without a number.

    Examples
    --------
    >>> not_applicable("the transcript has no times").missing
    'not applicable: the transcript has no times'
    """
    return Finding(None, 0, missing=NOT_APPLICABLE + reason)


def indicator(
    *,
    title: str,
    unit: Unit,
    of: str,
    not_meaning: str,
    minimum: int = 0,
    status: Status = Status.DESCRIPTIVE,
    source: str = "",
    name: str | None = None,
) -> Callable[[Callable[[CodedSession], Finding]], Measure]:
    """Make an indicator of a formula; its family is the module, its name the function's own.

    Below ``minimum`` of what ``of`` counts, the indicator has no value and says so.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> @indicator(title="Turns", unit=Unit.COUNT, of="turns", not_meaning="", minimum=2)
    ... def turns(coded: CodedSession) -> Finding:
    ...     return Finding(1, n=1)
    >>> turns(CodedSession(Session(()), (), model="", codebook="")).missing
    'not enough talk: 1 turn, at least 2 are needed'
    """

    def make(formula: Callable[[CodedSession], Finding]) -> Measure:
        @wraps(formula)
        def measured(coded: CodedSession) -> Indicator:
            found = formula(coded)
            missing = found.missing
            if missing is None and found.n < minimum:
                missing = too_little(found.n, of, minimum)
            shown = missing is None and found.value is not None
            return Indicator(
                name=measured.__name__,
                title=title,
                family=formula.__module__.rpartition(".")[2],
                value=found.value if shown else None,
                unit=unit,
                n=found.n,
                of=of,
                interval=found.interval if shown else None,
                missing=missing,
                status=status,
                source=source,
                not_meaning=not_meaning,
            )

        measured.__name__ = name or formula.__name__
        return measured

    return make


def too_little(n: int, of: str, minimum: int) -> str:
    """Say that an indicator stands on too little.

    Examples
    --------
    >>> too_little(3, "reflections", 5)
    'not enough talk: 3 reflections, at least 5 are needed'
    """
    return f"not enough talk: {counted(n, of)}, at least {minimum} are needed"


def counted(n: int, of: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(1, "words of the quieter speaker"), counted(2, "turns")
    ('1 word of the quieter speaker', '2 turns')
    """
    first, space, rest = of.partition(" ")
    return f"{n} {first.removesuffix('s') if n == 1 else first}{space}{rest}"
