"""The working agreement: every version, questions, consents, the client's own drafts."""

from __future__ import annotations

from typing import Any

from holdfast_web.agreements.clause import clauses_of
from holdfast_web.agreements.models import Consent, Draft, Question, Version
from holdfast_web.care.models import Client

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def agreement_facts(client: Client) -> Facts:
    """Return all that there is of the agreement."""
    return {
        "versions": _versions(client),
        "questions": _questions(client),
        "consents": _consents(client),
        "own_drafts": _drafts(client),
    }


def _versions(client: Client) -> list[Facts]:
    rows = Version.objects.for_the_practice(WHY).filter(client=client)
    people = ("proposed_by", "closed_by", "care__therapist")
    return [
        {
            "number": one.number,
            "therapist": one.care.therapist.name,
            "status": one.get_status_display(),
            "proposed_by": one.proposed_by.name,
            "proposed_at": one.proposed_at,
            "note": one.note or "",
            "client_accepted_at": one.client_accepted_at,
            "therapist_accepted_at": one.therapist_accepted_at,
            "closed_at": one.closed_at,
            "closed_by": one.closed_by.name if one.closed_by else "",
            "closing_words": one.closing_words or "",
            "review_on": one.review_on,
            "clauses": [
                {
                    "title": clause.title,
                    "text": list(clause.paragraphs),
                    "added": clause.own_words,
                    "terms": {clause.label(name): value for name, value in clause.terms.items()},
                }
                for clause in clauses_of(one.clauses)
            ],
        }
        for one in rows.select_related(*people).order_by("care__starts_at", "number")
    ]


def _questions(client: Client) -> list[Facts]:
    rows = Question.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "clause": one.clause,
            "words": one.words,
            "asked_by": one.asked_by.name,
            "asked_at": one.asked_at,
            "answer": one.answer or "",
            "answered_by": one.answered_by.name if one.answered_by else "",
            "answered_at": one.answered_at,
        }
        for one in rows.select_related("asked_by", "answered_by").order_by("asked_at")
    ]


def _consents(client: Client) -> list[Facts]:
    rows = Consent.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "to": one.get_kind_display(),
            "given": one.given,
            "at": one.at,
            "version": one.version.number,
        }
        for one in rows.select_related("version").order_by("at")
    ]


def _drafts(client: Client) -> list[Facts]:
    rows = Draft.objects.for_the_practice(WHY).filter(client=client, writer_id=client.person_id)
    return [{"changes": one.changes, "changed_at": one.changed_at} for one in rows]
