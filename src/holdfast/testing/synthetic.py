"""Synthetic counselling sessions: believable in length, times and turns, about nobody.

For tests, examples and benchmarks that need a session of any length without anyone's words.
The turn lengths and pauses are plausible, not measured: draw no conclusions about therapy.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from holdfast.session import Role, Session, Utterance
from holdfast.testing.draws import Draws
from holdfast.testing.phrases import Theme, phrases

CLIENT_WORDS = (
    (0.0, 1.0), (0.14, 2.0), (0.27, 5.0), (0.5, 11.0), (0.75, 24.0),
    (0.9, 40.0), (0.97, 62.0), (1.0, 105.0),
)  # fmt: skip
WORDS_A_SECOND = ((0.0, 2.9), (0.5, 3.7), (1.0, 4.6))
PAUSE = ((0.0, -0.5), (0.08, 0.0), (0.5, 0.35), (0.85, 0.9), (0.97, 2.4), (1.0, 6.0))
THEME_SECONDS = 420.0
CONTINUES = 0.05
TWO_MOVES = 0.28

MOVES = {
    "encouragers": 0.31, "simple": 0.15, "complex": 0.13, "open": 0.14, "closed": 0.09,
    "validation": 0.07, "information": 0.03, "advice": 0.03, "structure": 0.02,
    "feedback": 0.015, "misses": 0.015,
}  # fmt: skip
SENTENCES = {
    "clause": 0.76, "feelings": 0.13, "change": 0.045, "sustain": 0.045, "relationship": 0.02,
}  # fmt: skip


def synthetic_session(
    minutes: float = 50, seed: int = 0, *, therapist: str = "Dana", client: str = "Lee"
) -> Session:
    """Return a made-up session with speakers, times and roles.

    Parameters
    ----------
    minutes
        Length. Fifty minutes come to about 600 utterances and 9,000 words.
    seed
        The same seed gives the same session, on every machine and Python version.
    therapist, client
        The speakers' names.

    Returns
    -------
    Session
        Its first utterance is the therapist's.

    Examples
    --------
    >>> session = synthetic_session(minutes=2, seed=1)
    >>> session.speakers
    ('Dana', 'Lee')
    >>> session == synthetic_session(minutes=2, seed=1)
    True
    """
    if not minutes > 0:
        raise ValueError(f"a session lasts more than 0 minutes, not {minutes}")
    room = _Room(Draws(Random(seed)), {Role.THERAPIST: therapist, Role.CLIENT: client}, [])  # noqa: S311 - no secret
    room.hold(minutes * 60)
    return Session(tuple(room.said), format="synthetic", source=f"synthetic-{seed}")


@dataclass(slots=True)
class _Room:
    """A session while it is being made."""

    draws: Draws
    names: dict[Role, str]
    said: list[Utterance]
    clock: float = 0.0

    def hold(self, seconds: float) -> None:
        banks = phrases()
        self._exchange(banks.opening)
        theme, until = self.draws.next_of(banks.themes), THEME_SECONDS
        while self.clock < seconds - 20:
            if self.clock > until:
                theme, until = self.draws.next_of(banks.themes), until + THEME_SECONDS
            self._say(Role.CLIENT, client_turn(self.draws, theme))
            if self.draws.chance(CONTINUES):
                self._say(Role.CLIENT, client_turn(self.draws, theme))
            self._say(Role.THERAPIST, therapist_turn(self.draws, theme))
        self._exchange(banks.closing)

    def _exchange(self, lines: dict[str, tuple[str, ...]]) -> None:
        for asked, answered in zip(lines["therapist"], lines["client"], strict=True):
            self._say(Role.THERAPIST, asked)
            self._say(Role.CLIENT, answered)

    def _say(self, role: Role, text: str) -> None:
        start = max(0.0, self.clock + self.draws.between(PAUSE))
        if self.said and self.said[-1].start is not None:
            start = max(start, self.said[-1].start)
        self.clock = start + 0.3 + len(text.split()) / self.draws.between(WORDS_A_SECOND)
        index, name = len(self.said), self.names[role]
        self.said.append(
            Utterance(
                index=index,
                speaker=name,
                text=text,
                line=index + 1,
                start=round(start, 3),
                end=round(self.clock, 3),
                raw=f"{name}: {text}",
                role=role,
            )
        )


def client_turn(draws: Draws, theme: Theme) -> str:
    """Return something a client might say about a theme: a word, or a story."""
    bank = phrases().client
    wanted = round(draws.between(CLIENT_WORDS))
    if wanted <= 3:
        return draws.one_of(bank["short"])
    sentences: list[str] = []
    words = 0
    while not sentences or words + 4 < wanted:
        sentences.append(_client_sentence(draws, theme))
        words += len(sentences[-1].split())
    return " ".join(sentences)


def _client_sentence(draws: Draws, theme: Theme) -> str:
    bank = phrases().client
    kind = draws.weighted(SENTENCES)
    if kind != "clause":
        return draws.next_of(bank[kind])
    begin, end = draws.one_of(bank["begin"]), draws.one_of(bank["end"])
    return _capital(f"{begin}{draws.next_of(theme.clauses)}{end}.")


def therapist_turn(draws: Draws, theme: Theme) -> str:
    """Return something a therapist might answer: an encourager, or one or two fuller moves."""
    move = draws.weighted(MOVES)
    said = _move(draws, theme, move)
    if move != "encouragers" and draws.chance(TWO_MOVES):
        said = f"{said} {_move(draws, theme, draws.one_of(('open', 'closed', 'complex')))}"
    return said


def _move(draws: Draws, theme: Theme, move: str) -> str:
    phrase = draws.next_of(phrases().therapist[move])
    filled = phrase.format(
        thing=draws.one_of(theme.things), who=draws.one_of(theme.who), when=draws.one_of(theme.when)
    )
    return _capital(filled)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
