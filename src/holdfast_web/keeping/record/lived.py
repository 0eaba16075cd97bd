"""Sessions with their notes, goals, what helps, what didn't feel right."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.care.records import names_of
from holdfast_web.encounters.models import Session, SessionNote
from holdfast_web.goals.models import Goal, Help
from holdfast_web.inbox.models import Concern

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def session_facts(client: Client) -> list[Facts]:
    """Return the sessions, each with its note if there is one."""
    rows = SessionNote.objects.for_the_practice(WHY).filter(client=client)
    notes = {one.session_id: one for one in rows.select_related("author")}
    sessions = Session.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "number": one.number,
            "starts_at": one.starts_at,
            "minutes": one.minutes,
            "place": one.get_place_display(),
            "status": one.get_status_display(),
            "therapist": one.care.therapist.name,
            "note": _note(notes[one.pk]) if one.pk in notes else None,
        }
        for one in sessions.select_related("care__therapist").order_by("starts_at")
    ]


def _note(row: SessionNote) -> Facts:
    return {"words": row.words, "written_by": row.author.name, "changed_at": row.changed_at}


def goal_facts(client: Client) -> list[Facts]:
    """Return the goals, with how far each felt."""
    rows = Goal.objects.for_the_practice(WHY).filter(client=client).select_related("added_by")
    return _with_names(
        {
            "words": one.words,
            "status": one.get_status_display(),
            "added_by": one.added_by.name,
            "added_at": one.added_at,
            "progress": [dict(step) for step in one.progress],
        }
        for one in rows.order_by("added_at")
    )


def help_facts(client: Client) -> list[Facts]:
    """Return what may help, with how it went."""
    rows = Help.objects.for_the_practice(WHY).filter(client=client).select_related("added_by")
    return _with_names(
        {
            "words": one.words,
            "status": one.get_status_display(),
            "added_by": one.added_by.name,
            "added_at": one.added_at,
            "tried": [dict(step) for step in one.tried],
        }
        for one in rows.order_by("added_at")
    )


def concern_facts(client: Client) -> list[Facts]:
    """Return what didn't feel right, with the answers."""
    rows = Concern.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "words": one.words or "",
            "would_like": one.get_wants_display(),
            "said_to": "the practice" if one.to_practice else "the therapist",
            "said_at": one.said_at,
            "seen_at": one.seen_at,
            "seen_by": one.seen_by.name if one.seen_by else "",
            "answer": one.answer or "",
            "answered_by": one.answered_by.name if one.answered_by else "",
            "answered_at": one.answered_at,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in rows.select_related("seen_by", "answered_by").order_by("said_at")
    ]


def _with_names(found: Any) -> list[Facts]:
    """Write names where steps hold the ids of people."""
    facts = list(found)
    steps = [step for one in facts for key in ("progress", "tried") for step in one.get(key, ())]
    names = {
        str(key): name
        for key, name in names_of(step["by"] for step in steps if step.get("by")).items()
    }
    for step in steps:
        if step.get("by"):
            step["by"] = names.get(str(step["by"]), "")
    return facts
