"""What the network learns: the tasks, their labels, and where they lie among its outputs."""

from __future__ import annotations

from dataclasses import dataclass

EMOTIONS = (
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to learn about an utterance.

    ``exclusive`` tasks choose one of their labels (softmax); the others answer yes or no to
    each of them (sigmoid). ``weight`` is the task's share in the loss.
    """

    name: str
    labels: tuple[str, ...]
    role: str
    exclusive: bool = True
    weight: float = 1.0


TASKS = (
    Task("behaviour", ("reflection", "question", "input", "other"), "therapist", weight=1.0),
    Task("present", ("reflection", "question", "input"), "therapist", exclusive=False),
    Task("reflection", ("simple", "complex"), "therapist", weight=0.3),
    Task("question", ("open", "closed"), "therapist", weight=0.5),
    Task("input", ("information", "advice", "options", "negotiation"), "therapist", weight=0.3),
    Task("talk", ("change", "neutral", "sustain"), "client", weight=1.0),
    Task("emotions", EMOTIONS, "client", exclusive=False, weight=1.0),
    Task("role", ("therapist", "client"), "unknown", weight=0.3),
)

OUTPUTS = sum(len(task.labels) for task in TASKS)


def spans() -> dict[str, slice]:
    """Return where each task's outputs lie."""
    laid: dict[str, slice] = {}
    start = 0
    for task in TASKS:
        laid[task.name] = slice(start, start + len(task.labels))
        start += len(task.labels)
    return laid
