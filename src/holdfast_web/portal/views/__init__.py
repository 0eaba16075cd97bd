"""The client's pages."""

from holdfast_web.portal.views.front import today

__all__ = ["today"]
