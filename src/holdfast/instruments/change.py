"""What a change means: reliable, clinically significant, or less than the instrument's error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from holdfast.instruments.definition import Instrument, Worse
from holdfast.instruments.scales import ChangeRule, Cutoff, Sample

ROUNDING = 1e-9
"""Points by which a difference of two decimal numbers may miss what it comes to on paper."""


class Direction(StrEnum):
    """Which way something changed, by one rule."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


class Significance(StrEnum):
    """The classes of Jacobson & Truax (1991).

    ``RECOVERED``: reliably better, and across the cut-off from the clinical side. ``IMPROVED``:
    reliably better only. ``DETERIORATED``: reliably worse. ``UNCHANGED``: the rest, also where
    the cut-off was crossed by less than a reliable change.
    """

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a change."""

    rule: ChangeRule
    direction: Direction


@dataclass(frozen=True, slots=True)
class Change:
    """Two scores of one scale, and what every rule of the instrument says of them.

    Attributes
    ----------
    instrument, scale
        Their names.
    before, after
        The two scores.
    improvement
        Points towards better; negative for worse.
    verdicts
        One for each rule, side by side: where sources disagree, all are shown.
    """

    instrument: str
    scale: str
    before: float
    after: float
    improvement: float
    verdicts: tuple[Verdict, ...]

    def by(self, rule: str) -> Direction:
        """Return what one rule says; raises ``KeyError`` if there is no such rule."""
        return {one.rule.name: one.direction for one in self.verdicts}[rule]


def compare(
    instrument: Instrument, before: float, after: float, *, scale: str | None = None
) -> Change:
    """Return what a change from one score to another means by every rule there is.

    Parameters
    ----------
    instrument
        Whose scores these are.
    before, after
        The earlier and the later score.
    scale
        Name of the scale, the first one by default.

    Raises
    ------
    ValueError
        If the instrument's numbers point neither way, or a score lies outside the scale.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> change = compare(load_instrument("phq-9"), 17, 9)
    >>> change.improvement, change.by("nhs").value
    (8, 'better')
    """
    of = instrument.scale(scale)
    if instrument.worse is Worse.NEITHER:
        raise ValueError(f"{instrument.title}: its numbers are neither better nor worse")
    for value in (before, after):
        if not of.lowest <= value <= of.highest:
            raise ValueError(
                f"{of.title}: a score is outside its range of {of.lowest:g} to {of.highest:g}"
            )
    better = before - after if instrument.worse is Worse.HIGHER else after - before
    return Change(
        instrument=instrument.name,
        scale=of.name,
        before=before,
        after=after,
        improvement=better,
        verdicts=tuple(Verdict(one, direction(better, one.threshold)) for one in of.changes),
    )


def direction(improvement: float, threshold: float) -> Direction:
    """Return which way a change goes, if it reaches the threshold.

    Examples
    --------
    >>> direction(-6, 6).value, direction(5, 6).value
    ('worse', 'neither')
    """
    if abs(improvement) < threshold - ROUNDING:
        return Direction.NEITHER
    return Direction.BETTER if improvement > 0 else Direction.WORSE


def significance(change: Change, rule: ChangeRule, cutoff: Cutoff) -> Significance:
    """Return the class of Jacobson & Truax (1991) by one rule and one cut-off.

    Parameters
    ----------
    change
        From :func:`compare`.
    rule
        What counts as reliable.
    cutoff
        What parts people in treatment from others.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> core = load_instrument("core-10")
    >>> change, scale = compare(core, 19.7, 12), core.scale()
    >>> significance(change, scale.changes[0], scale.cutoff("clinical")).value
    'improved'
    """
    moved = direction(change.improvement, rule.threshold)
    if moved is Direction.WORSE:
        return Significance.DETERIORATED
    if moved is Direction.NEITHER:
        return Significance.UNCHANGED
    crossed = _clinical(change, cutoff, change.before) > _clinical(change, cutoff, change.after)
    return Significance.RECOVERED if crossed else Significance.IMPROVED


def _clinical(change: Change, cutoff: Cutoff, value: float) -> bool:
    """Return whether a value lies on the worse side, whichever side the cut-off belongs to."""
    higher_is_worse = (change.before > change.after) == (change.improvement > 0)
    return cutoff.reached(value) == (cutoff.above == higher_is_worse)


@dataclass(frozen=True, slots=True)
class NormCutoffs:
    """The three cut-offs of Jacobson & Truax (1991), from two groups' means and deviations.

    Attributes
    ----------
    a
        Two deviations from the clinical mean, towards the general one.
    b
        Two deviations from the general mean, towards the clinical one.
    c
        Where both groups are equally likely, weighed by their deviations. The usual choice.
    """

    a: float
    b: float
    c: float


def norm_cutoffs(clinical: Sample, general: Sample) -> NormCutoffs:
    """Return the cut-offs that follow from a clinical and a general sample.

    ``c = (sd_general · mean_clinical + sd_clinical · mean_general) / (sd_general + sd_clinical)``
    (Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12).

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> phq9 = load_instrument("phq-9").scale()
    >>> cut = norm_cutoffs(phq9.sample("clinical"), phq9.sample("general"))
    >>> round(cut.b, 1), round(cut.c, 1)
    (9.9, 7.8)
    """
    towards = 1 if clinical.mean < general.mean else -1
    c = (general.sd * clinical.mean + clinical.sd * general.mean) / (general.sd + clinical.sd)
    return NormCutoffs(
        a=clinical.mean + towards * 2 * clinical.sd,
        b=general.mean - towards * 2 * general.sd,
        c=c,
    )


def reliable_change_index(before: float, after: float, sd: float, reliability: float) -> float:
    """Return a change in units of the error of a difference.

    ``(after − before) / (√2 · sd · √(1 − reliability))`` (Jacobson & Truax 1991). Beyond ±1.96
    it is reliable with 95 % confidence.

    Raises
    ------
    ValueError
        If ``sd`` is not positive or ``reliability`` is not from 0 to below 1.

    Examples
    --------
    >>> round(reliable_change_index(19.7, 12, sd=7.7, reliability=0.9), 2)
    -2.24
    """
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError(
            f"sd is {sd} and reliability {reliability}; expected a positive sd and a reliability "
            "from 0 to below 1"
        )
    return (after - before) / (sqrt(2) * sd * sqrt(1 - reliability))
