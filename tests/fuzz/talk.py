"""Made-up talk for the fuzzing run: words that are hard on readers, and none of a real person."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SECRET = "Quillonade"  # noqa: S105 - a word to be found, not to be kept
"""A word of the talk that must never come up in an error."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLAIN_WORDS = _words(
    "yes no well so I slept badly and then she said nothing for days it hurts a lot too much "
    "thanks ça déjà müde größer łódź žena мама 我 很 累 שלום مرحبا niño"
)

ROUGH_WORDS = (
    *PLAIN_WORDS,
    *_words(
        '10:30 (laughs) [sighs] “so” "hm" R&D a<b 5 — ok: http://x.org Note: #3 {x} | ; , . '
        "… 'tis don’t 50% >> -- <laughs> &amp; 00:01 Mom: \\n x=1 @home *no* *PAR: %mor 1. - 0:12 "
        "?! [1] (2:30) 🙂 null NaN true"
    ),
    SECRET,
)

CASTS = (
    ("Dana", "Lee"),
    ("Therapist", "Client"),
    ("Dr. Ana van Dam", "Lee"),
    ("SPEAKER_00", "SPEAKER_01"),
    ("T", "C"),
    ("Søren", "Ngozi Okafor", "Interpreter"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance as it goes into a writer."""

    speaker: str
    words: tuple[str, ...]
    start: float
    end: float

    @property
    def text(self) -> str:
        return " ".join(self.words)


def talk(random: Random, *, rough: bool, cast: tuple[str, ...] | None = None) -> list[Line]:
    """Return a few lines between two or three people, in order of time."""
    vocabulary = ROUGH_WORDS if rough else PLAIN_WORDS
    cast = cast or random.choice(CASTS)
    lines, now = [], 0.0
    for turn in range(random.randint(4, 8)):
        words = tuple(random.choices(vocabulary, k=random.randint(1, 7)))
        start = now + random.randint(0, 3000) / 1000
        end = start + random.randint(100, 9000) / 1000
        speaker = cast[turn % len(cast)]
        lines.append(Line(speaker, ("Hm", *words), round(start, 3), round(end, 3)))
        now = end
    return lines
