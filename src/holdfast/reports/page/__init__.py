"""The parts of the HTML page, one module per section, and its style and script as data."""

from __future__ import annotations
