"""Responses: filled-in instruments, read from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.rows import Cell, Row, Rows, TableError, empty, number
from holdfast.instruments.score import Answer, AnswerError, ScaleScore, Score, check_answer, score
from holdfast.instruments.wording import Wording

KEYS = {
    "client": (
        "client", "clientid", "id", "person", "personid", "subject", "patient", "participant",
    ),
    "session": ("session", "sessionnumber", "sessionno", "visit"),
    "date": ("date", "authored", "taken", "completed", "day"),
    "respondent": ("respondent", "by", "rater"),
    "instrument": ("instrument", "measure"),
    "score": ("score", "total", "rating"),
}  # fmt: skip
"""Columns that say whose response it is and when, by what else they may be called."""


@dataclass(frozen=True, slots=True)
class Response:
    """One filled-in instrument.

    Attributes
    ----------
    instrument
        Its name.
    answers
        By item; what was not answered is absent.
    client
        The practice's identifier, ``""`` where there is one client only.
    session
        Number of the session, or ``None``.
    date
        ``YYYY-MM-DD``, or ``None``.
    respondent
        ``"client"``, or ``"therapist"`` who guesses the client's answers.
    row
        Where it stands in its file.
    unreadable
        Items whose cell could not be read: scales that need them have no score.
    """

    instrument: str
    answers: Mapping[str, Answer]
    client: str = ""
    session: int | None = None
    date: str | None = None
    respondent: str = "client"
    row: int = 0
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that can't be read.

    Attributes
    ----------
    row, column
        Where it stands.
    expected
        What was expected. The cell's own words are not repeated: they may be clinical.
    """

    row: int
    column: str
    expected: str

    def __str__(self) -> str:
        """Return it as a line for people."""
        return f"row {self.row}, column {self.column}: {self.expected}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a table.

    Attributes
    ----------
    responses
        In the order of the rows.
    problems
        Cells that can't be read.
    ignored
        Columns that were not needed.
    others
        How many rows were left out, as their column ``instrument`` names another one.
    """

    responses: tuple[Response, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    others: int = 0


def read_responses(
    table: Rows, instrument: Instrument, wordings: Iterable[Wording] = ()
) -> Reading:
    """Read each row of a table as a response.

    Parameters
    ----------
    table
        With a column for each item, named as the item (``q1``), with the instrument before it
        (``phq9_1``), by its number or its LOINC code; and, where there are several clients or
        sessions, ``client``, ``session``, ``date``, ``respondent``. Rows whose ``instrument``
        is another one are left out.
    instrument
        What was filled in.
    wordings
        Whose labels are understood as answers beside the numbers: "Several days".

    Raises
    ------
    TableError
        If a column for an item is missing, or every row is of another instrument.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.instruments.rows import Row, Rows
    >>> row = Row(2, {"id": "A", **{f"q{n}": "1" for n in range(1, 8)}})
    >>> table = Rows("gad.csv", tuple(row.cells), (row,))
    >>> reading = read_responses(table, load_instrument("gad-7"))
    >>> reading.responses[0].client, reading.responses[0].answers["q7"]
    ('A', 1.0)
    """
    columns = find_columns(table.names)
    items = _item_columns(table, instrument, set(columns.values()))
    labels = _labels(instrument, wordings)
    own = _own_rows(table, instrument, columns.get("instrument", ""))
    problems: list[Problem] = []
    responses = tuple(_response(row, instrument, columns, items, labels, problems) for row in own)
    used = {*columns.values(), *items.values()}
    ignored = tuple(one for one in table.names if one not in used)
    return Reading(responses, tuple(problems), ignored, len(table.rows) - len(own))


def _own_rows(table: Rows, instrument: Instrument, column: str) -> list[Row]:
    """Return the rows of this instrument: those that name it, and those that name none."""
    named = {_key(one) for one in (instrument.name, instrument.label, instrument.title)} - {""}
    own = [
        row
        for row in table.rows
        if empty(row.cells.get(column)) or _key(str(row.cells[column])) in named
    ]
    if table.rows and not own:
        raise TableError(
            f"{table.source}: no row is of {instrument.title}: each names another one in the "
            f"column {column}. Write {instrument.name} there, or take the column out."
        )
    return own


def find_columns(names: Iterable[str]) -> dict[str, str]:
    """Return which column says whose response it is and when, by :data:`KEYS`.

    Examples
    --------
    >>> find_columns(["Client ID", "Session no.", "q1"])
    {'client': 'Client ID', 'session': 'Session no.'}
    """
    by_key = {_key(name): name for name in reversed(list(names))}
    return {
        what: by_key[found]
        for what, keys in KEYS.items()
        if (found := next((key for key in keys if key in by_key), None))
    }


def score_response(instrument: Instrument, response: Response) -> Score:
    """Score a response; a scale with an unreadable answer has no value and says so.

    A therapist's guess raises no safety flag: it is not the client who said it.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> gad7 = load_instrument("gad-7")
    >>> score_response(gad7, Response("gad-7", {f"q{n}": 2 for n in range(1, 8)})).total
    14
    """
    result = score(instrument, response.answers)
    if response.respondent != "client":
        result = replace(result, safety=())
    if not response.unreadable:
        return result
    scales = tuple(
        _without_value(one, response.unreadable)
        if set(instrument.scale(one.name).items) & set(response.unreadable)
        else one
        for one in result.scales
    )
    return replace(result, scales=scales)


def _without_value(scale: ScaleScore, unreadable: tuple[str, ...]) -> ScaleScore:
    reason = f"the answer to {', '.join(unreadable)} can't be read"
    return ScaleScore(scale.name, scale.title, None, reason)


def read_session(cell: Cell) -> int | None:
    """Return a session's number; raises ``ValueError`` where it is none."""
    if empty(cell):
        return None
    value = number(cell)
    if value is None or value != int(value) or value < 0:
        raise ValueError("expected the number of a session")
    return int(value)


def read_date(cell: Cell) -> str | None:
    """Return a date as ``YYYY-MM-DD``; raises ``ValueError`` where it is none."""
    if empty(cell):
        return None
    try:
        return date.fromisoformat(str(cell).strip()[:10]).isoformat()
    except ValueError:
        raise ValueError("expected a date as YYYY-MM-DD") from None


def read_respondent(cell: Cell) -> str:
    """Return who answered; raises ``ValueError`` for anybody but client and therapist."""
    if empty(cell):
        return "client"
    word = str(cell).strip().lower()
    if word not in {"client", "therapist"}:
        raise ValueError("expected client or therapist")
    return word


def _response(
    row: Row,
    instrument: Instrument,
    columns: Mapping[str, str],
    items: Mapping[str, str],
    labels: Mapping[str, Mapping[str, float]],
    problems: list[Problem],
) -> Response:
    answers: dict[str, Answer] = {}
    unreadable = []
    for name, column in items.items():
        cell = row.cells.get(column)
        try:
            if not empty(cell):
                answers[name] = _answer(instrument.item(name), cell, labels)
        except AnswerError as error:
            unreadable.append(name)
            problems.append(Problem(row.number, column, str(error).partition(": ")[2].rstrip(".")))
    return replace(
        about(row, columns, problems),
        instrument=instrument.name,
        answers=answers,
        unreadable=tuple(unreadable),
    )


def about(row: Row, columns: Mapping[str, str], problems: list[Problem]) -> Response:
    """Return a response without answers: whose it is, and when it was given."""
    found: dict[str, object] = {}
    for what, read in (
        ("session", read_session),
        ("date", read_date),
        ("respondent", read_respondent),
    ):
        if what in columns:
            try:
                found[what] = read(row.cells.get(columns[what]))
            except ValueError as error:
                problems.append(Problem(row.number, columns[what], str(error)))
    client = row.cells.get(columns["client"]) if "client" in columns else None
    return replace(
        Response("", {}, client="" if client is None else str(client).strip(), row=row.number),
        **found,  # type: ignore[arg-type]
    )


def _answer(item: Item, cell: Cell, labels: Mapping[str, Mapping[str, float]]) -> Answer:
    if item.options is None:
        return str(cell)
    value = number(cell)
    if value is None:
        value = labels.get(item.options.name, {}).get(str(cell).strip().lower())
    return check_answer(item, "" if value is None else value)


def _labels(instrument: Instrument, wordings: Iterable[Wording]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for wording in wordings:
        for item in instrument.items:
            if item.options:
                each = wording.labels(item.options.name).each
                pairs = zip((one.lower() for one in each), item.options.values, strict=False)
                found.setdefault(item.options.name, {}).update(pairs)
    return found


def _item_columns(table: Rows, instrument: Instrument, taken: set[str]) -> dict[str, str]:
    by_key = {_key(name): name for name in reversed(table.names) if name not in taken}
    found = {}
    for item in instrument.items:
        key = next((one for one in _item_keys(instrument, item) if one in by_key), None)
        if key is not None:
            found[item.name] = by_key[key]
    missing = [one.name for one in instrument.items if one.scored and one.name not in found]
    if missing:
        raise TableError(
            f"{table.source}: no column for {', '.join(missing)} of {instrument.title} was found. "
            f"Name the columns as the items: {', '.join(one.name for one in instrument.items)}."
        )
    return found


def _item_keys(instrument: Instrument, item: Item) -> list[str]:
    own, form = _key(item.name), _key(instrument.name)
    plain = own[1:] if re.fullmatch(r"q\d+", own) else own
    keys = [own, form + own, form + plain, "item" + plain, form + "item" + plain, plain]
    return [*keys, _key(item.loinc)] if item.loinc else keys


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
