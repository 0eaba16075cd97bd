"""Reads for somebody who looks for a therapist: who fits, whom they chose; and for the chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness, witness_each
from holdfast_web.fit.matching import Candidate
from holdfast_web.fit.models import Intake, Profile, Proposal
from holdfast_web.fit.opening import Door, behind
from holdfast_web.fit.proposals import open_proposal
from holdfast_web.fit.rules.matching import may_choose, may_see_people
from holdfast_web.fit.searching import found_for, profiles
from holdfast_web.lib.decision import Decision
from holdfast_web.vault.keys import open_keys

CHOSE = "who was chosen is told by whom, to say yes or no"


@dataclass(frozen=True, slots=True)
class Card:
    """A therapist as somebody who looks for one sees them."""

    person_id: UUID
    name: str
    about: str
    reasons: tuple[str, ...]
    misfits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The page on which somebody finds their therapist.

    Attributes
    ----------
    may_see
        Whether there is anything to choose yet.
    may_choose
        Whether they may choose now.
    cards
        Three to five, the best fit first.
    chosen
        Whom they have chosen; ``None`` without.
    asked
        Whether they asked the practice to choose.
    proposed
        Whom the practice proposes.
    hindered
        What rules most therapists out, where nobody is left: names of limits.
    rests_on_results
        Whether measured change entered.
    """

    may_see: Decision
    may_choose: Decision
    cards: tuple[Card, ...] = ()
    chosen: str | None = None
    asked: bool = False
    proposed: Card | None = None
    hindered: tuple[str, ...] = ()
    rests_on_results: bool = False

    def of(self, person_id: UUID) -> Card | None:
        """Return the card of one who may be chosen; ``None`` for anybody else."""
        there = (*self.cards, self.proposed)
        return next((one for one in there if one and one.person_id == person_id), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """That somebody has chosen a therapist, as the therapist sees it before care begins."""

    proposal_id: UUID
    name: str
    made_at: datetime


@clinical_read
def people_for(door: Door) -> People:
    """Return who could work with somebody.

    Raises
    ------
    NotYours
        If the door leads nowhere.
    """
    intake = behind(door)
    witness("candidates.viewed", by=door.by, client_id=intake.client_id)
    held = open_proposal(intake.client_id)
    may_see, may = may_see_people(intake), may_choose(intake, held)
    if not may_see:
        return People(may_see, may)
    return _people(intake, held, may_see, may)


@clinical_read
def choices_of(*, viewer: Person) -> tuple[Choice, ...]:
    """Return who has chosen a therapist, for that therapist: a name, and since when."""
    rows = list(
        Proposal.objects.for_the_practice(CHOSE)
        .filter(
            therapist=viewer,
            state=Proposal.State.CHOSEN,
            client__waits_since__isnull=False,
            client__erased_at=None,
        )
        .select_related("client")
        .order_by("made_at")
    )
    clients = [one.client_id for one in rows]
    witness_each("proposal.viewed", by=viewer, client_ids=clients)
    open_keys(clients)
    return tuple(Choice(one.pk, one.client.name, one.made_at) for one in rows)


def _people(intake: Intake, held: Proposal | None, see: Decision, may: Decision) -> People:
    described = profiles()
    found = found_for(intake, described)
    rows = {str(one.person_id): one for one in described}
    chosen = held is not None and held.state == Proposal.State.CHOSEN
    therapist = held.therapist if held is not None else None
    proposed = None
    if held is not None and therapist is not None and not chosen:
        profile = rows.get(str(therapist.pk))
        about = profile.about if profile else ""
        proposed = Card(therapist.pk, therapist.name, about, tuple(held.reasons), ())
    return People(
        may_see=see,
        may_choose=may,
        cards=tuple(_card(one, rows[one.key]) for one in found.candidates),
        chosen=therapist.name if chosen and therapist is not None else None,
        asked=chosen and therapist is None,
        proposed=proposed,
        hindered=tuple(
            name
            for name, count in sorted(found.hindered.items(), key=lambda one: -one[1])
            if count and not found.candidates
        ),
        rests_on_results=found.rests_on_results,
    )


def _card(one: Candidate, profile: Profile) -> Card:
    return Card(profile.person_id, profile.person.name, profile.about, one.reasons, one.misfits)
