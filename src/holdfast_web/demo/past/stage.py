"""The stage: who is there, and what was made so far; and a beat, which changes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.care.access import forget_access
from holdfast_web.care.models import Client
from holdfast_web.demo.past.moments import happened_at


@dataclass(slots=True)
class Stage:
    """Everything that a beat may need of what was before.

    Attributes
    ----------
    people
        By their keys: staff and clients.
    clients
        The records, by the key of the person.
    made
        Rows, by what they are and whose: ``("session", "ellen", 3)``.
    """

    people: dict[str, Person] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    made: dict[tuple[Any, ...], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happened at a moment; ``opens`` is whether somebody may see more after it."""

    at: dt.datetime
    do: Callable[[Stage], None]
    opens: bool = False


def play(beats: Iterable[Beat]) -> Stage:
    """Let everything happen, in the order of the moments."""
    stage = Stage()
    for beat in sorted(beats, key=lambda one: one.at):
        with happened_at(beat.at):
            beat.do(stage)
        if beat.opens:
            # Who may see what is asked anew, as at the next request.
            for person in stage.people.values():
                forget_access(person)
    return stage
