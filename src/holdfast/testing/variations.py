"""The same session as other sources would have it: without times, roles, names or words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from holdfast.session import Role, Session, Utterance


def varied(session: Session, change: Callable[[Utterance], Utterance]) -> Session:
    """Return a session with every utterance changed by a function.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> shouted = varied(
    ...     synthetic_session(minutes=1), lambda said: replace(said, text=said.text.upper())
    ... )
    >>> shouted.utterances[0].text
    'HELLO, COME IN. HAVE A SEAT WHEREVER YOU LIKE.'
    """
    return replace(session, utterances=tuple(change(said) for said in session.utterances))


def without_times(session: Session) -> Session:
    """Return the session as a transcript without times has it.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> without_times(synthetic_session(minutes=1)).utterances[3].start is None
    True
    """
    return varied(session, lambda said: replace(said, start=None, end=None))


def without_roles(session: Session) -> Session:
    """Return the session as a reader gives it, before anybody said who is the therapist.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> {said.role for said in without_roles(synthetic_session(minutes=1)).utterances}
    {None}
    """
    return varied(session, lambda said: replace(said, role=None))


def without_speakers(session: Session) -> Session:
    """Return the session as an automatic transcript that tells no speakers apart has it.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> without_speakers(synthetic_session(minutes=1)).speakers
    (None,)
    """
    return varied(session, lambda said: replace(said, speaker=None, role=None))


def without_words(session: Session) -> Session:
    """Return the session as a silent recording has it: speakers and times, nothing said.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> sum(said.words for said in without_words(synthetic_session(minutes=1)).utterances)
    0
    """
    return varied(session, lambda said: replace(said, text=""))


def renamed(session: Session, names: Mapping[str, str]) -> Session:
    """Return the session with other names for its speakers.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> renamed(synthetic_session(minutes=1), {"Dana": "Therapist"}).speakers
    ('Therapist', 'Lee')
    """
    return varied(
        session, lambda said: replace(said, speaker=names.get(said.speaker or "", said.speaker))
    )


def only(session: Session, role: Role) -> Session:
    """Return what one role said, as a session of its own.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> only(synthetic_session(minutes=1), Role.CLIENT).speakers
    ('Lee',)
    """
    kept = session.said_by(role)
    return replace(
        session,
        utterances=tuple(replace(said, index=index) for index, said in enumerate(kept)),
    )
