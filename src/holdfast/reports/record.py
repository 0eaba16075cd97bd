"""The record: everything that is known of one session, ready to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from holdfast.coding.codes import CodedSession
from holdfast.coding.language import reads_as_english
from holdfast.indicators.indicator import Indicator
from holdfast.indicators.opened import Opening
from holdfast.indicators.opened import openings as find_openings
from holdfast.reports.accuracy import Accuracy, card_accuracy, rules_accuracy
from holdfast.reports.moments import Moments, find_moments
from holdfast.runtime.card import Card

LIMITS = (
    "It can't tell how strong the relationship is. No transcript holds that: ask.",
    "It reads words. It doesn't hear a tone, see a face, or know what a silence was for.",
    "The codes are a machine's reading, and some are wrong. Each skill says how often it is right.",
    "A short answer or a change of subject isn't withdrawal in itself: you decide what it was.",
    "The reference lines come from motivational interviewing. Supportive work may lie elsewhere.",
    "One session is one session. Nothing here speaks of a diagnosis or of risk.",
)


NOT_ENGLISH = (
    "These words don't look English. The coder reads English only, so nothing it would say of them "
    "is shown."
)


@dataclass(frozen=True, slots=True)
class Record:
    """One session with what was heard in it.

    Attributes
    ----------
    coded
        The session with its codes.
    indicators
        Its numbers, in the order in which they are to be read.
    openings
        Every opening for empathy and how it was answered.
    moments
        The lines worth going back to.
    accuracy
        How often each code is right, by code or ``code:label``: measured on the model's unseen
        sessions, or by reading what a rule matched.
    limits
        What this can't tell, a sentence each.
    versions
        What made it: ``{"holdfast": "0.1.0", …}``.
    """

    coded: CodedSession
    indicators: tuple[Indicator, ...] = ()
    openings: tuple[Opening, ...] = ()
    moments: Moments = field(default_factory=Moments)
    accuracy: Mapping[str, Accuracy] = field(default_factory=dict)
    limits: tuple[str, ...] = LIMITS
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def english(self) -> bool:
        """Whether the words look English; of others the coder can say nothing."""
        return reads_as_english(self.coded.session)


def make_record(
    coded: CodedSession,
    indicators: Iterable[Indicator] = (),
    card: Card | None = None,
    *,
    openings: Iterable[Opening] | None = None,
) -> Record:
    """Bring a session's codes and numbers together, find its openings and its moments.

    Where the words don't look English, the codes are left out, and nothing is found.

    Parameters
    ----------
    coded, indicators
        The session with its codes, and its numbers.
    card
        Of the model that gave the codes: it says how accurate they are.
    openings
        Found by :func:`holdfast.indicators.opened.openings` unless given.

    Examples
    --------
    >>> from holdfast.session import Role, Session, Utterance
    >>> said = Utterance(index=0, speaker="Lee", text="Hello.", line=1, role=Role.CLIENT)
    >>> coded = CodedSession(Session((said,)), ({},), model="none", codebook="none")
    >>> make_record(coded).moments.kept
    ()
    """
    if not reads_as_english(coded.session):
        coded, openings = replace(coded, codes=tuple({} for _ in coded.codes)), ()
    found = tuple(find_openings(coded) if openings is None else openings)
    return Record(
        coded=coded,
        indicators=tuple(indicators),
        openings=found,
        moments=find_moments(coded, found),
        accuracy=rules_accuracy() | (card_accuracy(card.accuracy) if card else {}),
        versions={"holdfast": version("holdfast")},
    )
