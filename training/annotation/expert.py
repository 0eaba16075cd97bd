"""Compares the layer with AnnoMI's own labels where both say something of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from training.annotation.kappa import Agreement, agreement, tables
from training.annotation.labels import SessionLabels
from training.corpora import INPUTS, Example, Labelled

Truth = Callable[[Labelled], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """Codes of ours that should hold where an expert's label does."""

    ours: str
    theirs: str
    codes: frozenset[str]
    truth: Truth


def is_present(place: int) -> Truth:
    """Return whether a reflection (0), a question (1) or input (2) is present."""
    return lambda said: said.targets["present"][place] > 0.5


def is_input(*kinds: str) -> Truth:
    """Return whether the input is one of some kinds."""
    places = [INPUTS.index(kind) for kind in kinds]
    return lambda said: any(said.targets.get("input", (0,) * 4)[place] > 0.5 for place in places)


def is_other(said: Labelled) -> bool:
    """Return whether the main behaviour is none of reflection, question and input."""
    return said.targets["behaviour"][3] > 0.5


GIVES_BACK = {"paraphrase", "reflection_of_feelings", "summary"}
CHECKS = (
    Check("gives back", "reflection", frozenset(GIVES_BACK), is_present(0)),
    Check(
        "gives back or interprets",
        "reflection",
        frozenset({*GIVES_BACK, "interpretation"}),
        is_present(0),
    ),
    Check("suggestion", "advice", frozenset({"suggestion"}), is_input("advice")),
    Check(
        "suggestion",
        "advice, options or negotiation",
        frozenset({"suggestion"}),
        is_input("advice", "options", "negotiation"),
    ),
    Check("exploration", "question", frozenset({"exploration"}), is_present(1)),
    Check("encourager", "other", frozenset({"encourager"}), is_other),
)
HEADER = (
    "| Ours | AnnoMI's | κ [95 %] | Ours are theirs | Theirs are ours | Ours | Theirs |\n"
    "|---|---|---|---|---|---|---|"
)


def against_experts(
    read: Mapping[str, SessionLabels], sessions: Mapping[str, Example], *, draws: int = 2000
) -> str:
    """Return a table of our codes beside the experts', for the therapist's utterances."""
    return "\n".join([HEADER, *(_row(check, read, sessions, draws) for check in CHECKS)])


def counted(
    check: Check, read: Mapping[str, SessionLabels], sessions: Mapping[str, Example]
) -> np.ndarray:
    """Count ours against theirs by session."""
    rows = [
        (
            int(any(labels.of(place, code) for code in check.codes)),
            int(check.truth(said)),
            number,
        )
        for number, (name, labels) in enumerate(read.items())
        for place, said in enumerate(sessions[name].utterances)
        if said.role == "therapist"
    ]
    return tables(*np.array(rows, dtype=np.int64).reshape(-1, 3).T, 2)


def _row(
    check: Check, read: Mapping[str, SessionLabels], sessions: Mapping[str, Example], draws: int
) -> str:
    counts = counted(check, read, sessions)
    found: Agreement = agreement(counts, draws=draws)
    (_, theirs_only), (ours_only, both) = counts.sum(0)
    interval = "" if found.interval is None else " [{:.2f}, {:.2f}]".format(*found.interval)
    kappa = "n/a" if found.kappa is None else f"{found.kappa:.2f}{interval}"
    shares = [
        f"{both / total:.2f}" if total else "n/a"
        for total in (both + ours_only, both + theirs_only)
    ]
    cells = (check.ours, check.theirs, kappa, *shares, both + ours_only, both + theirs_only)
    return f"| {' | '.join(str(cell) for cell in cells)} |"
