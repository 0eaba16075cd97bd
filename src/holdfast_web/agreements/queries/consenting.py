"""What a therapist's clients said yes or no to, for many clients with a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.models import Consent, Status, Version
from holdfast_web.agreements.standing import LATER, is_running
from holdfast_web.agreements.terms import CONSENTS, LastConsent, Term, state_of
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.models import CareRelationship

Answers = dict[Term, LastConsent]


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How one question of consent stands with one client.

    Attributes
    ----------
    state
        ``"yes"``, ``"no"``, ``"unasked"`` (no answer yet), ``"anew"`` (a yes to other words or with
        another therapist), ``"not_in_it"`` (the agreement doesn't ask) or ``"no_agreement"``.
    at
        Of the last answer.
    """

    term: Term
    state: str
    at: datetime | None = None


@not_clinical("a yes or no to words, and when; whoever shows it beside names witnesses the read")
def consents_of(clients: Collection[UUID], *, viewer: Person) -> dict[UUID, list[ConsentState]]:
    """Return how each question of consent stands with each of some clients, in one order."""
    answers: dict[UUID, Answers] = defaultdict(dict)
    rows = Consent.objects.seen_by(viewer).filter(client__in=clients).order_by("at")
    told = ("client_id", "kind", "given", "at", "version__number", "version__care_id")
    for client_id, kind, *rest in rows.values_list(*told):
        answers[client_id][Term(kind)] = LastConsent(*rest)
    versions = Version.objects.seen_by(viewer).filter(
        client__in=clients,
        status=Status.ACCEPTED,
        care__in=CareRelationship.objects.filter(is_running()),
    )
    accepted = {one.client_id: one for one in versions.defer(*LATER)}
    return {
        client_id: [_stands(term, accepted.get(client_id), answers[client_id]) for term in CONSENTS]
        for client_id in clients
    }


def _stands(term: Term, version: Version | None, answers: Answers) -> ConsentState:
    last = answers.get(term)
    at = last.at if last else None
    if version is None:
        return ConsentState(term, "no_agreement", at)
    if term not in version.since:
        return ConsentState(term, "not_in_it", at)
    return ConsentState(term, state_of(term, version, last), at)
