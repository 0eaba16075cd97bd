"""A session's findings beside the transcript's own words: they were made of masked ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from holdfast.reports.numbers import clock
from holdfast.reports.record import Record
from holdfast_web.engine.findings_view import Line
from holdfast_web.engine.transcripts import role_of

PLACEHOLDER = re.compile(r"\[[A-Z]+-\d+\]")


def by_role(record: Record) -> Record:
    """Return a record in which speakers without a name of their own are called by their role.

    A placeholder such as ``[NAME-1]`` tells a reader nothing.
    """
    coded = record.coded
    said = coded.session.utterances
    if not any(one.speaker and PLACEHOLDER.fullmatch(one.speaker) for one in said):
        return record
    named = tuple(
        replace(one, speaker=None) if PLACEHOLDER.fullmatch(one.speaker or "") else one
        for one in said
    )
    session = replace(coded.session, utterances=named)
    return replace(record, coded=replace(coded, session=session))


def own_lines(
    lines: Sequence[Mapping[str, Any]], roles: Mapping[str, str], heard: Iterable[Line] = ()
) -> tuple[Line, ...]:
    """Return the lines of a transcript, with what was heard in each.

    Of a line whose words or role were changed since, nothing is shown as heard, and it says so.

    Parameters
    ----------
    lines, roles
        As the row of a transcript has them.
    heard
        The same lines as they were read, masked; none where nothing was.

    Examples
    --------
    >>> lines = [{"speaker": "Lee", "text": "Ann left.", "start": 61.0}]
    >>> own_lines(lines, {"Lee": "client"})[0].clock
    '1:01'
    >>> masked = Line(0, "client", "Client", "1:01", "[NAME-1] left.", ())
    >>> [own_lines(lines, {"Lee": role}, [masked])[0].changed for role in ("client", "therapist")]
    [False, True]
    """
    found = {one.index: one for one in heard}
    return tuple(_line(place, one, roles, found.get(place)) for place, one in enumerate(lines))


def clock_of(seconds: float | None) -> str:
    """Return when a line begins, for a page; ``""`` where no time is known.

    Examples
    --------
    >>> clock_of(3723.0), clock_of(None)
    ('1:02:03', '')
    """
    return "" if seconds is None else clock(seconds)


def same_words(masked: str, own: str) -> bool:
    """Say whether masked words can have been made of these: all but the placeholders is there.

    Examples
    --------
    >>> same_words("[NAME-1] left.", "Ann left."), same_words("[NAME-1] left.", "Ann stayed.")
    (True, False)
    """
    if masked == own:
        return True
    first, *others = PLACEHOLDER.split(masked)
    if not others or not own.startswith(first):
        return False
    place = len(first)
    for part in others[:-1]:
        found = own.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return own.endswith(others[-1]) and len(own) - len(others[-1]) >= place


def _line(place: int, own: Mapping[str, Any], roles: Mapping[str, str], heard: Line | None) -> Line:
    role = role_of(own, roles)
    changed = heard is not None and not (heard.role == role and same_words(heard.text, own["text"]))
    marks = () if heard is None or changed else heard.marks
    return Line(
        index=place,
        role=role,
        speaker=own["speaker"] or role.capitalize(),
        clock=clock_of(own.get("start")),
        text=own["text"],
        marks=marks,
        changed=changed,
    )
