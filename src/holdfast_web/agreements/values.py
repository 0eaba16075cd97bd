"""What a term of a clause may hold: its kind, its check, and how it is said in words."""

from __future__ import annotations

import re
from enum import StrEnum

from holdfast_web.lib.refusals import Refused

Value = str | int | bool | list[str]

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
LONGEST_TEXT = 400
LONGEST_LIST = 12
HIGHEST = 1000
MAY_BE_ZERO = frozenset(
    {
        "planned_sessions",
        "retry_minutes",
        "pay_within_days",
        "change_notice_weeks",
        "notice_hours",
        "emergency_contacts",
        "leave_notice_weeks",
        "goodbye_sessions",
    }
)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Kind(StrEnum):
    """What a term holds."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    TIME = "time"
    DAYS = "days"
    LIST = "list"


def kind_of(name: str, value: Value) -> Kind:
    """Return the kind of a term from its name and the value that ships.

    Examples
    --------
    >>> kind_of("hours_from", "09:00"), kind_of("days", ["mon"]), kind_of("amount", "")
    (<Kind.TIME: 'time'>, <Kind.DAYS: 'days'>, <Kind.TEXT: 'text'>)
    """
    if isinstance(value, bool):
        return Kind.YES_NO
    if isinstance(value, int):
        return Kind.NUMBER
    if isinstance(value, list):
        return Kind.DAYS if name == "days" else Kind.LIST
    return Kind.TIME if _TIME.fullmatch(value) else Kind.TEXT


def lowest(name: str) -> int:
    """Return the smallest number a term may hold."""
    return 0 if name in MAY_BE_ZERO else 1


def is_blank(value: Value) -> bool:
    """Say whether a term is still to be filled in; no and zero are answers."""
    return isinstance(value, str | list) and not value


def say(value: Value) -> str:
    """Say a value within a sentence.

    Examples
    --------
    >>> say(["mon", "tue"]), say(48), say(False)
    ('Monday, Tuesday', '48', 'no')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(DAYS.get(one, one) for one in value)
    return str(value)


def checked(name: str, label: str, kind: Kind, value: object) -> Value:
    """Return a value if it fits its term.

    Raises
    ------
    Refused
        With a sentence that names the term by its label.
    """
    found = _CHECKS[kind](name, value)
    if found is None:
        raise Refused(f"“{label}” needs {_needed(name, kind)}.")
    return found


def _needed(name: str, kind: Kind) -> str:
    return {
        Kind.TEXT: f"a text of at most {LONGEST_TEXT} characters",
        Kind.NUMBER: f"a whole number from {lowest(name)} to {HIGHEST}",
        Kind.YES_NO: "yes or no",
        Kind.TIME: "a time of day, such as 09:00",
        Kind.DAYS: "at least one day of the week",
        Kind.LIST: f"at most {LONGEST_LIST} entries, each of at most {LONGEST_TEXT} characters",
    }[kind]


def _text(_: str, value: object) -> Value | None:
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_TEXT else None


def _number(name: str, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if lowest(name) <= value <= HIGHEST else None


def _yes_no(_: str, value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _time(_: str, value: object) -> Value | None:
    return value if isinstance(value, str) and _TIME.fullmatch(value) else None


def _days(_: str, value: object) -> Value | None:
    told = set(value) if isinstance(value, list | tuple) else set()
    return [day for day in DAYS if day in told] if told and told <= set(DAYS) else None


def _list(name: str, value: object) -> Value | None:
    if not isinstance(value, list | tuple) or len(value) > LONGEST_LIST:
        return None
    found = [_text(name, one) for one in value]
    return None if None in found else [one for one in found if isinstance(one, str) and one]


_CHECKS = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TIME: _time,
    Kind.DAYS: _days,
    Kind.LIST: _list,
}
