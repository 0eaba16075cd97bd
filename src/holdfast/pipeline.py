"""Wires the stages together: read, assign roles, code, measure, record. The only module that does.

Heavy libraries are imported when they are first needed, so that ``import holdfast`` is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.formats import read_transcript
from holdfast.roles import assign_roles
from holdfast.session import Session

if TYPE_CHECKING:
    from holdfast.coding.codes import CodedSession
    from holdfast.reports.record import Record
    from holdfast.roles import Suggestion
    from holdfast.runtime import Model

Progress = Callable[[int, int], None]
"""Called with the utterances done and their total."""


def read(path: str | Path, *, format: str | None = None) -> Session:
    """Read a transcript file of any supported format.

    Parameters
    ----------
    path
        The file. Its format is told by its content, see ``holdfast formats``.
    format
        Name of the format, where the content leaves a doubt.

    Returns
    -------
    Session
        Every utterance of the file, in its order; roles are set only where the file has them.

    Raises
    ------
    holdfast.errors.TranscriptError
        If the file cannot be read; the message names file and line and says what to do.

    Examples
    --------
    >>> from holdfast.examples import FIRST_SESSION
    >>> read(FIRST_SESSION).speakers
    ('Dana', 'Lee')
    """
    return read_transcript(path, format=format)


def code(
    session: Session, *, model: Model | None = None, progress: Progress | None = None
) -> CodedSession:
    """Give every utterance of a session its codes.

    Parameters
    ----------
    session
        With roles, see :func:`holdfast.assign_roles`; speakers named by a known role word
        ("Therapist", "Client", …) get theirs by themselves.
    model
        A loaded model; the shipped one if none is given.
    progress
        Told after each batch.

    Raises
    ------
    holdfast.errors.RoleError
        If it is not known who is the therapist and who the client.

    Examples
    --------
    >>> from holdfast import assign_roles, read
    >>> from holdfast.examples import FIRST_SESSION
    >>> session = assign_roles(read(FIRST_SESSION), therapist="Dana", client="Lee")
    >>> code(session).codes[0]["behaviour"].value
    'question'
    """
    from holdfast.coding.coder import code_session

    if all(utterance.role is None for utterance in session.utterances):
        session = assign_roles(session)
    return code_session(session, model or shipped_model(), progress=progress)


def analyze(
    source: str | Path | Session,
    *,
    therapist: str | None = None,
    client: str | None = None,
    other: str | Sequence[str] | None = None,
    format: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
) -> Record:
    """Read a session's transcript and return everything there is to see of it.

    Parameters
    ----------
    source
        A transcript file, or a session.
    therapist, client, other
        Names as the transcript has them; needed unless it says who is who.
    format, model, progress
        As for :func:`read` and :func:`code`.

    Returns
    -------
    Record
        Codes, indicators, moments: what reports are made of.

    Raises
    ------
    holdfast.errors.TranscriptError, holdfast.errors.RoleError
        As for :func:`read` and :func:`code`.

    Examples
    --------
    >>> from holdfast.examples import FIRST_SESSION
    >>> record = analyze(FIRST_SESSION, therapist="Dana", client="Lee")
    >>> {indicator.name for indicator in record.indicators} >= {"reflections", "questions"}
    True
    """
    from holdfast.indicators import measure
    from holdfast.reports.record import make_record

    session = source if isinstance(source, Session) else read(source, format=format)
    session = assign_roles(session, therapist=therapist, client=client, other=other)
    model = model or shipped_model()
    coded = code(session, model=model, progress=progress)
    return make_record(coded, measure(coded), model.card)


def suggest(
    session: Session, *, neither: Collection[str] = (), model: Model | None = None
) -> Suggestion | None:
    """Suggest who is the therapist and who the client, for a person to accept or refuse.

    Speakers in ``neither`` are not considered.

    Examples
    --------
    >>> from holdfast.examples import FIRST_SESSION
    >>> suggest(read(FIRST_SESSION)).therapist
    'Dana'
    """
    from holdfast.coding.suggest import suggest_roles

    return suggest_roles(session, model or shipped_model(), neither=neither)


@cache
def shipped_model() -> Model:
    """Load the model that ships with Holdfast, once per process."""
    from holdfast.runtime import load_model

    return load_model()


__all__ = ["analyze", "assign_roles", "code", "read", "shipped_model", "suggest"]
