"""What the network learns: the tasks, their labels, and where they lie among its outputs."""

from __future__ import annotations

from collections.abc import Sequence
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


SAID = (
    "paraphrase",
    "reflection_of_feelings",
    "validation=normalising",
    "validation=making_sense",
    "validation=affirming",
    "reassurance",
    "reassurance=premature",
    "emotional_reaction>=1",
    "emotional_reaction>=2",
    "interpretation>=1",
    "interpretation>=2",
    "exploration>=1",
    "exploration>=2",
    "self_disclosure",
    "suggestion",
    "suggestion=with_permission",
    "asking_permission",
    "summary",
    "encourager",
    "giving_feedback",
    "asking_for_feedback",
    "structure=boundary",
    "structure=structure",
    "judging=judging",
    "judging=arguing",
    "earlier_thread",
)
"""What the annotation layer hears a therapist do. ``code`` asks whether a code is there at all,
``code=value`` for one of its values, ``code>=level`` for that level or a higher one."""

HEARD = (
    "empathic_opportunity",
    "empathic_opportunity=stated",
    "relationship_talk=positive",
    "relationship_talk=negative",
    "withdrawal",
    "confrontation",
    "insight",
    "hope",
)
"""What it hears in a client's words, written in the same way."""

FEELINGS = (
    "sadness",
    "fear_worry",
    "anger",
    "shame_guilt",
    "hurt_loneliness",
    "joy_relief_pride",
    "other",
)

RESPONSES = ("ignored", "acknowledged", "explored", "met")


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
    Task("behaviour", ("reflection", "question", "input", "other"), "therapist", weight=1.5),
    Task("present", ("reflection", "question", "input"), "therapist", exclusive=False),
    Task("reflection", ("simple", "complex"), "therapist", weight=0.3),
    Task("question", ("open", "closed"), "therapist", weight=0.5),
    Task("input", ("information", "advice", "options", "negotiation"), "therapist", weight=0.3),
    Task("talk", ("change", "neutral", "sustain"), "client", weight=1.5),
    Task("said", SAID, "therapist", exclusive=False, weight=0.8),
    Task("heard", HEARD, "client", exclusive=False, weight=0.8),
    Task("feeling", FEELINGS, "client", weight=0.3),
    Task("response", RESPONSES, "therapist", weight=0.3),
    Task("uptake", ("uptake",), "therapist", exclusive=False, weight=0.3),
    Task("emotions", EMOTIONS, "client", exclusive=False, weight=1.0),
    Task("role", ("therapist", "client"), "unknown", weight=0.3),
)


def width(tasks: Sequence[Task]) -> int:
    """Return how many outputs tasks take.

    Examples
    --------
    >>> width([Task("mood", ("good", "bad"), "client"), Task("role", ("a", "b", "c"), "client")])
    5
    """
    return sum(len(task.labels) for task in tasks)


OUTPUTS = width(TASKS)


def spans(tasks: Sequence[Task] = TASKS) -> dict[str, slice]:
    """Return where each task's outputs lie.

    Examples
    --------
    >>> spans([Task("mood", ("good", "bad"), "client"), Task("role", ("a", "b", "c"), "client")])
    {'mood': slice(0, 2, None), 'role': slice(2, 5, None)}
    """
    laid: dict[str, slice] = {}
    start = 0
    for task in tasks:
        laid[task.name] = slice(start, start + len(task.labels))
        start += len(task.labels)
    return laid
