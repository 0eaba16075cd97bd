"""Words of what therapists say of themselves, beside those that intakes share (``practical``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast_web.fit.assessment.questions import shipped_questions
from holdfast_web.fit.assessment.taking import Taking, WrongData

Choices = tuple[tuple[str, str], ...]
KINDS = ("gender", "limit")


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """One scale of the C-NIP in words: what a therapist ticks, and what a candidate's page says."""

    key: str
    title: str
    plus: str
    minus: str
    plus_reason: str
    minus_reason: str
    plus_way: str
    minus_way: str

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """The seven answers in words, from +3 to −3, as on the form."""
        return (
            (3, f"Very much: {_small(self.plus)}"),
            (2, "Rather so"),
            (1, "A little so"),
            (0, "In between, or as somebody likes it"),
            (-1, "A little so the other way"),
            (-2, "Rather the other way"),
            (-3, f"Very much: {_small(self.minus)}"),
        )


@dataclass(frozen=True, slots=True)
class MatchingWords:
    """All of them.

    Attributes
    ----------
    often
        What stands after "Often works with", by problem.
    scales
        The four ways of working.
    """

    genders: Choices
    limits: Choices
    often: Mapping[str, str]
    scales: tuple[ScaleWords, ...]


@cache
def matching_words() -> MatchingWords:
    """Return the words that are shipped.

    Examples
    --------
    >>> words = matching_words()
    >>> words.often["grief"], dict(words.genders)["woman"], len(words.scales)
    ('grief', 'a woman', 4)
    """
    text = files("holdfast_web.fit.matching").joinpath("words.toml").read_text(encoding="utf-8")
    return read_words(tomllib.loads(text))


def read_words(told: Mapping[str, Any]) -> MatchingWords:
    """Return words from data.

    Raises
    ------
    WrongData
        If something is missing or isn't known.
    """
    taking = Taking(told, "words of matching")
    genders, limits = (tuple(_choice(one, kind) for one in taking.tables(kind)) for kind in KINDS)
    often = {key: str(value) for key, value in taking.table("often").items()}
    if unknown := set(often) - {one.key for one in shipped_questions().problems}:
        raise WrongData(f"words of matching: unknown problems {', '.join(sorted(unknown))}.")
    scales = tuple(_scale(one) for one in taking.tables("scale"))
    taking.done()
    return MatchingWords(
        genders=genders,
        limits=limits,
        often=often,
        scales=scales,
    )


def _choice(told: Mapping[str, Any], kind: str) -> tuple[str, str]:
    taking = Taking(told, kind)
    made = taking.text("key"), taking.text("words")
    taking.done()
    return made


def _scale(told: Mapping[str, Any]) -> ScaleWords:
    taking = Taking(told, "scale")
    made = ScaleWords(**{name: taking.text(name) for name in ScaleWords.__slots__})
    taking.done()
    return made


def _small(words: str) -> str:
    """Return words as they stand within a sentence; "I" stays as it is."""
    return words if words.startswith("I ") else words[0].lower() + words[1:]
