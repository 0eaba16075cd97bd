"""Reads courses from a table of ratings: scores, or answers that are scored first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from holdfast.instruments import (
    Instrument,
    InstrumentError,
    SafetyFlag,
    load_instrument,
    load_wordings,
)
from holdfast.instruments.responses import (
    Problem,
    Response,
    about,
    find_columns,
    read_responses,
    score_response,
)
from holdfast.instruments.rows import Row, Rows, TableError, empty, number
from holdfast.trajectories.course import Course, Rating

ALLIANCE = "alliance"
GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Case:
    """What one client's ratings hold, by instrument.

    Attributes
    ----------
    client
        The practice's identifier, ``""`` where the table has one client only.
    courses
        Each instrument with its course, in order of appearance.
    safety
        The client's answers that a person must see, with their session.
    """

    client: str
    courses: tuple[tuple[Instrument, Course], ...]
    safety: tuple[tuple[int, SafetyFlag], ...] = ()

    def about(self, what: str) -> tuple[tuple[Instrument, Course], ...]:
        """Return the courses of instruments about something, such as ``"alliance"``."""
        return tuple(one for one in self.courses if one[0].about == what)


@dataclass(frozen=True, slots=True)
class Cases:
    """All clients of a table, cells that can't be read, and columns that were not needed."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """One rating, before it has its place in a course."""

    response: Response
    value: float | None
    lowest_item: float | None = None
    guess: float | None = None
    safety: tuple[SafetyFlag, ...] = ()


def read_cases(table: Rows, *, default: str = "check-in") -> Cases:
    """Read every client's courses from a table.

    Parameters
    ----------
    table
        A row for each rating, with ``session`` or ``date``; ``client`` where there are several;
        ``instrument`` where it isn't the default. Either ``score``, or a column for each item.
        A therapist's guess is a row with ``respondent`` = therapist, or a column ``guess``. A
        row without a rating is a check-in that was skipped.
    default
        The instrument of rows that name none.

    Raises
    ------
    TableError
        If the table lacks what is needed, or rates the same session twice, or it can't be read
        when a row was given or by whom.

    Examples
    --------
    >>> rows = tuple(Row(n + 1, {"session": n, "score": 8}) for n in (1, 2, 3))
    >>> cases = read_cases(Rows("ratings.csv", ("session", "score"), rows))
    >>> instrument, course = cases.cases[0].courses[0]
    >>> instrument.name, course.values
    ('check-in', (8.0, 8.0, 8.0))
    """
    columns = find_columns(table.names)
    if "session" not in columns and "date" not in columns:
        raise TableError(
            f"{table.source}: there is no column for the session or the date. Its columns: "
            f"{', '.join(table.names)}. Name one of them session, counted from 1, or date."
        )
    problems: list[Problem] = []
    points: list[tuple[Instrument, _Point]] = []
    ignored = set(table.names) - set(columns.values()) - {GUESS}
    for name, rows in _by_instrument(table, columns, default).items():
        instrument = _instrument(name, rows[0])
        found, unused = _points(replace(table, rows=tuple(rows)), instrument, columns, problems)
        points += [(instrument, one) for one in found]
        ignored &= unused
    _require_origins(table.source, columns, points, problems)
    clients = dict.fromkeys(one.response.client for _, one in points)
    cases = tuple(_case(table.source, client, points) for client in clients)
    return Cases(cases, tuple(problems), tuple(one for one in table.names if one in ignored))


def _by_instrument(table: Rows, columns: dict[str, str], default: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        cell = row.cells.get(columns.get("instrument", ""))
        found.setdefault(default if empty(cell) else str(cell).strip().lower(), []).append(row)
    return found


def _instrument(name: str, row: Row) -> Instrument:
    try:
        found = load_instrument(name)
    except InstrumentError as error:
        raise TableError(f"row {row.number}: {error}") from None
    if not found.scales:
        raise TableError(
            f"row {row.number}: {found.title} gives no number that could be followed. Leave its "
            "rows out here, and read them with holdfast score."
        )
    return found


def _points(
    table: Rows, instrument: Instrument, columns: dict[str, str], problems: list[Problem]
) -> tuple[list[_Point], set[str]]:
    """Return the ratings of one instrument, and the columns that were not needed."""
    if "score" in columns:
        unused = set(table.names) - set(columns.values()) - {GUESS}
        return [_scored(row, instrument, columns, problems) for row in table.rows], unused
    reading = read_responses(table, instrument, load_wordings(instrument.name))
    problems += reading.problems
    return [_answered(instrument, one) for one in reading.responses], set(reading.ignored)


def _scored(
    row: Row, instrument: Instrument, columns: dict[str, str], problems: list[Problem]
) -> _Point:
    response = replace(about(row, columns, problems), instrument=instrument.name)
    value = _number(row, columns["score"], instrument, problems)
    guess = _number(row, GUESS, instrument, problems) if GUESS in row.cells else None
    return _Point(response, value, guess=guess)


def _number(row: Row, column: str, instrument: Instrument, problems: list[Problem]) -> float | None:
    cell, scale = row.cells.get(column), instrument.scale()
    if empty(cell):
        return None
    value = number(cell)
    if value is None or not scale.lowest <= value <= scale.highest:
        expected = f"expected a number from {scale.lowest:g} to {scale.highest:g}"
        problems.append(Problem(row.number, column, expected))
        return None
    return value


def _answered(instrument: Instrument, response: Response) -> _Point:
    score = score_response(instrument, response)
    value = score.total
    given = [response.answers.get(name) for name in instrument.scale().items]
    numbers = [float(one) for one in given if isinstance(one, int | float)]
    lowest = min(numbers, default=None) if value is not None else None
    return _Point(response, value, lowest, safety=score.safety)


def _case(source: str, client: str, points: Sequence[tuple[Instrument, _Point]]) -> Case:
    own = [(instrument, one) for instrument, one in points if one.response.client == client]
    numbers = _sessions(source, [one.response for _, one in own])
    instruments = {instrument.name: instrument for instrument, _ in own}
    return Case(
        client,
        tuple(
            (one, _course(source, client, one, [p for i, p in own if i is one], numbers))
            for one in instruments.values()
        ),
        safety=tuple((numbers[one.response.row], flag) for _, one in own for flag in one.safety),
    )


def _require_origins(
    source: str,
    columns: dict[str, str],
    points: Sequence[tuple[Instrument, _Point]],
    problems: Sequence[Problem],
) -> None:
    """Refuse a row of which nobody can read when it was given, or by whom.

    Left out, it would take an answer along that somebody must see.
    """
    by_row = {one.response.row: one.response for _, one in points}
    when = {columns.get("session"), columns.get("date")}
    for one in problems:
        unknown_when = one.column in when and by_row[one.row].session is None
        if unknown_when or one.column == columns.get("respondent"):
            raise TableError(f"{source}, {one}.")


def _sessions(source: str, given: Sequence[Response]) -> dict[int, int]:
    """Return the number of each row's session: as given, else its date's place among the dates."""
    for one in given:
        if one.session == 0:
            raise TableError(f"{source}, row {one.row}: session 0. Count sessions from 1.")
    if all(one.session is not None for one in given):
        return {one.row: one.session or 0 for one in given}
    for one in given:
        if one.session is None and one.date is None:
            raise TableError(
                f"{source}, row {one.row}: it has neither a session nor a date. Write one."
            )
    for one in given:
        if one.date is None:
            raise TableError(
                f"{source}, row {one.row}: it has no date, and another row of this client has no "
                "session. Write either in all."
            )
    dates = {date: place for place, date in enumerate(sorted({one.date or "" for one in given}), 1)}
    return {one.row: dates[one.date or ""] for one in given}


def _course(
    source: str,
    client: str,
    instrument: Instrument,
    points: Sequence[_Point],
    numbers: dict[int, int],
) -> Course:
    own: dict[int, _Point] = {}
    guesses: dict[int, float | None] = {}
    for one in points:
        session = numbers[one.response.row]
        guessed = one.response.respondent == "therapist"
        if session in (guesses if guessed else own):
            raise TableError(
                f"{source}, row {one.response.row}: session {session} has two ratings of "
                f"{instrument.title} by the {one.response.respondent}. Keep one."
            )
        if guessed:
            guesses[session] = one.value
        else:
            own[session] = one
    scale = instrument.scale()
    ratings = [
        Rating(
            session, one.value, one.lowest_item, guesses.get(session, one.guess), one.response.date
        )
        for session, one in sorted(own.items())
    ]
    return Course(client, tuple(ratings), scale.lowest, scale.highest)
