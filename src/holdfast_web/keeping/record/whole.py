"""A record as one dictionary: dates are dates, all else is what JSON can hold."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from holdfast_web.care.context import the_practice
from holdfast_web.care.models import Client
from holdfast_web.engine.fhir import Bundled
from holdfast_web.keeping.record.agreed import agreement_facts
from holdfast_web.keeping.record.answered import sheet_facts
from holdfast_web.keeping.record.lived import concern_facts, goal_facts, help_facts, session_facts
from holdfast_web.keeping.record.looked import review_facts
from holdfast_web.keeping.record.passed import change_facts, ending_facts
from holdfast_web.keeping.record.proposed import proposal_facts
from holdfast_web.keeping.record.said import left_out_facts, said_facts
from holdfast_web.keeping.record.seen import care_facts, opened_facts, share_facts
from holdfast_web.keeping.record.told import intake_facts
from holdfast_web.keeping.record.written import thread_facts

FORMAT = "holdfast-record"
VERSION = 1
NOT_IN_IT = (
    {
        "what": "Private notes",
        "why": "Your therapist may keep notes to think with. They lie under a key of their own, "
        "nobody else reads them, and they are not part of the record.",
    },
    {
        "what": "Your therapist’s guesses",
        "why": "After a session your therapist may guess how you found it, to learn from the "
        "difference. A guess is about their own work and not about you.",
    },
    {
        "what": "What your therapist wrote down while thinking about your course",
        "why": "Signals and notes about difficult moments are working thoughts. Ask your "
        "therapist if you would like to see them: depending on the law here you may have a right "
        "to them.",
    },
    {
        "what": "What your therapist and a supervisor wrote to each other at lines of a session",
        "why": "They look at your therapist’s own work there, to learn from it. What was shared, "
        "with whom and until when is in this copy.",
    },
)


def record_of(client: Client, bundled: Bundled) -> dict[str, Any]:
    """Return everything that a client may have of their record.

    Parameters
    ----------
    client
        Whose.
    bundled
        Their answers as FHIR, so that the record says whether they are beside it.
    """
    practice = the_practice()
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now(),
        "practice": {
            "name": practice.name if practice else "",
            "phone": practice.phone if practice else "",
            "email": practice.email if practice else "",
        },
        "you": {
            "number": str(client.pk),
            "name": client.name,
            "email": client.person.email if client.person else "",
            "phone": client.phone or "",
            "language": client.language,
            "no_email": client.no_email,
            "what_brings_you": client.brings or "",
            "record_opened": client.opened_at,
            "record_closed": client.closed_at,
        },
        "asked_for_help": intake_facts(client),
        "proposed": proposal_facts(client),
        "care": care_facts(client),
        "changes": change_facts(client),
        "endings": ending_facts(client),
        "sessions": session_facts(client),
        "answers": sheet_facts(client),
        "goals": goal_facts(client),
        "reviews": review_facts(client),
        "what_helps": help_facts(client),
        "agreement": agreement_facts(client),
        "concerns": concern_facts(client),
        "messages": thread_facts(client),
        "shared": share_facts(client),
        "said": said_facts(client),
        "left_out": left_out_facts(client),
        "opened": opened_facts(client),
        "not_in_it": list(NOT_IN_IT),
        "fhir": {"there": bundled.bundle is not None, "left_out": list(bundled.left_out)},
    }
