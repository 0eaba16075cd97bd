"""What is read of courses, signals, ruptures and safety answers, under one name."""

from holdfast_web.measures.queries.courses import courses_of, sessions_so_far, standings
from holdfast_web.measures.queries.ruptures import rupture_for, ruptures_of
from holdfast_web.measures.queries.safety import (
    count_open_safety,
    open_safety_for,
    safety_answer_for,
    safety_of,
    stands_in,
)
from holdfast_web.measures.queries.signals import signal_for, signals_of

__all__ = [
    "count_open_safety",
    "courses_of",
    "open_safety_for",
    "rupture_for",
    "ruptures_of",
    "safety_answer_for",
    "safety_of",
    "sessions_so_far",
    "signal_for",
    "signals_of",
    "standings",
    "stands_in",
]
