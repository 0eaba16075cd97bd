"""Looks at how it goes: what each wrote, as far as the client may read it, and what was settled."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.care.records import names_of
from holdfast_web.fit.models import Review
from holdfast_web.fit.reviewing import QUESTIONS

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def review_facts(client: Client) -> list[Facts]:
    """Return the reviews; of the therapist's words those that the client may read."""
    rows = Review.objects.for_the_practice(WHY).filter(client=client)
    found = list(rows.select_related("care__therapist").order_by("opened_at"))
    names = names_of(one.settled["by"] for one in found if one.settled)
    said = {str(pk): name for pk, name in names.items()}
    return [_review(one, said) for one in found]


def _review(row: Review, names: dict[str, str]) -> Facts:
    settled = row.settled or {}
    readable = row.therapist_at and (row.therapist_shows or row.client_at)
    return {
        "after_session": row.session_number,
        "with": row.care.therapist.name,
        "opened_at": row.opened_at,
        "you_wrote": _words(row.client_words, "to_client"),
        "you_finished_at": row.client_at,
        "therapist_wrote": _words(row.therapist_words, "to_therapist") if readable else [],
        "therapist_finished_at": row.therapist_at,
        "settled": row.get_choice_display() if row.choice else "",
        "settled_words": settled.get("words", ""),
        "settled_by": names.get(settled.get("by", ""), ""),
        "settled_at": row.settled_at,
    }


def _words(told: dict[str, str] | None, asked: str) -> list[Facts]:
    return [
        {"question": getattr(one, asked), "words": told[one.key]}
        for one in QUESTIONS
        if told and told.get(one.key)
    ]
