"""Rows: intakes, profiles, proposals, reviews."""

from holdfast_web.fit.models.intakes import Intake
from holdfast_web.fit.models.matching import Profile, Proposal
from holdfast_web.fit.models.reviews import Review

__all__ = ["Intake", "Profile", "Proposal", "Review"]
