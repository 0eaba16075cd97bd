"""What supportive therapy may do for a problem, what else there is, and when that comes first."""

from holdfast_web.fit.problems.reading import Claim, Page, Section, shipped_page, shipped_pages

__all__ = ["Claim", "Page", "Section", "shipped_page", "shipped_pages"]
