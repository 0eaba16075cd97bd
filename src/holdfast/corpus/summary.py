"""What a corpus comes to: counts, distributions, coverage, and how the coder fares on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from holdfast.corpus.columns import blank
from holdfast.corpus.store import Store
from holdfast.errors import HoldfastError
from holdfast.indicators import Indicator, Spread
from holdfast.runtime import Card

MAIN = {"behaviour": "a therapist's utterances", "talk": "a client's utterances"}
FEW = 5
"""Sessions below which no distribution is shown."""


@dataclass(frozen=True, slots=True)
class Spreading:
    """An indicator over the sessions: in how many it has a value, and how the values lie."""

    indicator: Indicator
    sessions: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Drift:
    """How the coder fares here beside its card: on sessions that it had not seen in training.

    Attributes
    ----------
    code
        ``"behaviour"`` or ``"talk"``.
    utterances
        How many have the code.
    p, p_expected
        Mean probability of what it chose; on the card its accuracy, which a calibrated coder's
        mean probability equals.
    abstained, abstained_expected
        Share of utterances on which it abstained.
    labels
        Share of each label here, and on the card among what people coded.
    """

    code: str
    utterances: int
    p: float
    p_expected: float
    calibration_error: float
    abstained: float
    abstained_expected: float
    labels: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a corpus comes to."""

    sessions: int
    utterances: int
    words: int
    therapists: int
    english: int
    with_times: int
    with_dates: int
    sizes: Mapping[str, Spread | None]
    indicators: tuple[Spreading, ...]
    drifts: tuple[Drift, ...]
    failures: Mapping[str, int]
    reasons: tuple[tuple[str, int], ...]
    formats: Mapping[str, int]
    runs: tuple[Mapping[str, Any], ...]


def summarise(folder: Path, card: Card) -> Summary:
    """Sum up the tables of a corpus.

    Raises
    ------
    HoldfastError
        If there are none.
    """
    store = Store(folder)
    if not store.parts("run"):
        raise HoldfastError(f"{folder} holds no corpus. Make one with: holdfast corpus analyze.")
    sessions = store.read("sessions")
    failures = store.read("failures", ("kind", "reason")).to_pylist()
    column = {name: sessions[name].to_pylist() for name in ("words", "minutes", "utterances")}
    return Summary(
        sessions=sessions.num_rows,
        utterances=sum(column["utterances"]),
        words=sum(column["words"]),
        therapists=len(set(sessions["therapist"].to_pylist())),
        english=sum(map(bool, sessions["english"].to_pylist())),
        with_times=sum(one is not None for one in column["minutes"]),
        with_dates=sessions.num_rows - sessions["date"].null_count,
        sizes={name: spread(values) for name, values in column.items()},
        indicators=tuple(_spreadings(sessions)),
        drifts=tuple(_drifts(store, card)),
        failures=Counter(row["kind"] for row in failures),
        reasons=tuple(Counter(row["reason"] for row in failures).most_common(10)),
        formats=Counter(sessions["format"].to_pylist()),
        runs=tuple(sorted(store.read("run").to_pylist(), key=lambda row: row["run_id"])),
    )


def spread(values: list[float | None]) -> Spread | None:
    """Return the quantiles of some values, ``None`` if they are too few.

    Examples
    --------
    >>> spread([1, 2, 3, 4, 5, None]).p50
    3.0
    """
    known = [float(one) for one in values if one is not None]
    if len(known) < FEW:
        return None
    p10, p25, p50, p75, p90 = map(float, np.quantile(known, (0.1, 0.25, 0.5, 0.75, 0.9)))
    return Spread(p10, p25, p50, p75, p90, len(known))


def _spreadings(sessions: Any) -> Iterator[Spreading]:  # noqa: ANN401 - an Arrow table
    for one in blank():
        values = sessions[one.name].to_pylist()
        yield Spreading(one, sum(value is not None for value in values), spread(values))


def _drifts(store: Store, card: Card) -> Iterator[Drift]:
    for code in MAIN:
        figures = card.accuracy[code]
        counts, p, unsure = _heard(store, code)
        total = sum(counts.values())
        if not total:
            continue
        people = {label: one["true"] for label, one in figures["labels"].items()}
        yield Drift(
            code,
            total,
            p / total,
            figures["accuracy"],
            figures["calibration_error"],
            unsure / total,
            figures["abstained"],
            {
                label: (counts[label] / total, true / sum(people.values()))
                for label, true in people.items()
            },
        )


def _heard(store: Store, code: str) -> tuple[Counter[str], float, int]:
    """Count a code's labels part by part, so that a large table needs no room."""
    counts: Counter[str] = Counter()
    p, unsure = 0.0, 0
    for part in store.each("utterances", (code, f"{code}_p", f"{code}_unsure")):
        labels = part[code].drop_null()
        counts.update(labels.to_pylist())
        p += sum(part[f"{code}_p"].drop_null().to_pylist())
        unsure += sum(part[f"{code}_unsure"].drop_null().to_pylist())
    return counts, p, unsure
