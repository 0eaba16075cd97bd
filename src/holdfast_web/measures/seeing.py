"""What of a client's history somebody may see: the therapist guesses first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.engine.courses import Rated
from holdfast_web.measures.history import Filed, History, Point, history_of, sheets_of
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.rules import may_see_beside


@dataclass(frozen=True, slots=True)
class Seen:
    """A history with somebody's eyes on it.

    Attributes
    ----------
    history
        All of it.
    waiting
        The therapist's sheets that come before a rating is shown, by instrument and session.
    """

    history: History
    waiting: dict[tuple[str, int], Filed]

    def points(self, instrument: str, *, whole: bool = False) -> tuple[Point, ...]:
        """Return an instrument's points that may be seen."""
        return tuple(
            one
            for one in self.history.of(instrument, whole=whole)
            if (instrument, one.session) not in self.waiting
        )

    def rated(self, *, guesses: bool = True, whole: bool = False) -> dict[str, list[Rated]]:
        """Return what may be seen for the engine, with or without the guesses beside it."""
        return {
            name: [one.rated(with_guess=guesses) for one in self.points(name, whole=whole)]
            for name in self.history.points
        }

    def waiting_in(self, instrument: str) -> tuple[int, ...]:
        """Return the sessions of an instrument whose rating is kept back."""
        return tuple(sorted(session for name, session in self.waiting if name == instrument))


def seen_history(client_id: UUID, viewer: Person) -> Seen:
    """Return a client's history as somebody may see it, with one query."""
    history = history_of(sheets_of(Sheet.objects.seen_by(viewer, of=client_id), client_id))
    return Seen(
        history,
        {
            (name, one.session): one.guess
            for name, points in history.points.items()
            for one in points
            if one.guess and not may_see_beside(viewer, client_id, (one.guess,))
        },
    )
