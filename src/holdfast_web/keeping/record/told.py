"""What the client told when they asked for help, what they read of it, and the answer."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.fit.assessment import restored
from holdfast_web.fit.laid_out import practical_lines, problem_words
from holdfast_web.fit.models import Intake
from holdfast_web.fit.said import told_lines

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def intake_facts(client: Client) -> Facts | None:
    """Return an intake; ``None`` where there is none. Its questionnaires are among the answers."""
    rows = Intake.objects.for_the_practice(WHY).filter(client=client)
    one: Intake | None = rows.select_related("decided_by").first()
    if one is None:
        return None
    said = one.said
    return {
        "begun_at": one.begun_at,
        "handed_in_at": one.handed_in_at,
        "brings": said.get("brings", ""),
        "hopes": said.get("hopes", ""),
        "problems": list(problem_words(said)),
        "answers": [{"asked": asked, "answer": answer} for asked, answer in told_lines(said)],
        "practical": [
            {"what": what, "words": list(words)}
            for what, words in practical_lines(said.get("practical", {}))
        ],
        "contact": dict(said.get("contact", {})),
        "result": _result(one),
        "disagreement": one.disagrees or "",
        "answer": _answer(one),
    }


def _result(one: Intake) -> Facts | None:
    if one.result is None:
        return None
    shown = restored(one.result)
    return {
        "outcome": shown.outcome.heading,
        "rules": shown.version,
        "reasons": [
            {
                "title": reason.title,
                "found": reason.found,
                "words": reason.words,
                "meant": reason.mark,
                "sources": [source.cite for source in reason.sources],
            }
            for reason in shown.for_the_person
        ],
    }


def _answer(one: Intake) -> Facts | None:
    if one.decided_at is None:
        return None
    return {
        "what": one.get_decision_display(),
        "words": one.decision_words,
        "by": one.decided_by.name if one.decided_by else "",
        "at": one.decided_at,
    }
