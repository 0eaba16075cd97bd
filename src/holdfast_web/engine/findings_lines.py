"""The lines of a session for a page: what was said, and what was heard in it."""

from __future__ import annotations

from holdfast.reports.heard import Tag, name_of
from holdfast.reports.numbers import clock
from holdfast.reports.page.lines import line_tags, opening_tag
from holdfast.reports.page.stood_out import parts
from holdfast.reports.page.transcript import filters
from holdfast.reports.record import Record
from holdfast.session import Role, Utterance
from holdfast_web.engine.findings_view import Answered, Filter, Line, Mark, Moment, Part, Share


def lines_of(record: Record) -> tuple[Line, ...]:
    """Return every line of a session, none left out."""
    openings = {one.index: one for one in record.openings}
    return tuple(
        _line(said, line_tags(record.coded, said.index, openings, record.accuracy))
        for said in record.coded.session.utterances
    )


def _line(said: Utterance, tags: tuple[Tag, ...]) -> Line:
    return Line(
        index=said.index,
        role=(said.role or Role.OTHER).value,
        speaker=name_of(said),
        clock="" if said.start is None else clock(said.start),
        text=said.text,
        marks=tuple(_mark(one) for one in tags),
    )


def _mark(one: Tag) -> Mark:
    return Mark(one.code, one.value, one.text, one.kind, one.unsure, one.p)


def filters_of(lines: tuple[Line, ...]) -> tuple[Filter, ...]:
    """Return what one may look for; what is nowhere in the session is left out."""
    found = filters([mark.family for mark in line.marks] for line in lines)
    return tuple(Filter(one.kinds, one.words, one.count) for one in found)


def parts_of(record: Record, lines: tuple[Line, ...]) -> tuple[Part, ...]:
    """Return the kinds of moments, each with its moments."""
    return tuple(
        Part(
            name=part.name,
            heading=part.heading,
            about=part.about.strip(),
            moments=tuple(
                Moment(one.why, one.focus, tuple(lines[index] for index in one.lines))
                for one in part.moments
            ),
            none=part.none,
        )
        for part in parts(record)
    )


def openings_of(record: Record, lines: tuple[Line, ...]) -> tuple[Answered, ...]:
    """Return the openings for empathy and how each was answered."""
    return tuple(
        Answered(
            line=lines[one.index],
            kind=one.kind,
            response=one.response.value if one.response else "",
            words=opening_tag(one, record.coded, record.accuracy).text,
            answer=None if one.response_index is None else lines[one.response_index],
        )
        for one in record.openings
    )


def shares_of(record: Record) -> tuple[Share, ...]:
    """Return how the talk was shared, by words; nobody who said none."""
    words: dict[str, int] = {}
    names: dict[str, str] = {}
    for said in record.coded.session.utterances:
        role = (said.role or Role.OTHER).value
        words[role] = words.get(role, 0) + said.words
        names.setdefault(role, name_of(said))
    whole = sum(words.values())
    order = (Role.CLIENT.value, Role.THERAPIST.value, Role.OTHER.value)
    return tuple(
        Share(role, names[role], words[role], words[role] / whole)
        for role in order
        if words.get(role)
    )
