"""Many made-up sessions, as a corpus has them: seeded, one after another, of different length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from holdfast.session import Session
from holdfast.testing.draws import Draws
from holdfast.testing.synthetic import synthetic_session
from holdfast.testing.transcripts import as_webvtt

THERAPISTS = ("Dana", "Robin", "Maya", "Jonas", "Iris", "Paul", "Noor", "Clara")
CLIENTS = ("Lee", "Sam", "Kim", "Alex", "Toni", "Jo", "Charlie", "Sascha", "Mika", "Nico")


def synthetic_sessions(
    count: int, seed: int = 0, *, minutes: tuple[float, float] = (2, 6)
) -> Iterator[Session]:
    """Yield made-up sessions, each made when it is asked for.

    Parameters
    ----------
    count
        How many.
    seed
        The same seed gives the same sessions; the first of many are the same as those of few.
    minutes
        The shortest and the longest.

    Examples
    --------
    >>> [session.source for session in synthetic_sessions(2, minutes=(1, 1))]
    ['synthetic-0-000000', 'synthetic-0-000001']
    """
    for number in range(count):
        draws = Draws(Random(f"{seed}-{number}"))  # noqa: S311 - no secret
        session = synthetic_session(
            draws.between(((0.0, minutes[0]), (1.0, minutes[1]))),
            seed * 1_000_003 + number,
            therapist=draws.one_of(THERAPISTS),
            client=draws.one_of(CLIENTS),
        )
        yield replace(session, source=f"synthetic-{seed}-{number:06d}")


def write_sessions(
    folder: Path, count: int, seed: int = 0, *, minutes: tuple[float, float] = (2, 6)
) -> list[Path]:
    """Write made-up sessions as WebVTT files; their speakers are named Therapist and Client.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_sessions(Path(folder), 1, minutes=(1, 1))]
    ['synthetic-0-000000.vtt']
    """
    written = []
    for session in synthetic_sessions(count, seed, minutes=minutes):
        said = tuple(
            replace(one, speaker=one.role.value.capitalize()) if one.role else one
            for one in session.utterances
        )
        path = folder / f"{session.source}.vtt"
        path.write_text(as_webvtt(replace(session, utterances=said)), encoding="utf-8")
        written.append(path)
    return written
