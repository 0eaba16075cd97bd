"""What was said in sessions as text, what was found in it, shown of it, and shared of it."""

from __future__ import annotations

from typing import Any

from holdfast_web.analysis.models import (
    Analysis,
    Correction,
    Excerpt,
    SessionRefusal,
    SessionShare,
    Transcript,
)
from holdfast_web.analysis.shown import shown_of
from holdfast_web.analysis.spoken import said
from holdfast_web.care.models import Client

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def said_facts(client: Client) -> list[Facts]:
    """Return every transcript with what stands on it; codes are data about the client, too."""
    rows = Transcript.objects.for_the_practice(WHY).filter(client=client)
    people = ("session__care__therapist", "brought_by")
    return [_text(one) for one in rows.select_related(*people).order_by("session__starts_at")]


def left_out_facts(client: Client) -> list[Facts]:
    """Return the sessions to which the client said no."""
    rows = SessionRefusal.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "session": one.session.number,
            "starts_at": one.session.starts_at,
            "said_at": one.at,
            "taken_back_at": one.taken_back_at,
        }
        for one in rows.select_related("session").order_by("at")
    ]


def _text(row: Transcript) -> Facts:
    therapist = row.session.care.therapist.name
    return {
        "session": row.session.number,
        "starts_at": row.session.starts_at,
        "brought_by": row.brought_by.name,
        "brought_at": row.brought_at,
        "kept_until": row.kept_until,
        "format": row.format,
        "lines": _lines(row, therapist),
        "readings": [_reading(one) for one in _readings(row)],
        "shown": _shown(row),
        "shared": _shared(row),
    }


def _lines(row: Transcript, therapist: str) -> list[Facts]:
    told = zip(said(row.lines, row.roles), row.lines, strict=True)
    return [
        {
            "line": one.number,
            "who": _who(one.role, line["speaker"], therapist),
            "role": one.role,
            "text": one.text,
            "start": line.get("start"),
            "end": line.get("end"),
        }
        for one, line in told
    ]


def _who(role: str, speaker: str, therapist: str) -> str:
    return {"client": "You", "therapist": therapist}.get(role, speaker or "Somebody else")


def _readings(row: Transcript) -> Any:
    rows = Analysis.objects.for_the_practice(WHY).filter(transcript=row, state=Analysis.State.DONE)
    return rows.order_by("ended_at")


def _reading(row: Analysis) -> Facts:
    corrections = Correction.objects.for_the_practice(WHY).filter(analysis=row)
    return {
        "read_at": row.ended_at,
        "engine": row.engine,
        "model": row.model,
        "codebook": row.codebook,
        "findings": row.findings,
        "corrections": [
            {
                "line": one.utterance + 1,
                "code": one.code,
                "value": one.value,
                "taken_back": one.taken_back,
                "by": one.by.name,
                "at": one.at,
            }
            for one in corrections.select_related("by").order_by("at")
        ],
    }


def _shown(row: Transcript) -> Facts | None:
    rows = Excerpt.objects.for_the_practice(WHY).filter(transcript=row)
    found = rows.select_related("by").first()
    if found is None:
        return None
    view = shown_of({**found.chosen, "picture": False}, found.by.name, None)
    return {
        "by": found.by.name,
        "at": found.at,
        "read_at": found.seen_at,
        "quotes": [{"line": one.number, "who": one.who, "text": one.text} for one in view.quotes],
        "thread": view.thread,
        "note": view.note,
        "picture": bool(found.chosen.get("picture")),
    }


def _shared(row: Transcript) -> list[Facts]:
    rows = SessionShare.objects.for_the_practice(WHY).filter(transcript=row)
    return [
        {
            "with": one.supervisor.name,
            "asked_by": one.therapist.name,
            "first_line": one.first + 1,
            "last_line": one.last + 1,
            "purpose": one.purpose,
            "asked_at": one.offered_at,
            "agreed_at": one.client_agreed_at,
            "ends_at": one.ends_at,
            "closed_at": one.withdrawn_at,
        }
        for one in rows.select_related("supervisor", "therapist").order_by("offered_at")
    ]
