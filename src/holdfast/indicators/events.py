"""What indicators count: one or more labels of a code, tallied over a coded session."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.intervals import ABSENT, Tally, probability

POSITIVE = frozenset(
    (
        "admiration",
        "amusement",
        "approval",
        "caring",
        "desire",
        "excitement",
        "gratitude",
        "joy",
        "love",
        "optimism",
        "pride",
        "relief",
    )
)
NEGATIVE = frozenset(
    (
        "anger",
        "annoyance",
        "disappointment",
        "disapproval",
        "disgust",
        "embarrassment",
        "fear",
        "grief",
        "nervousness",
        "remorse",
        "sadness",
    )
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an utterance may hold.

    Attributes
    ----------
    name
        Its name in tallies and in ``intervals.toml``.
    code
        The code that tells of it.
    labels
        The labels that count; empty if any label does, so that only presence matters.
    """

    name: str
    code: str
    labels: frozenset[str] = frozenset()

    def heard_in(self, code: Code) -> bool:
        """Whether a code says so.

        A reflection whose kind is unsure is still a reflection: where any label counts, the
        coder's doubt which one it is does not matter. A rule doubts its whole match instead,
        where too few like it were right, and then nothing counts.

        Examples
        --------
        >>> EVENTS["reflection"].heard_in(Code("reflection", "complex", 0.5, unsure=True))
        True
        >>> EVENTS["judging"].heard_in(Code("judging", "arguing", by="rules", unsure=True))
        False
        """
        if not self.labels and code.by != "rules":
            return bool(code.value)
        if not code.heard:
            return False
        values = code.value if isinstance(code.value, tuple) else (code.value,)
        return not self.labels or any(value in self.labels for value in values)

    def probability_in(self, code: Code) -> float:
        """How likely it is by the code's probabilities.

        Labels that exclude each other add up. Those of a code that may have several, such as
        emotions, don't, and their errors go together, so the likeliest of a group stands for
        it: a lower bound.
        """
        if not self.labels:
            return 1 - probability(code, ABSENT)
        if code.alternatives:
            each = [p for label, p in code.alternatives if label in self.labels] or [0.0]
        else:
            each = [probability(code, label) for label in self.labels]
        return max(each) if isinstance(code.value, tuple) else min(1.0, sum(each))


def _one(name: str, code: str, *labels: str) -> Event:
    return Event(name, code, frozenset(labels))


EVENTS = {
    event.name: event
    for event in (
        _one("reflection", "reflection"),
        _one("simple_reflection", "reflection", "simple"),
        _one("complex_reflection", "reflection", "complex"),
        _one("question", "question"),
        _one("open_question", "question", "open"),
        _one("closed_question", "question", "closed"),
        _one("information", "input", "information"),
        _one("advice", "input", "advice"),
        _one("change_talk", "talk", "change"),
        _one("sustain_talk", "talk", "sustain"),
        Event("positive_emotion", "emotions", POSITIVE),
        Event("negative_emotion", "emotions", NEGATIVE),
        _one("encourager", "encourager"),
        _one("asking_for_feedback", "asking_for_feedback"),
        _one("judging", "judging"),
        _one("premature_reassurance", "premature_reassurance"),
        _one("paraphrase", "paraphrase", "present"),
        _one("reflection_of_feelings", "reflection_of_feelings", "present"),
        _one("summary", "summary", "present"),
        _one("validation", "validation", "normalising", "making_sense", "affirming"),
        _one("normalising", "validation", "normalising"),
        _one("making_sense", "validation", "making_sense"),
        _one("affirming", "validation", "affirming"),
        _one("reassurance_plain", "reassurance", "plain"),
        _one("reassurance_premature", "reassurance", "premature"),
        _one("emotional_reaction", "emotional_reaction"),
        _one("emotional_reaction_1", "emotional_reaction", "1"),
        _one("emotional_reaction_2", "emotional_reaction", "2"),
        _one("interpretation_1", "interpretation", "1"),
        _one("interpretation_2", "interpretation", "2"),
        _one("exploration_1", "exploration", "1"),
        _one("exploration_2", "exploration", "2"),
        _one("self_disclosure", "self_disclosure", "present"),
        _one("suggestion", "suggestion"),
        _one("opening", "empathic_opportunity"),
        _one("stated_opening", "empathic_opportunity", "stated"),
        _one("hinted_opening", "empathic_opportunity", "hinted"),
        _one("suggestion_with_permission", "suggestion", "with_permission"),
        _one("suggestion_without_permission", "suggestion", "without_permission"),
        _one("asking_permission", "asking_permission", "present"),
        _one("earlier_thread", "earlier_thread"),
    )
}
"""Everything that is counted, by name."""


def tally(coded: CodedSession, name: str) -> Tally | None:
    """Count an event over a session; ``None`` where the session was coded without its code.

    Examples
    --------
    >>> from holdfast.session import Session, Utterance
    >>> session = Session((Utterance(0, "Dana", "How are you?", 1),))
    >>> codes = ({"question": Code("question", "open", 0.9)},)
    >>> tally(CodedSession(session, codes, "", ""), "open_question")
    Tally(name='open_question', heard=1, p=(0.9,))
    """
    event = EVENTS[name]
    return tallied(
        event, [codes[event.code] for codes in coded.codes if codes.get(event.code) is not None]
    )


def tallied(event: Event, codes: list[Code]) -> Tally | None:
    """Count an event over some utterances' codes; ``None`` if there are none."""
    if not codes:
        return None
    heard = sum(event.heard_in(code) for code in codes)
    if any(code.p is None and not code.alternatives for code in codes):
        return Tally(event.name, heard)
    return Tally(event.name, heard, tuple(event.probability_in(code) for code in codes))
