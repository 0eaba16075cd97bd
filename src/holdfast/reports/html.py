"""The session's page: one self-contained HTML file to read, print and keep.

It loads nothing and sends nothing, and says so to the browser: a content security policy
refuses every address, every script and every style but the two that it carries, told by
their hashes.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template

from holdfast.reports.facts import length, notes
from holdfast.reports.heard import name_of_role
from holdfast.reports.page import making, over_time, skills_table, stood_out, transcript
from holdfast.reports.page.markup import Markup, join, tag, text
from holdfast.reports.record import NOT_ENGLISH, Record
from holdfast.session import Role, Session

STYLES = ("page.css", "moments.css", "picture.css", "skills.css", "transcript.css", "print.css")
SCRIPT = "page.js"


def render_html(record: Record) -> str:
    """Return the page of a record as HTML text.

    Speakers' names, the session's words and the model's are written as text only: none of
    them can become markup or script.
    """
    style = "".join(asset(name) for name in STYLES)
    script = asset(SCRIPT)
    sections = (
        stood_out.stood_out(record)
        if record.english
        else making.unread("What stood out", "stood-out"),
        over_time.over_time(record)
        if record.english
        else making.unread("The session over time", "over-time"),
        skills_table.skills_table(record),
        transcript.transcript(record),
        making.limits(record),
        making.making(record),
    )
    return Template(asset("page.html")).substitute(
        policy=policy(style, script),
        source=text(record.coded.session.source or ""),
        style=style,
        script=script,
        header=_header(record),
        sections=join(sections, "\n"),
    )


def policy(style: str, script: str) -> Markup:
    """Return a content security policy that allows this style and this script alone.

    Examples
    --------
    >>> policy("", "").startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    True
    """
    return text(
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(words: str) -> str:
    return "sha256-" + b64encode(sha256(words.encode()).digest()).decode("ascii")


@cache
def asset(name: str) -> str:
    """Return one of the page's files."""
    folder = files("holdfast.reports.page") / "assets"
    return (folder / name).read_text(encoding="utf-8")


def _header(record: Record) -> Markup:
    coded = record.coded
    therapist = name_of_role(coded, Role.THERAPIST)
    client = name_of_role(coded, Role.CLIENT)
    who = tag("p", tag("bdi", therapist), " and ", tag("bdi", client), class_="who")
    return tag(
        "header",
        None if record.english else tag("p", NOT_ENGLISH, class_="unread", role="note"),
        tag("p", "Holdfast", class_="brand"),
        tag("h1", "Reading a session back"),
        who,
        tag("p", " · ".join(_facts(coded.session)), class_="note"),
        _notes(coded.session),
    )


def _notes(session: Session) -> Markup | None:
    said = [tag("li", note) for note in notes(session)]
    return tag("ul", *said, class_="note noticed", aria_label="What was noticed") if said else None


def _facts(session: Session) -> list[str]:
    facts = [f"{len(session)} lines"]
    lasted = length(session)
    if lasted:
        facts.append(f"{lasted} long")
    facts.append(f"{sum(one.words for one in session.utterances):,} words".replace(",", "\u202f"))
    return [session.source, *facts] if session.source else facts
