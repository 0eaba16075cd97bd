"""The figures that Holdfast promises, each beside its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    name
        Stable, for the JSON file.
    title
        For the table.
    values
        Every measurement; the figure is their median.
    unit
        ``"s"``, ``"MB"`` or ``"×"``.
    target
        What it is to reach, or ``None`` for a figure without a promise.
    at_least
        Whether more is better.
    """

    name: str
    title: str
    values: tuple[float, ...]
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def value(self) -> float | None:
        """The median, or ``None`` where nothing was measured."""
        return median(self.values) if self.values else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; ``None`` without a figure or a target."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def warm(minutes: float, values: Sequence[float]) -> Figure:
    """Return the time to code a session with the model loaded."""
    return Figure("warm_seconds", f"{minutes:g} minutes, warm", tuple(values), "s", 2.0)


def cold(values: Sequence[float]) -> Figure:
    """Return the time of ``holdfast code FILE`` in a fresh process."""
    return Figure("cold_seconds", "The same, cold start", tuple(values), "s", 4.0)


def faster(values: Sequence[float]) -> Figure:
    """Return how many times faster than the RoBERTa bi-encoders, round by round."""
    return Figure(
        "times_faster_than_epitome",
        "Faster than RoBERTa",
        tuple(values),
        "×",
        50.0,
        at_least=True,
    )


def memory(values: Sequence[float]) -> Figure:
    """Return the peak memory of the cold start."""
    return Figure("peak_megabytes", "Peak memory", tuple(values), "MB", 700.0)


def importing(values: Sequence[float]) -> Figure:
    """Return the time of ``import holdfast``."""
    return Figure("import_seconds", "import holdfast", tuple(values), "s", 0.15)


def install(values: Sequence[float]) -> Figure:
    """Return the size of the base install."""
    return Figure("install_megabytes", "Base install", tuple(values), "MB", 250.0)
