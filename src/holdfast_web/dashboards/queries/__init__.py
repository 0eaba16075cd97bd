"""Reads what the pages that look over a whole need: a caseload, a relationship, a practice."""

from holdfast_web.dashboards.queries.caseload import caseload
from holdfast_web.dashboards.queries.deputy import desk_of
from holdfast_web.dashboards.queries.overview import overview
from holdfast_web.dashboards.queries.relationship import (
    client_in_care,
    client_shared,
    relationship_of,
    shared,
    together,
)

__all__ = [
    "caseload",
    "client_in_care",
    "client_shared",
    "desk_of",
    "overview",
    "relationship_of",
    "shared",
    "together",
]
