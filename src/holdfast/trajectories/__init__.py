"""Courses of ratings over sessions, and what in them is worth a person's attention.

Examples
--------
>>> from holdfast.trajectories import Course, Rating, alliance_signals
>>> course = Course("c1", tuple(Rating(n, value) for n, value in enumerate((9, 9, 8, 3), start=1)))
>>> [(signal.session, signal.name) for signal in alliance_signals(course)]
[(4, 'strong_dip'), (4, 'likely_fall'), (4, 'slide')]
"""

from holdfast.trajectories.course import Course, CourseError, Rating
from holdfast.trajectories.gap import MeanGap, gaps, mean_gap
from holdfast.trajectories.repair import Episode, episodes
from holdfast.trajectories.rules import Rule, load_rules, rule
from holdfast.trajectories.setting import Setting, own_check_in
from holdfast.trajectories.signals import Signal, alliance_signals, signals_of_all

__all__ = [
    "Course",
    "CourseError",
    "Episode",
    "MeanGap",
    "Rating",
    "Rule",
    "Setting",
    "Signal",
    "alliance_signals",
    "episodes",
    "gaps",
    "load_rules",
    "mean_gap",
    "own_check_in",
    "rule",
    "signals_of_all",
]
