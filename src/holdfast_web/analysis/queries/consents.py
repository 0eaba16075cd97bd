"""A therapist's clients, and what each said yes or no to: at a glance, before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.queries.consenting import ConsentState, consents_of
from holdfast_web.agreements.terms import Term
from holdfast_web.audit.witness import clinical_read, not_clinical, witness_each
from holdfast_web.care.models import Client
from holdfast_web.encounters.queries import own_clients
from holdfast_web.vault.keys import open_keys


@dataclass(frozen=True, slots=True)
class ClientConsents:
    """One client.

    Attributes
    ----------
    states
        Of recording, analysis and supervision, in this order.
    """

    client_id: UUID
    name: str
    states: tuple[ConsentState, ...]

    @property
    def text_is_open(self) -> bool:
        """Whether transcripts can be brought in: that takes a yes to both."""
        return _text_is_open(self.states)


@dataclass(frozen=True, slots=True)
class Consents:
    """All clients by name, with how many of them transcripts can be brought in."""

    clients: tuple[ClientConsents, ...]

    @property
    def open(self) -> int:
        """How many said yes to recording and to analysis."""
        return sum(one.text_is_open for one in self.clients)

    @property
    def to_ask(self) -> int:
        """How many have a question that was never answered, or that is to be asked anew."""
        asked = {"unasked", "anew", "no_agreement"}
        return sum(any(one.state in asked for one in each.states) for each in self.clients)


@clinical_read
def consents_at_a_glance(*, viewer: Person) -> Consents:
    """Return a therapist's own clients with their consents, with as many queries for sixty."""
    mine = own_clients(viewer)
    open_keys(mine)
    found = consents_of(mine, viewer=viewer)
    rows = Client.objects.seen_by(viewer).filter(pk__in=mine)
    named = sorted(((one.name, one.pk) for one in rows), key=lambda one: one[0].casefold())
    witness_each("consents.listed", by=viewer, client_ids=mine)
    return Consents(tuple(ClientConsents(pk, name, tuple(found[pk])) for name, pk in named))


@not_clinical("a step of the queries over many clients, which witness")
def clients_with_open_text(clients: Collection[UUID], *, viewer: Person) -> list[UUID]:
    """Return those of a therapist's clients who say yes to recording and to analysis now."""
    return [
        client_id
        for client_id, states in consents_of(clients, viewer=viewer).items()
        if _text_is_open(states)
    ]


def _text_is_open(states: Iterable[ConsentState]) -> bool:
    return all(one.state == "yes" for one in states if one.term in (Term.RECORDING, Term.ANALYSIS))
