"""Giving back: content in other words, feelings put in words, and what was said drawn together.

A finer reading than :mod:`holdfast.indicators.reflections`: an utterance may hold a paraphrase, a
reflection of feelings and a summary beside anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.events import EVENTS, tallied, tally
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import Tally, share_of_all_interval
from holdfast.indicators.rates import count, uncoded, with_rates
from holdfast.indicators.turns import Turn, turns
from holdfast.session import Role, Session

NEEDED = 10
"""Utterances, or answers: over fewer, a single remark would make a share."""

ENOUGH_SAID = 5
"""Words of the client's turn from which there is something to give back."""

RESTATING = "Restating in the helping-skills tradition; definition of our own"
FEELINGS = "Reflection of feelings in the helping-skills tradition; definition of our own"
EARLY = " The model is new to it, so its marks are to be checked."


def share_of_all(coded: CodedSession, name: str) -> Finding:
    """Divide the utterances that hold an event by all that its code applies to.

    Examples
    --------
    >>> from holdfast.coding.codes import Code
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "Her call comes first.", 1),))
    >>> codes = ({"paraphrase": Code("paraphrase", "present", 1.0)},)
    >>> share_of_all(CodedSession(session, codes, "", ""), "paraphrase").value
    1.0
    """
    found = tally(coded, name)
    if found is None:
        return uncoded()
    n = sum(EVENTS[name].code in codes for codes in coded.codes)
    return Finding(found.heard / n, n, share_of_all_interval(found))


def share_of_answers(coded: CodedSession, name: str) -> Finding:
    """Divide the therapist's answers that hold an event by all of them.

    An answer is a turn of the therapist's that follows a turn of the client's of at least five
    words. It is as likely to hold the event as the likeliest of its utterances: a lower bound.
    """
    if tally(coded, name) is None:
        return uncoded()
    each = [*_in_answers(coded, name)]
    if not each:
        return Finding(None, 0)
    heard = sum(one.heard > 0 for one in each)
    p = tuple(max(one.p) for one in each if one.p)
    whole = Tally(name, heard, p if len(p) == len(each) else None)
    return Finding(heard / len(each), len(each), share_of_all_interval(whole))


def _in_answers(coded: CodedSession, name: str) -> Iterator[Tally]:
    event = EVENTS[name]
    for turn in answers(coded.session):
        found = (coded.codes[said.index].get(event.code) for said in turn.utterances)
        one = tallied(event, [code for code in found if code is not None])
        if one is not None:
            yield one


def answers(session: Session) -> tuple[Turn, ...]:
    """Return the therapist's turns that follow a client's turn of at least five words.

    Lines without words ("[nods]") are passed over and end no turn.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> lines = [(Role.CLIENT, "I fetch the twins, then cook."), (Role.THERAPIST, "A full day.")]
    >>> said = [Utterance(i, None, text, i, role=role) for i, (role, text) in enumerate(lines)]
    >>> [turn.text for turn in answers(Session(tuple(said)))]
    ['A full day.']
    """
    spoken = turns(Session(tuple(said for said in session.utterances if said.words)))
    return tuple(
        after
        for before, after in pairwise(spoken)
        if before.role is Role.CLIENT
        and before.words >= ENOUGH_SAID
        and after.role is Role.THERAPIST
    )


@indicator(
    title="Paraphrases",
    unit=Unit.COUNT,
    of="paraphrases",
    status=Status.COACHING,
    source=RESTATING,
    not_meaning="It doesn't tell whether a paraphrase was accurate or well timed." + EARLY,
)
def paraphrases(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that give back the content of what the client said.

    Range: 0 upwards. Does not mean: that the paraphrases were accurate.
    """
    return count(coded, "paraphrase")


@indicator(
    title="Utterances with a paraphrase",
    unit=Unit.SHARE,
    of="utterances",
    minimum=NEEDED,
    status=Status.COACHING,
    source=RESTATING,
    not_meaning="It doesn't tell whether a paraphrase was accurate or well timed." + EARLY,
)
def paraphrase_share(coded: CodedSession) -> Finding:
    """Utterances of the therapist's with a paraphrase, in a hundred.

    Formula: ``with a paraphrase / all``. Range: 0 to 1. Minimum: 10 utterances. Does not mean:
    that more of it is better.
    """
    return share_of_all(coded, "paraphrase")


@indicator(
    title="Answers with a paraphrase",
    unit=Unit.SHARE,
    of="answers to the client",
    minimum=NEEDED,
    status=Status.COACHING,
    source=RESTATING,
    not_meaning="Not everything that a client says asks to be given back." + EARLY,
)
def paraphrased_answer_share(coded: CodedSession) -> Finding:
    """Divide the therapist's answers that hold a paraphrase by all of them.

    Formula: ``answers with a paraphrase / answers``; an answer is a turn that follows a turn of
    the client's of at least five words. Range: 0 to 1. Minimum: 10 answers. Does not mean: that
    the client was heard, or not heard where nothing was given back.
    """
    return share_of_answers(coded, "paraphrase")


@indicator(
    title="Reflections of feelings",
    unit=Unit.COUNT,
    of="reflections of feelings",
    status=Status.COACHING,
    source=FEELINGS,
    not_meaning="It doesn't tell whether the feeling was the client's, or whether they felt "
    "understood." + EARLY,
)
def reflections_of_feelings(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that put a feeling of the client's in words.

    Range: 0 upwards. Does not mean: that the client felt understood.
    """
    return count(coded, "reflection_of_feelings")


@indicator(
    title="Utterances with a reflection of feelings",
    unit=Unit.SHARE,
    of="utterances",
    minimum=NEEDED,
    status=Status.COACHING,
    source=FEELINGS,
    not_meaning="It doesn't tell whether the feeling was the client's, or whether they felt "
    "understood." + EARLY,
)
def reflection_of_feelings_share(coded: CodedSession) -> Finding:
    """Utterances of the therapist's that reflect a feeling, in a hundred.

    Formula: ``with a reflection of feelings / all``. Range: 0 to 1. Minimum: 10 utterances. Does
    not mean: that more of it is better.
    """
    return share_of_all(coded, "reflection_of_feelings")


@indicator(
    title="Summaries",
    unit=Unit.COUNT,
    of="summaries",
    status=Status.EXPERIMENTAL,
    source="Summaries in motivational interviewing and helping skills; definition of our own",
    not_meaning="It doesn't tell whether what mattered to the client was in it." + EARLY,
)
def summaries(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that draw together several things the client said.

    Range: 0 upwards. Does not mean: that what mattered was in it.
    """
    return count(coded, "summary")


MEASURES: tuple[Measure, ...] = (
    *with_rates(paraphrases),
    paraphrase_share,
    paraphrased_answer_share,
    *with_rates(reflections_of_feelings),
    reflection_of_feelings_share,
    *with_rates(summaries),
)
