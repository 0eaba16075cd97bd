"""Pages that look over a whole; the first page of each of the practice's own people."""

from holdfast_web.dashboards.views.homes import caseload, overview, supervision

__all__ = ["caseload", "overview", "supervision"]
