"""A session's record, and its three readings: a terminal screen, a page, and JSON."""

from __future__ import annotations
