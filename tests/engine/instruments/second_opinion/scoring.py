"""Scores by hand, from the published tables and not from Holdfast's definitions.

A second opinion for ``test_scoring_agrees_with_a_second_opinion.py``. Answers are lists in the
order of the form, without gaps. Sources: CLINICAL facts of the project, sections 1.2 and 1.3.
"""

from __future__ import annotations

from bisect import bisect_right

Answers = list[int]


def phq9(answers: Answers) -> tuple[int, str, bool, bool]:
    """Return the sum, the band, whether it is a case, and whether the ninth item alerts."""
    total = sum(answers)
    bands = ["minimal", "mild", "moderate", "moderately severe", "severe"]
    return total, bands[bisect_right([5, 10, 15, 20], total)], total >= 10, answers[8] >= 1


def phq9_major(answers: Answers) -> bool:
    """Return whether five symptoms are there, one of them a main one; the ninth counts at 1."""
    there = [answer >= 2 for answer in answers[:8]] + [answers[8] >= 1]
    return sum(there) >= 5 and (there[0] or there[1])


def gad7(answers: Answers) -> tuple[int, str, bool]:
    """Return the sum, the band, and whether it is a case."""
    total = sum(answers)
    return total, ["minimal", "mild", "moderate", "severe"][min(total // 5, 3)], total >= 8


def pcl5(answers: Answers) -> tuple[int, list[int], bool, bool]:
    """Return the sum, the four clusters, the provisional diagnosis, and the note on item 16."""
    b, c, d, e = answers[:5], answers[5:7], answers[7:14], answers[14:]
    endorsed = [sum(one >= 2 for one in cluster) for cluster in (b, c, d, e)]
    diagnosis = all(there >= needed for there, needed in zip(endorsed, (1, 1, 2, 2), strict=True))
    return sum(answers), [sum(one) for one in (b, c, d, e)], diagnosis, answers[15] >= 3


def who5(answers: Answers) -> tuple[int, bool]:
    """Return the sum times four, and whether wellbeing is poor (raw below 13)."""
    return 4 * sum(answers), sum(answers) < 13


def core10(answers: Answers) -> tuple[int, str, bool, bool]:
    """Return the sum with items 2 and 3 turned round, band, clinical or not, and the alert."""
    total = sum(answers) - answers[1] - answers[2] + (4 - answers[1]) + (4 - answers[2])
    bands = ["healthy or low", "mild", "moderate", "moderate to severe", "severe"]
    return total, bands[bisect_right([11, 15, 20, 25], total)], total >= 11, answers[5] > 0


def csi16(answers: Answers) -> tuple[int, bool]:
    """Return the sum, and whether it is below 51.5."""
    return sum(answers), sum(answers) < 51.5


def cnip(answers: Answers) -> list[int]:
    """Return the four scales: items 1 to 5, 6 to 10, 11 to 13, 14 to 18."""
    return [sum(answers[:5]), sum(answers[5:10]), sum(answers[10:13]), sum(answers[13:])]


Z = {0.80: 1.2815515655446004, 0.90: 1.6448536269514722, 0.95: 1.959963984540054}
"""Two-sided quantiles of the normal distribution, from a printed table."""


def reliable(sd: float, reliability: float, confidence: float) -> float:
    """Return the points of a reliable change (Jacobson & Truax 1991)."""
    error = sd * (1 - reliability) ** 0.5
    return float(Z[confidence] * (error**2 + error**2) ** 0.5)
