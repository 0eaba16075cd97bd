"""Which step comes next when somebody asks for help: pure, from what is known so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from holdfast_web.fit.assessment.evaluate import assess
from holdfast_web.fit.assessment.facts import Facts

POSITIVE, POSITIVE_FOR_WOMEN = 4, 3
"""From where on the PC-PTSD-5 is followed by the PCL-5 (Bovin et al. 2021)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the flow.

    Attributes
    ----------
    key
        Its part of the address.
    kind
        ``"words"`` (texts), ``"ours"`` (the questions of ``questions.toml`` with this step),
        ``"questionnaire"`` (an instrument's sheet) or ``"practical"``.
    instrument
        Which, if it is a questionnaire.
    """

    key: str
    title: str
    kind: str
    instrument: str = ""


NOW = Step("now", "Before we begin", "ours")
BRINGS = Step("brings", "What brings you", "words")
ABOUT = Step("about", "A little about you", "ours")
LOW_MOOD = Step("phq-9", "Low mood", "questionnaire", "phq-9")
SCALE = Step("c-ssrs", "Your safety", "questionnaire", "c-ssrs")
SAFETY = Step("safety", "Your safety", "ours")
WORRY = Step("gad-7", "Worry", "questionnaire", "gad-7")
FRIGHTENING = Step("pc-ptsd-5", "Things that were frightening", "questionnaire", "pc-ptsd-5")
TRAUMA = Step("pcl-5", "What stayed of it", "questionnaire", "pcl-5")
COUPLE = Step("csi-4", "You and your partner", "questionnaire", "csi-4")
WISHES = Step("c-nip", "How you would like therapy to be", "questionnaire", "c-nip")
PRACTICAL = Step("practical", "Practical matters", "practical")
ALL = (
    NOW, BRINGS, ABOUT, LOW_MOOD, SCALE, SAFETY, WORRY, FRIGHTENING, TRAUMA, COUPLE, WISHES,
    PRACTICAL,
)  # fmt: skip


def steps_for(
    facts: Facts, done: Collection[str] = (), *, with_scale: bool = False
) -> tuple[Step, ...]:
    """Return the steps that there are for somebody, in order, as far as is known by now.

    Parameters
    ----------
    facts
        What is known so far.
    done
        Steps that were handed in, answered or not.
    with_scale
        Whether the practice has added the words of the C-SSRS.

    Examples
    --------
    >>> [one.key for one in steps_for(Facts(flags={"partner": False}))][:4]
    ['now', 'brings', 'about', 'phq-9']
    """
    asks_safety = safety_is_called_for(facts, done)
    there = {
        SCALE: asks_safety and with_scale,
        SAFETY: asks_safety,
        TRAUMA: trauma_is_asked(facts),
        COUPLE: facts.flags.get("partner") is True,
    }
    return tuple(one for one in ALL if there.get(one, True))


def next_step(facts: Facts, done: Collection[str], *, with_scale: bool = False) -> Step | None:
    """Return the next step; ``None`` where nothing more is asked and the result is shown.

    Where a rule stops the flow, nothing more is asked, whatever was not asked yet.

    Examples
    --------
    >>> next_step(Facts(), ()).key
    'now'
    >>> next_step(Facts(scores={"phq-9.q9": 1}), ("now", "brings", "about", "phq-9")).key
    'safety'
    """
    if assess(facts).stops:
        return None
    left = (one for one in steps_for(facts, done, with_scale=with_scale) if one.key not in done)
    return next(left, None)


def safety_is_called_for(facts: Facts, done: Collection[str] = ()) -> bool:
    """Say whether the plain questions on safety are asked: for a yes, and for no answer at all."""
    nine = facts.scores.get("phq-9.q9")
    left_open = "phq-9" in done and nine is None
    return left_open or (nine is not None and nine >= 1)


def trauma_is_asked(facts: Facts) -> bool:
    """Say whether the PCL-5 follows; for women three is enough to consider it, if they say so."""
    signs = facts.scores.get("pc-ptsd-5")
    enough = POSITIVE_FOR_WOMEN if facts.flags.get("woman") else POSITIVE
    return signs is not None and signs >= enough
