"""Each skill with its number, what it stands on, its reference, its accuracy and its limits."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.indicators.indicator import Status
from holdfast.reports.numbers import Reading, read_indicator
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.page.strip import draw_strip
from holdfast.reports.record import Record
from holdfast.reports.skills import Skill, by_heading

COLUMNS = ("Skill", "In this session", "Among demonstrations", "How sure")
STATUS = {
    Status.DESCRIPTIVE: "Descriptive.",
    Status.COACHING: "For looking at one's own work.",
    Status.EXPERIMENTAL: "Experimental: read it lightly.",
}
ABOUT = (
    "The demonstrations are of motivational interviewing, public, and called good or poor "
    "examples by their makers. They are a place to stand, not a norm. "
    "How sure the coder is stands beside each skill. What the model codes was measured on "
    "demonstrations that it had never seen; feelings, on Reddit comments that it had never seen. "
    "Codes that nobody had labelled there were held against our own, machine-assisted annotation. "
    "For what fixed rules find, one reader judged matches and counted those that were right."
)
NONE = "No numbers were computed for this session."
NO_REFERENCE = "No reference sessions yet."


def skills_table(record: Record) -> Markup:
    """Return the section of the skills."""
    groups = by_heading(record.indicators, record.accuracy)
    body = [_group(record, heading, skills) for heading, skills in groups.items()]
    return tag(
        "section",
        tag("h2", "Skill by skill", id="skills"),
        tag("p", ABOUT, class_="note") if body else tag("p", NONE, class_="note"),
        _table(body) if body else None,
        aria_labelledby="skills",
    )


def _table(body: list[Markup]) -> Markup:
    heads = (tag("th", words, scope="col", role="columnheader") for words in COLUMNS)
    return tag(
        "table",
        tag("caption", "Numbers of this session, family by family", class_="hidden"),
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
        *body,
        class_="skills",
        role="table",
    )


def _group(record: Record, heading: str, skills: list[Skill]) -> Markup:
    head = tag("th", heading, scope="rowgroup", colspan="4", role="rowheader")
    return tag(
        "tbody",
        tag("tr", head, class_="family", role="row"),
        *(_row(record, skill) for skill in skills),
        role="rowgroup",
    )


def _row(record: Record, skill: Skill) -> Markup:
    reading = read_indicator(skill.indicator, record.accuracy)
    title = tag("span", skill.indicator.title, class_="title")
    not_meaning = reading.not_meaning
    return tag(
        "tr",
        tag(
            "th",
            title,
            tag("span", not_meaning, class_="fine") if not_meaning else None,
            scope="row",
            role="rowheader",
        ),
        tag("td", *_in_session(reading, skill), role="cell", data_label=COLUMNS[1]),
        tag("td", *_reference(record, skill), role="cell", data_label=COLUMNS[2]),
        tag("td", *_sureness(reading, skill), role="cell", data_label=COLUMNS[3]),
        role="row",
    )


def _in_session(reading: Reading, skill: Skill) -> Iterator[Markup]:
    there = skill.indicator.value is not None
    yield tag("span", reading.value, class_="value" if there else "absent")
    if skill.rate is not None and skill.rate.value is not None:
        yield tag("span", read_indicator(skill.rate, {}).value, class_="fine")
    if reading.interval:
        yield tag("span", f"95\u202f% interval: {_unbroken(reading.interval)}", class_="fine")
    if reading.stands_on:
        before = "from " if there else ""
        yield tag("span", before + reading.stands_on, class_="fine")


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _reference(record: Record, skill: Skill) -> Iterator[Markup]:
    compared = skill.compared
    reading = read_indicator(compared, record.accuracy)
    if not reading.references:
        yield tag("span", NO_REFERENCE, class_="fine")
        return
    words = f"Here: {reading.value}. " + " ".join(reading.references)
    strip = draw_strip(compared, words)
    if strip is not None:
        yield strip
    for sentence in reading.references:
        yield tag("span", sentence, class_="fine")


def _sureness(reading: Reading, skill: Skill) -> Iterator[Markup]:
    yield tag("span", reading.accuracy.sentence, class_="fine")
    yield tag("span", STATUS[skill.indicator.status], class_="fine")
    if reading.source:
        yield tag("span", f"Source: {reading.source}", class_="fine source")
