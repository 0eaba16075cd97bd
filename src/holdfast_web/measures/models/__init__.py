"""Rows: what is asked and when, what was answered, what it signals."""

from holdfast_web.measures.models.asked import Assignment, Link, Sheet
from holdfast_web.measures.models.noticed import Rupture, SafetyAnswer, Signal
from holdfast_web.measures.models.standing import Standing

__all__ = [
    "Assignment",
    "Link",
    "Rupture",
    "SafetyAnswer",
    "Sheet",
    "Signal",
    "Standing",
]
