"""Filters and tags that every template has."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import formats, timezone

register = template.Library()

NEAR = {0: "today", 1: "yesterday", -1: "tomorrow"}


@register.filter
def day(value: date | datetime | None) -> str:
    """Say a date: today, yesterday, ``Tuesday 3 November``, with the year if it is another."""
    if value is None:
        return ""
    today = timezone.localdate()
    told = timezone.localtime(value).date() if isinstance(value, datetime) else value
    known = NEAR.get((today - told).days)
    if known is not None:
        return known
    return date_in_words(told, "l j F" if told.year == today.year else "j F Y")


# A page says dozens of dates, and the same ones again and again; a date in words stays what it is.
@lru_cache(maxsize=4096)
def date_in_words(on: date, form: str) -> str:
    """Say a date in one of Django's formats, such as ``"D j M"``."""
    return formats.date_format(on, form)


@register.filter
def clock(value: datetime | None) -> str:
    """Say a time of day."""
    if value is None:
        return ""
    told = timezone.localtime(value)
    return f"{told.hour}:{told.minute:02}"


@register.filter
def points(value: float | None) -> str:
    """Say a number as short as it is: ``7``, ``6.5``, a dash where there is none."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


@register.filter
def item(mapping: dict[str, object], key: str) -> object:
    """Return what a dictionary holds under a key."""
    return mapping.get(key)
