"""A session on one screen of a terminal: at most forty lines of eighty columns.

Colour and weight only repeat what the words say, so nothing is lost without them: in a file,
in a pipe, or where ``NO_COLOR`` is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from holdfast.indicators.indicator import Indicator, Reference, Status, Unit
from holdfast.indicators.opened import RESPONSE, Response
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.facts import length, notes
from holdfast.reports.heard import abstentions, name_of, name_of_role
from holdfast.reports.moments import Moment
from holdfast.reports.numbers import bare, bare_range, clock, read_indicator
from holdfast.reports.printable import printable
from holdfast.reports.record import NOT_ENGLISH, Record
from holdfast.reports.skills import Skill, key_skills
from holdfast.reports.unmissed import none_missed
from holdfast.session import Role

WIDTH = 80
BAR = 30
QUOTE = 102
NONE = "–"
COLUMNS = ("n", "here", "95 % interv.", "good", "poor", "right")
NO_COLUMNS = ("",) * len(COLUMNS)
WIDTHS = (4, 6, 12, 10, 9, 6)
TITLE = 27
STAR = "*"
LEGEND = "good, poor: middle half of demonstrations · right: of marks · *: experimental"
UNIT_WORDS = {
    Unit.RATE: "Per 10 minutes",
    Unit.RATE_OF_WORDS: "Per 1,000 words",
    Unit.COUNT: "Counts",
}
ACCENT = "green"
NOTHING_KEPT = "No reflection followed a feeling closely enough to choose one."
NOTES = 3
SHORTEST_NAME = 16
FEW = 20
"""Matches below which a share would look surer than it is: they are counted instead."""


def print_record(record: Record, *, console: Console | None = None, report: str = "") -> None:
    """Print a session's summary.

    Parameters
    ----------
    record
        What is known of the session.
    console
        Where to print; standard output if none is given.
    report
        Path of the page, to be named at the end.
    """
    console = console or Console()
    for part in _parts(record, report):
        console.print(part, width=min(console.width, WIDTH), highlight=False)


def render_terminal(record: Record, *, report: str = "", width: int = WIDTH) -> str:
    """Return the summary as plain text."""
    console = Console(width=width, no_color=True, force_terminal=False, color_system=None)
    with console.capture() as capture:
        print_record(record, console=console, report=report)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _parts(record: Record, report: str) -> Iterator[RenderableType]:
    if not record.english:
        yield Text(NOT_ENGLISH + "\n", style="bold")
    yield _header(record)
    yield from _notes(record, report)
    yield _talk(record)
    if record.english:
        if len(notes(record.coded.session)) <= 1:  # many notes take its place on the screen
            yield ""
        yield from _skills(record)
        yield from _missed(record)
        yield from _kept(record)
    yield from _ending(record, report)


def _heading(words: str, note: str = "") -> Text:
    return Text.assemble("\n", (words, f"bold {ACCENT}"), (f"  {note}" if note else "", "dim"))


def _header(record: Record) -> Text:
    session = record.coded.session
    lasted = length(session)
    facts = [f"{len(session)} lines", *([f"{lasted} long"] if lasted else [])]
    unsure = abstentions(record.coded)
    if unsure:
        facts.append(f"coder unsure on {unsure}")
    said = "  " + " · ".join(facts)
    name = _cut(printable(session.source or "A session"), max(SHORTEST_NAME, WIDTH - len(said)))
    return Text.assemble((name, "bold"), (said, "dim"))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _notes(record: Record, report: str) -> Iterator[Text]:
    said = notes(record.coded.session)
    for note in said[:NOTES]:
        yield Text(_cut(printable(note), WIDTH))
    if len(said) > NOTES:
        where = ", on the page" if report else ""
        yield Text(f"… and {len(said) - NOTES} more{where}")


def _talk(record: Record) -> Text:
    coded = record.coded
    said = {role: sum(one.words for one in coded.session.said_by(role)) for role in Role}
    both = said[Role.THERAPIST] + said[Role.CLIENT]
    therapist, client = (
        shorten(printable(name_of_role(coded, role)), 14, placeholder="…")
        for role in (Role.THERAPIST, Role.CLIENT)
    )
    if not both:
        return Text(f"{therapist} and {client}: no words")
    share = said[Role.THERAPIST] / both
    filled = round(BAR * share)
    return Text.assemble(
        f"{therapist} {100 * share:.0f} % ",
        ("█" * filled, ACCENT),
        ("░" * (BAR - filled), "dim"),
        f" {100 * (1 - share):.0f} % {client}",
        ("  of the words", "dim"),
    )


def _skills(record: Record) -> Iterator[RenderableType]:
    """Lay skills out by unit, so that the figures of a column can be held against each other."""
    skills = key_skills(record.indicators, record.accuracy)
    headings = dict.fromkeys(_unit_words(skill) for skill in skills)
    for place, heading in enumerate(headings):
        rows = [skill for skill in skills if _unit_words(skill) == heading]
        yield _skill_table(record, heading, rows, columns=COLUMNS if place == 0 else NO_COLUMNS)
    if skills:
        yield Text(LEGEND, style="dim")


def _unit_words(skill: Skill) -> str:
    shown = (skill.rate or skill.indicator).unit
    return UNIT_WORDS.get(shown, "Shares and ratios")


def _skill_table(
    record: Record, heading: str, skills: list[Skill], columns: tuple[str, ...]
) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style=f"bold {ACCENT}")
    table.add_column(heading, no_wrap=True, width=TITLE)
    for column, width in zip(columns, WIDTHS, strict=True):
        table.add_column(column, justify="right", no_wrap=True, width=width)
    for skill in skills:
        table.add_row(*_skill_row(record, skill))
    return table


def _skill_row(record: Record, skill: Skill) -> Iterator[str]:
    shown = skill.rate or skill.indicator
    reading = read_indicator(shown, record.accuracy)
    star = STAR if skill.indicator.status is Status.EXPERIMENTAL else ""
    yield shorten(skill.indicator.title, TITLE - 1, placeholder="…") + star
    yield f"{skill.indicator.n}"
    yield NONE if shown.value is None else bare(shown.value, shown.unit)
    yield bare_range(*shown.interval, shown.unit) if shown.interval else NONE
    yield from _demonstrations(shown)
    yield _right(reading.accuracy)


def _right(accuracy: Accuracy) -> str:
    """Write how many of a code's marks are right: a share, or the counts where they are few."""
    if accuracy.precision is None:
        return NONE
    if accuracy.marks is not None and accuracy.marks < FEW:
        return f"{round(accuracy.precision * accuracy.marks)}/{accuracy.marks}"
    return bare(accuracy.precision, Unit.SHARE)


def _demonstrations(indicator: Indicator) -> Iterator[str]:
    reference = indicator.reference or Reference()
    for spread in (reference.high, reference.low):
        yield NONE if spread is None else bare_range(spread.p25, spread.p75, indicator.unit)


def _missed(record: Record) -> Iterator[RenderableType]:
    missed = sum(one.response is Response.MISSED for one in record.openings)
    yield _heading("Openings missed", _how_many(record, missed) if missed else "")
    if not missed:
        yield Text(none_missed(record.openings))
    for moment in record.moments.missed:
        yield _quoted(record, _opening_and_answer(record, moment))


def _how_many(record: Record, missed: int) -> str:
    answers = record.accuracy.get(RESPONSE)
    doubt = ", experimental" if answers is not None and answers.experimental else ""
    return f"{missed} of {len(record.openings)}{doubt}"


def _opening_and_answer(record: Record, moment: Moment) -> tuple[int, ...]:
    """Return the line of an opening and the line that answered it, however far apart."""
    opening = next(one for one in record.openings if one.index == moment.focus[0])
    answer = opening.response_index
    return (opening.index,) if answer is None else (opening.index, answer)


def _kept(record: Record) -> Iterator[RenderableType]:
    yield _heading("Worth keeping")
    if not record.moments.kept:
        yield Text(NOTHING_KEPT)
    for moment in record.moments.kept:
        yield _quoted(record, moment.focus)


def _quoted(record: Record, lines: tuple[int, ...]) -> Table:
    """Lay lines out with their numbers, so that they are found again on the page."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=4, justify="right", style="dim")
    table.add_column(width=7, justify="right", style="dim")
    table.add_column(max_width=10, no_wrap=True, style="bold")
    table.add_column(ratio=1, overflow="fold")
    for index in lines:
        utterance = record.coded.session.utterances[index]
        time = "" if utterance.start is None else clock(utterance.start)
        words = Text(excerpt(printable(utterance.text)))
        table.add_row(str(index + 1), time, Text(printable(name_of(utterance))), words)
    return table


def excerpt(words: str, most: int = QUOTE) -> str:
    """Cut words to a length at their end, between two of them.

    Examples
    --------
    >>> excerpt("I got home, and the flat was so quiet again.", most=28)
    'I got home, and the flat …'
    """
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def _ending(record: Record, report: str) -> Iterator[Text]:
    yield _heading("What this can't tell")
    yield Text(record.limits[0] if record.limits else "")
    if report:
        yield Text.assemble(("The page: ", "dim"), printable(report))
