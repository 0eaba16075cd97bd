"""What makes it impossible that two people work together; for many of both at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from holdfast_web.fit.matching.people import Offer, Seeker

Table = NDArray[np.bool_]
ROOM = "room"


def hindrances(seekers: Sequence[Seeker], offers: Sequence[Offer]) -> dict[str, Table]:
    """Return for each limit a table of people by therapists: true where it hinders.

    Examples
    --------
    >>> dari = Seeker("a", languages=frozenset({"prs"}))
    >>> found = hindrances([dari], [Offer("t", languages=frozenset({"en"}), free=1)])
    >>> bool(found["language"][0, 0]), bool(found["capacity"][0, 0])
    (True, False)
    """
    return {
        "language": _nothing_common(_of(seekers, "languages"), _of(offers, "languages")),
        "times": _nothing_common(_of(seekers, "times"), _of(offers, "times")),
        "place": _no_place(seekers, offers),
        "capacity": _full(seekers, offers),
        "their limits": counted(_of(seekers, "facts"), _of(offers, "limits")) > 0,
        "gender": _wrong_gender(seekers, offers),
        "known": np.array(
            [[one.key in seeker.not_with for one in offers] for seeker in seekers], bool
        ).reshape(_shape(seekers, offers)),
    }


def counted(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> NDArray[np.int_]:
    """Return how much each on the left has in common with each on the right."""
    known = {key: place for place, key in enumerate(sorted(set().union(*left, *right)))}
    return _ones(left, known) @ _ones(right, known).T


def _nothing_common(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Table:
    """Say where two have nothing in common; whoever said nothing on the left has no such limit."""
    said = np.array([bool(one) for one in left], bool)[:, None]
    return cast(Table, said & (counted(left, right) == 0))


def _no_place(seekers: Sequence[Seeker], offers: Sequence[Offer]) -> Table:
    """Say where there is no place for both; the room counts only where it has what is needed."""
    places = [one.places for one in seekers]
    elsewhere = [one.places - {ROOM} for one in offers]
    rooms = [one.places & {ROOM} for one in offers]
    anywhere = np.array([not one for one in places], bool)[:, None]
    needs = np.array([len(one.needs) for one in seekers])[:, None]
    met = counted(_of(seekers, "needs"), _of(offers, "access")) >= needs
    out = (counted(places, elsewhere) > 0) | (anywhere & _any(elsewhere))
    room = ((counted(places, rooms) > 0) | (anywhere & _any(rooms))) & met
    return ~(out | room)


def _full(seekers: Sequence[Seeker], offers: Sequence[Offer]) -> Table:
    full = np.array([one.free < 1 for one in offers], bool)
    return np.broadcast_to(full, _shape(seekers, offers))


def _any(of: Sequence[frozenset[str]]) -> Table:
    return np.array([bool(one) for one in of], bool)[None, :]


def _wrong_gender(seekers: Sequence[Seeker], offers: Sequence[Offer]) -> Table:
    """Say where somebody could work with one gender alone, and it is another or wasn't told."""
    wanted = np.array([one.only for one in seekers], object)[:, None]
    there = np.array([one.gender for one in offers], object)[None, :]
    return cast(Table, ((wanted != "") & (wanted != there)).astype(bool))


def _of(people: Iterable[Seeker | Offer], name: str) -> list[frozenset[str]]:
    return [getattr(one, name) for one in people]


def _shape(seekers: Sequence[Seeker], offers: Sequence[Offer]) -> tuple[int, int]:
    return len(seekers), len(offers)


def _ones(of: Sequence[frozenset[str]], known: dict[str, int]) -> NDArray[np.int_]:
    table = np.zeros((len(of), len(known)), int)
    for row, keys in enumerate(of):
        table[row, [known[key] for key in keys]] = 1
    return table
