"""What this can't tell, and how it was made."""

from __future__ import annotations

from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.record import Record


def limits(record: Record) -> Markup:
    """Return the section that says what the page can't tell."""
    return tag(
        "section",
        tag("h2", "What this can't tell", id="limits"),
        tag("ul", *(tag("li", sentence) for sentence in record.limits), class_="limits"),
        aria_labelledby="limits",
    )


def unread(heading: str, anchor: str) -> Markup:
    """Return a section that stays empty, because the coder doesn't read the session's language.

    Examples
    --------
    >>> "Not shown" in unread("Over time", "over-time")
    True
    """
    return tag(
        "section",
        tag("h2", heading, id=anchor),
        tag("p", "Not shown: the words don't look English.", class_="note"),
        aria_labelledby=anchor,
    )


def making(record: Record) -> Markup:
    """Return the section that says what made the page."""
    session = record.coded.session
    facts = [
        ("Read as", session.format),
        ("Model", record.coded.model),
        ("Codebook", record.coded.codebook),
        *((name.capitalize(), version) for name, version in record.versions.items()),
    ]
    rows = (tag("div", tag("dt", name), tag("dd", value)) for name, value in facts)
    notes = [tag("li", note) for note in session.notes]
    return tag(
        "section",
        tag("h2", "How it was made", id="making"),
        tag("dl", *rows, class_="facts"),
        tag("h3", "What the reader of the file noticed") if notes else None,
        tag("ul", *notes) if notes else None,
        tag(
            "p",
            "Made on this machine. This page is one file, loads nothing and sends nothing.",
            class_="note",
        ),
        aria_labelledby="making",
    )
