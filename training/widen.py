"""Fits how much wider than independent errors the coder's counts of a session are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.events import EVENTS, tally
from holdfast.indicators.intervals import Tally, fit_widening
from holdfast.session import Session
from training.corpora import Example
from training.references import gold_codes

HEAD = """\
# How much wider than independent errors the coder's counts of a whole session lie.
#
# Made by training, with holdfast.indicators.intervals.fit_widening on AnnoMI: each session coded by
# a model that had not seen it, the factor by which 1.96 · sqrt(sum p (1 - p)) has to be multiplied
# for the intervals to hold the count that people made in 95 % of the sessions; of codes that no
# open corpus labels, the count of our own, machine-assisted annotation. Emotions have no codes by
# people in sessions: 1.0 takes their errors as independent. Rules have no probabilities and stand
# not here.

[widening]
"""
ROUNDED = 5e-5
"""What a probability may be off by, as it is kept to four places."""

Codes = Sequence[Mapping[str, Code]]


def fit_widenings(examples: Sequence[Example], found: Sequence[Codes]) -> dict[str, float]:
    """Return the factor of each event that people coded too.

    Parameters
    ----------
    examples
        The sessions, with people's codes.
    found
        The coder's codes for each utterance of each, given out of fold.
    """
    people = [bare([gold_codes(said) for said in one.utterances]) for one in examples]
    coder = [bare(codes) for codes in found]
    return {name: factor for name in EVENTS for factor in factor_of(name, people, coder)}


def bare(codes: Codes) -> CodedSession:
    """Return codes as a session without words, which is all that a tally looks at."""
    return CodedSession(Session(()), tuple(codes), model="", codebook="")


def factor_of(
    name: str, people: Sequence[CodedSession], coder: Sequence[CodedSession]
) -> Iterator[float]:
    """Yield an event's factor if people and coder both told of it."""
    pairs = [
        (one, other)
        for one, other in zip(
            (tally(session, name) for session in people),
            (tally(session, name) for session in coder),
            strict=True,
        )
        if one is not None and other is not None
    ]
    if pairs:
        yield fit_widening(
            [other.expected for _, other in pairs],
            [variance(other) for _, other in pairs],
            [one.heard for one, _ in pairs],
        )


def variance(found: Tally) -> float:
    """Return a tally's variance, no less than the rounding of its probabilities leaves open.

    A rare code may be next to impossible all through a session in which people heard it once.
    """
    return max(found.variance, ROUNDED * len(found.p or ()))


def widening_file(factors: Mapping[str, float]) -> str:
    """Return ``intervals.toml``."""
    whole = {name: factors.get(name, 1.0) for name in EVENTS if learned(name)}
    return HEAD + "".join(f"{name} = {factor}\n" for name, factor in whole.items())


def learned(name: str) -> bool:
    """Return whether an event's code comes from the model."""
    return load_codebook().code(EVENTS[name].code).by == "model"
