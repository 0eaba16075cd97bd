"""Reads a transcript: masks who is in it, codes it with the shipped model, returns the record.

The engine is loaded when it is first needed: a web process that only looks at findings never
holds the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.session import Session

Progress = Callable[[int, int], None]
"""Called with the lines read so far and their total."""


class CannotRead(Exception):  # noqa: N818 - a sentence, not a fault
    """A transcript in which nothing can be read; it holds one word of ours and none of theirs."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What reads: the engine's version, the model and the codebook with theirs."""

    engine: str
    model: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a transcript.

    Attributes
    ----------
    data
        The engine's record as data (``holdfast.record/1``), of the masked words. One more key,
        ``masked``, says how many identifiers of each kind were taken out.
    versions
        What made it.
    """

    data: dict[str, Any]
    versions: Versions


def analyse(
    lines: Iterable[Mapping[str, Any]],
    roles: Mapping[str, str],
    names: Iterable[str] = (),
    progress: Progress | None = None,
) -> Reading:
    """Read a transcript.

    Parameters
    ----------
    lines, roles
        As the row of a transcript has them.
    names
        Of the people who are known to the record: they give way to placeholders, as do the
        speakers' and whatever looks like an identifier.
    progress
        Told as it goes on; what it raises stops the reading.

    Raises
    ------
    CannotRead
        ``"no_therapist"``, ``"no_client"``, ``"no_words"``, ``"not_english"``, or ``"no_model"``
        where the model itself is missing or changed.

    Examples
    --------
    >>> lines = [{"speaker": "Lee", "text": "Hard.", "line": 1, "start": None, "end": None}]
    >>> analyse(lines, {"Lee": "client"})
    Traceback (most recent call last):
    ...
    holdfast_web.engine.coding.CannotRead: no_therapist
    """
    from holdfast_web.engine.transcripts import session_of

    session = session_of(lines, roles)
    _refuse(session)
    return _read(session, names, progress)


@cache
def shipped() -> Versions:
    """Return what would read a transcript now; the model itself isn't loaded for it."""
    from importlib.metadata import version

    from holdfast.codebooks import load_codebook
    from holdfast.runtime.card import read_card
    from holdfast.runtime.folder import CARD, SHIPPED

    model = read_card(SHIPPED / CARD).title
    return Versions(engine=version("holdfast"), model=model, codebook=load_codebook().label)


def _refuse(session: Session) -> None:
    from holdfast.coding.language import reads_as_english
    from holdfast.session import Role

    for role in (Role.THERAPIST, Role.CLIENT):
        if not session.said_by(role):
            raise CannotRead(f"no_{role}")
    if not any(one.words for one in session.utterances):
        raise CannotRead("no_words")
    if not reads_as_english(session):
        raise CannotRead("not_english")


def _read(session: Session, names: Iterable[str], progress: Progress | None) -> Reading:
    from holdfast import ModelError, analyze
    from holdfast.corpus.deidentify import Masker
    from holdfast.reports.json import as_data

    masked = Masker(names).session(session)
    try:
        record = analyze(masked.session, progress=progress)
    except ModelError:
        raise CannotRead("no_model") from None
    data = as_data(record) | {"masked": dict(masked.counts)}
    made_by = data["made_by"]
    return Reading(
        data, Versions(made_by["versions"]["holdfast"], made_by["model"], made_by["codebook"])
    )
