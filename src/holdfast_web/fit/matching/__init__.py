"""Who could work with whom, how well it fits, and why, in words. All pure.

``fits_of`` works out limits and fit for many people at once; ``candidates_for`` chooses three to
five for one person, with reasons; ``assign`` shares a waiting list among free places; ``by_group``
reports what a plan does to groups.
"""

from holdfast_web.fit.matching.assignment import Plan, Waiting, assign
from holdfast_web.fit.matching.candidates import Candidate, Found, candidates_for
from holdfast_web.fit.matching.fairness import Group, by_group
from holdfast_web.fit.matching.fits import Fits, fits_of
from holdfast_web.fit.matching.people import Offer, Seeker
from holdfast_web.fit.matching.reasons import listed, misfits_for, reasons_for
from holdfast_web.fit.matching.strengths import Strength, strength
from holdfast_web.fit.matching.weights import Weights, shipped_weights
from holdfast_web.fit.matching.words import MatchingWords, matching_words

__all__ = [
    "Candidate",
    "Fits",
    "Found",
    "Group",
    "MatchingWords",
    "Offer",
    "Plan",
    "Seeker",
    "Strength",
    "Waiting",
    "Weights",
    "assign",
    "by_group",
    "candidates_for",
    "fits_of",
    "listed",
    "matching_words",
    "misfits_for",
    "reasons_for",
    "shipped_weights",
    "strength",
]
