"""A session written out as a transcript file, for tests and benchmarks of the whole way."""

from __future__ import annotations

from holdfast.session import Session


def as_webvtt(session: Session) -> str:
    """Return the session as WebVTT with voice tags.

    Raises
    ------
    ValueError
        If an utterance has no times.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> print(*as_webvtt(synthetic_session(minutes=1)).splitlines()[:5], sep=chr(10))
    WEBVTT
    <BLANKLINE>
    1
    00:00:00.891 --> 00:00:03.352
    <v Dana>Hello, come in. Have a seat wherever you like.
    """
    cues = ["WEBVTT"]
    for said in session.utterances:
        if said.start is None or said.end is None:
            raise ValueError(f"utterance {said.index} has no times, which WebVTT needs")
        voice = f"<v {said.speaker}>" if said.speaker else ""
        times = f"{_clock(said.start)} --> {_clock(said.end)}"
        cues.append(f"{said.index + 1}\n{times}\n{voice}{said.text}")
    return "\n\n".join(cues) + "\n"


def as_plain(session: Session) -> str:
    """Return the session as plain text, ``Name: words`` on each line.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> as_plain(synthetic_session(minutes=1)).splitlines()[1]
    'Lee: Hi. Thank you.'
    """
    return "".join(f"{said.speaker or 'Unknown'}: {said.text}\n" for said in session.utterances)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
