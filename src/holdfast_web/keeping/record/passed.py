"""Changes of therapist and endings, as the client may have them."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.handover.endings import QUESTIONS, sees_other
from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.rules import choices_of
from holdfast_web.handover.told import NEXT, PRACTICE, THERAPIST

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def change_facts(client: Client) -> list[Facts]:
    """Return the changes of therapist, the oldest first."""
    rows = HandOver.objects.for_the_practice(WHY).filter(client=client)
    people = ("care__therapist", "to", "letter_by", "goodbye")
    return [_change(one) for one in rows.select_related(*people).order_by("asked_at")]


def ending_facts(client: Client) -> list[Facts]:
    """Return the endings, the oldest first; the therapist's words as far as they may be seen."""
    rows = Ending.objects.for_the_practice(WHY).filter(client=client)
    found = rows.select_related("client__person", "care__therapist", "proposed_by")
    return [_ending(one) for one in found.order_by("proposed_at")]


def _change(row: HandOver) -> Facts:
    choices, passes = choices_of(row), Passes.of(row.passes)
    return {
        "from": row.care.therapist.name,
        "to": row.to.name if row.to else "",
        "asked_at": row.asked_at,
        "by_practice": row.by_practice,
        "practice_words": row.practice_words or "",
        "state": row.get_state_display(),
        "why": list(choices.why()),
        "words": choices.words,
        "told": {
            "the therapist until then": THERAPIST[choices.therapist],
            "whoever comes next": NEXT[choices.next],
            "the practice": PRACTICE[choices.practice],
        },
        "passes": {
            "session_notes": len(passes.notes),
            "conversations": len(passes.threads),
            "letter": passes.letter,
            "open_signals": passes.signals,
            "rupture_log": passes.ruptures,
        },
        "letter": row.letter or "",
        "letter_by": row.letter_by.name if row.letter_by else "",
        "letter_asked": row.letter_asked or "",
        "goodbye": row.goodbye.starts_at if row.goodbye else None,
        "agreed_at": row.client_agreed_at,
        "begins": row.starts_at,
    }


def _ending(row: Ending) -> Facts:
    person = row.client.person
    shown = person is not None and sees_other(person, row)
    after = row.after or {}
    return {
        "with": row.care.therapist.name,
        "proposed_by": row.proposed_by.name,
        "proposed_at": row.proposed_at,
        "last_on": row.last_on,
        "you_wrote": _words(row.client_words),
        "therapist_wrote": _words(row.therapist_words) if shown else [],
        "after": after.get("words", ""),
        "open_until": after.get("open_until", ""),
        "agreed_at": row.agreed_at,
        "taken_back_at": row.taken_back_at,
        "ended_at": row.ended_at,
    }


def _words(told: dict[str, str] | None) -> list[Facts]:
    said = told or {}
    return [
        {"question": title, "words": said[key]} for key, title in QUESTIONS.items() if said.get(key)
    ]
