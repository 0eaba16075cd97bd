"""The gist of a session's findings: the small part that pages over many sessions read.

Findings of an hour hold every line with its codes, a megabyte or two. Twenty sessions of them
would take a page's second; their gists take a fiftieth of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NUMBERS = ("name", "value", "n", "interval", "missing")
OPENING = ("index", "kind", "response")


def gist_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers of a session and its openings for empathy, without a word of it.

    Parameters
    ----------
    data
        A session's findings as they are stored (``holdfast.record/1``).

    Returns
    -------
    dict
        ``indicators``, each with what differs from session to session, and ``openings``. Empty
        where the data hold neither.

    Examples
    --------
    >>> number = {"name": "advice", "value": 2.0, "n": 2, "interval": None, "missing": None}
    >>> gist_of({"indicators": [number | {"title": "Advice"}], "openings": []})["indicators"]
    [{'name': 'advice', 'value': 2.0, 'n': 2, 'interval': None, 'missing': None}]
    """
    return {
        "indicators": [_kept(one, NUMBERS) for one in data.get("indicators", ())],
        "openings": [_kept(one, OPENING) for one in data.get("openings", ())],
    }


def _kept(one: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: one.get(name) for name in names}
