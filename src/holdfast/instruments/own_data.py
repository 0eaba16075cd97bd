"""A practice's own responses as the arrays that reliability is computed from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from holdfast.instruments.definition import Instrument
from holdfast.instruments.responses import Response, score_response
from holdfast.instruments.scales import Scale

Numbers = NDArray[np.float64]


def first_answers(instrument: Instrument, scale: Scale, responses: Sequence[Response]) -> Numbers:
    """Return people × items: each client's first response, reversed items turned round.

    One response a person: several by the same one would count as if they were different people.
    ``NaN`` stands for a missing answer.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> phq2 = load_instrument("phq-2")
    >>> twice = [Response("phq-2", {"q1": n, "q2": 1}, client="A", session=n) for n in (1, 2)]
    >>> first_answers(phq2, phq2.scale(), twice).tolist()
    [[1.0, 1.0]]
    """
    firsts: dict[str, Response] = {}
    for place, one in enumerate(_by_clients(responses)):
        firsts.setdefault(one.client or f"row {place}", one)
    rows = [[_counted(instrument, name, one) for name in scale.items] for one in firsts.values()]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(scale.items))


def first_two_scores(
    instrument: Instrument, scale: Scale, responses: Sequence[Response]
) -> tuple[Numbers, Numbers]:
    """Return each client's first and second score of a scale, for retest reliability.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> phq2 = load_instrument("phq-2")
    >>> twice = [Response("phq-2", {"q1": n, "q2": 1}, client="A", session=n) for n in (1, 2)]
    >>> first_two_scores(phq2, phq2.scale(), twice)
    (array([2.]), array([3.]))
    """
    scores: dict[str, list[float]] = {}
    for one in _by_clients(responses):
        value = score_response(instrument, one).scale(scale.name).value
        if one.client and value is not None:
            scores.setdefault(one.client, []).append(value)
    pairs = [values[:2] for values in scores.values() if len(values) > 1]
    table = np.array(pairs, dtype=np.float64).reshape(len(pairs), 2)
    return table[:, 0], table[:, 1]


def _by_clients(responses: Sequence[Response]) -> list[Response]:
    """Return the clients' own responses in the order of their sessions."""
    own = [one for one in responses if one.respondent == "client"]
    return sorted(own, key=lambda one: (one.session or 0, one.date or "", one.row))


def _counted(instrument: Instrument, name: str, response: Response) -> float:
    answer = response.answers.get(name)
    if not isinstance(answer, int | float):
        return float("nan")
    return instrument.item(name).counted(answer)
