"""The skills of a session as rows of a table."""

from __future__ import annotations

from django.utils.safestring import SafeString

from holdfast.indicators.indicator import Status
from holdfast.reports.numbers import Reading, read_indicator
from holdfast.reports.page.skills_table import NO_REFERENCE, STATUS
from holdfast.reports.page.strip import draw_strip
from holdfast.reports.record import Record
from holdfast.reports.skills import Skill, by_heading
from holdfast_web.engine.findings_view import SkillRow


def skills_of(record: Record) -> tuple[SkillRow, ...]:
    """Return the skills, family by family, in the order of the report."""
    return tuple(
        _row(record, heading, skill)
        for heading, skills in by_heading(record.indicators, record.accuracy).items()
        for skill in skills
    )


def _row(record: Record, heading: str, skill: Skill) -> SkillRow:
    one = skill.indicator
    reading = read_indicator(one, record.accuracy)
    references, strip = _reference(record, skill)
    return SkillRow(
        name=one.name,
        title=one.title,
        heading=heading,
        number=one.value,
        value=reading.value,
        rate=_rate(skill),
        interval=reading.interval or "",
        stands_on=_stands_on(reading, there=one.value is not None),
        references=references,
        strip=strip,
        accuracy=reading.accuracy.sentence,
        not_meaning=reading.not_meaning,
        source=reading.source,
        status=STATUS[one.status],
        experimental=one.status is Status.EXPERIMENTAL,
    )


def _rate(skill: Skill) -> str:
    if skill.rate is None or skill.rate.value is None:
        return ""
    return read_indicator(skill.rate, {}).value


def _stands_on(reading: Reading, *, there: bool) -> str:
    return f"from {reading.stands_on}" if there and reading.stands_on else reading.stands_on


def _reference(record: Record, skill: Skill) -> tuple[tuple[str, ...], SafeString]:
    reading = read_indicator(skill.compared, record.accuracy)
    if not reading.references:
        return (NO_REFERENCE,), SafeString("")
    words = f"Here: {reading.value}. " + " ".join(reading.references)
    return reading.references, SafeString(draw_strip(skill.compared, words) or "")
