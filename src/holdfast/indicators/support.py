"""Support: small signs of it, phrases that may cost some, and what it is made of.

What rules find has no probability, so those counts have no interval. Validation, the ways of
showing empathy and the mix of supportive utterances are heard by the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.events import EVENTS
from holdfast.indicators.giving_back import EARLY, share_of_all
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import Tally, share_interval
from holdfast.indicators.rates import count, uncoded, with_rates

BY_RULES = " Counted by rules, so it has no interval."
NEEDED = 5
UTTERANCES_NEEDED = 10

VALIDATIONS = {
    "normalising": "Normalising",
    "making_sense": "Making sense",
    "affirming": "Affirming",
}
"""Ways of validating, with their titles; an utterance may hold several."""

LEVELS = {
    "emotional_reaction_1": "Emotional reaction in a set phrase (level 1)",
    "emotional_reaction_2": "Emotional reaction in words of one's own (level 2)",
    "interpretation_1": "Understanding without saying more (level 1)",
    "interpretation_2": "Understanding put in words (level 2)",
    "exploration_1": "Exploring in general (level 1)",
    "exploration_2": "Exploring something particular (level 2)",
}
"""Ways of showing empathy after EPITOME, each at its two levels."""

SUPPORT = {
    "reassurance_plain": "Plain reassurance",
    "reassurance_premature": "Premature reassurance",
    "validation": "Validation",
    "emotional_reaction": "Emotional reactions",
    "self_disclosure": "Self-disclosure",
    "suggestion": "Suggestions",
}
"""What a supportive utterance may hold, with its titles; it may hold several."""

LINEHAN = "After the idea of validation in Linehan 1997; the kinds are our own"
EPITOME = "After EPITOME, Sharma et al. 2020, arXiv 2009.08441; levels adapted to sessions"


@indicator(
    title="Encouragers",
    unit=Unit.COUNT,
    of="encouragers",
    not_meaning="Nods and looks leave no words, and many transcripts drop these." + BY_RULES,
)
def encouragers(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that only encourage to go on ("mm-hm", "go on").

    Range: 0 upwards. Does not mean: attention; transcripts often drop encouragers.
    """
    return count(coded, "encourager")


@indicator(
    title="Asking for feedback",
    unit=Unit.COUNT,
    of="requests for feedback",
    status=Status.COACHING,
    not_meaning="It doesn't tell whether the client could answer freely." + BY_RULES,
)
def asking_for_feedback(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that ask how the work or the relationship is for the client.

    Range: 0 upwards. Does not mean: that the client could answer freely.
    """
    return count(coded, "asking_for_feedback")


@indicator(
    title="Judging or arguing phrases",
    unit=Unit.COUNT,
    of="phrases",
    status=Status.EXPERIMENTAL,
    not_meaning="The words alone do not tell how they were meant or heard." + BY_RULES,
)
def judging_phrases(coded: CodedSession) -> Finding:
    """Count the therapist's utterances with a phrase that can sound judging or arguing.

    Range: 0 upwards. Does not mean: that the therapist judged; a person decides.
    """
    return count(coded, "judging")


@indicator(
    title="Early reassurance",
    unit=Unit.COUNT,
    of="phrases",
    status=Status.EXPERIMENTAL,
    not_meaning="Reassurance can be right; the words do not tell whether it came too early."
    + BY_RULES,
)
def premature_reassurance(coded: CodedSession) -> Finding:
    """Count the therapist's utterances with a phrase that can close a feeling ("don't worry").

    Range: 0 upwards. Does not mean: that the reassurance was wrong; a person decides.
    """
    return count(coded, "premature_reassurance")


@indicator(
    title="Validation",
    unit=Unit.COUNT,
    of="utterances",
    status=Status.EXPERIMENTAL,
    source=LINEHAN,
    not_meaning="Only the client can say whether they felt accepted." + EARLY,
)
def validations(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that validate in at least one way.

    Range: 0 upwards. Does not mean: agreement, or that the client felt accepted.
    """
    return count(coded, "validation")


def _validating(name: str) -> Measure:
    @indicator(
        name=name,
        title=VALIDATIONS[name],
        unit=Unit.COUNT,
        of="utterances",
        status=Status.EXPERIMENTAL,
        source=LINEHAN,
        not_meaning="Only the client can say whether they felt accepted." + EARLY,
    )
    def formula(coded: CodedSession) -> Finding:
        """Count the therapist's utterances that validate in this way.

        Range: 0 upwards. Does not mean: agreement, or that the client felt accepted.
        """
        return count(coded, name)

    return formula


def _validating_share(name: str) -> Measure:
    @indicator(
        name=f"{name}_share",
        title=f"{VALIDATIONS[name]} among validations",
        unit=Unit.SHARE,
        of="utterances that validate",
        minimum=NEEDED,
        status=Status.EXPERIMENTAL,
        source=LINEHAN,
        not_meaning="No mix is known to be right: what fits depends on what was said." + EARLY,
    )
    def formula(coded: CodedSession) -> Finding:
        """Utterances that validate in this way, among those that validate in any.

        Formula: ``in this way / in any way``. An utterance may hold several, so that the shares
        may add up to more than 1. Range: 0 to 1. Minimum: 5 utterances that validate. Does not
        mean: that another mix would be better.
        """
        return share_among(coded, name, [*VALIDATIONS])

    return formula


def _at_level(name: str) -> Measure:
    @indicator(
        name=f"{name}_share",
        title=LEVELS[name],
        unit=Unit.SHARE,
        of="utterances",
        minimum=UTTERANCES_NEEDED,
        status=Status.EXPERIMENTAL,
        source=EPITOME,
        not_meaning="It is how empathy shows in words, neither a level of the therapist's nor "
        "what the client felt." + EARLY,
    )
    def formula(coded: CodedSession) -> Finding:
        """Utterances of the therapist's at one level of one way of showing empathy.

        Formula: ``at this level / all``. The ways and levels are never summed to one score.
        Range: 0 to 1. Minimum: 10 utterances. Does not mean: empathy as the client felt it.
        """
        return share_of_all(coded, name)

    return formula


def _in_support(name: str) -> Measure:
    @indicator(
        name=f"support_{name}_share",
        title=f"{SUPPORT[name]} among supportive utterances",
        unit=Unit.SHARE,
        of="supportive utterances",
        minimum=NEEDED,
        status=Status.EXPERIMENTAL,
        source="An idea of our own, after the techniques of supportive psychotherapy",
        not_meaning="No mix is known to be right: it depends on the client and the moment." + EARLY,
    )
    def formula(coded: CodedSession) -> Finding:
        """Utterances that support in this way, among those that support in any.

        Formula: ``in this way / in any way``. An utterance may hold several, so that the shares
        may add up to more than 1. Range: 0 to 1. Minimum: 5 supportive utterances. Does not
        mean: that another mix would be better.
        """
        return share_among(coded, name, [*SUPPORT])

    return formula


def share_among(coded: CodedSession, name: str, kinds: Sequence[str]) -> Finding:
    """Divide the utterances that hold one kind by those that hold any of the kinds.

    The interval takes the kinds of an utterance as heard independently of each other.

    Examples
    --------
    >>> from holdfast.session import Session, Utterance
    >>> said = ("Many feel so.", "That took courage.")
    >>> session = Session(tuple(Utterance(i, "Dana", one, i + 1) for i, one in enumerate(said)))
    >>> codes = tuple(
    ...     {"validation": Code("validation", (kind,), (1.0,))}
    ...     for kind in ("normalising", "affirming")
    ... )
    >>> found = share_among(CodedSession(session, codes, "", ""), "affirming", [*VALIDATIONS])
    >>> found.value, found.n
    (0.5, 2)
    """
    rows = [codes for codes in coded.codes if all(EVENTS[kind].code in codes for kind in kinds)]
    if not rows:
        return uncoded()
    part, rest = _parted(rows, name, [kind for kind in kinds if kind != name])
    n = part.heard + rest.heard
    return Finding(part.heard / n if n else None, n, share_interval(part, rest))


def _parted(
    rows: Sequence[Mapping[str, Code]], name: str, others: Sequence[str]
) -> tuple[Tally, Tally]:
    """Tally the utterances that hold a kind, and those that hold only others.

    Both are named alike, so that the coder's errors widen both alike.
    """
    ours = [_heard(codes, name) for codes in rows]
    theirs = [any(_heard(codes, other) for other in others) for codes in rows]
    p = [_likely(codes, name) for codes in rows]
    only_others = (
        (1 - one) * (1 - prod(1 - _likely(codes, other) for other in others))
        for one, codes in zip(p, rows, strict=True)
    )
    alone = sum(other and not own for own, other in zip(ours, theirs, strict=True))
    return Tally(name, sum(ours), tuple(p)), Tally(name, alone, tuple(only_others))


def _heard(codes: Mapping[str, Code], name: str) -> bool:
    return EVENTS[name].heard_in(codes[EVENTS[name].code])


def _likely(codes: Mapping[str, Code], name: str) -> float:
    return EVENTS[name].probability_in(codes[EVENTS[name].code])


MEASURES: tuple[Measure, ...] = (
    *with_rates(encouragers, asking_for_feedback, judging_phrases, premature_reassurance),
    *with_rates(validations, *map(_validating, VALIDATIONS)),
    *map(_validating_share, VALIDATIONS),
    *map(_at_level, LEVELS),
    *map(_in_support, SUPPORT),
)
