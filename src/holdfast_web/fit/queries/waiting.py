"""The waiting list for the practice's owner: who waits, who could begin with whom, and why.

The owner sees names, how long somebody waits, and in which respects two fit: never a problem, an
answer, or a word of an intake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.fit.fairly import Fairness, fairness_of
from holdfast_web.fit.matching import Offer, Plan, Seeker, Waiting, assign
from holdfast_web.fit.models import Intake, Proposal
from holdfast_web.fit.proposals import open_proposals
from holdfast_web.fit.rules.matching import BEGINS
from holdfast_web.fit.searching import offers_of, profiles, seekers_for
from holdfast_web.lib.decision import require
from holdfast_web.vault.keys import open_keys

WHO_WAITS = "who waits, and who could begin with whom, for the owner: no answer of theirs"
MUCH, PARTLY = 0.75, 0.5
HINDERED = {
    "language": "nobody with a free place speaks their language",
    "times": "nobody has a free place at their times",
    "place": "nobody has a free place where they can meet",
    "capacity": "whoever would fit has no free place",
    "their limits": "whoever has a free place can’t take them on",
    "gender": "nobody has a free place with whom they could work",
    "known": "they have put aside whoever would fit",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who waits.

    Attributes
    ----------
    urgency
        As a clinician decided it, in words; ``""`` for in turn.
    stands
        What they have said so far, in words.
    will
        What happens when the owner confirms: ``"begin"`` or ``"propose"``.
    therapist
        Who is proposed for them in this plan; ``None`` where they wait on.
    fits
        In which respects these two fit, in words.
    options
        Everybody who may be put instead: no limit stands between them.
    why_not
        Why nobody comes into question, in words.
    """

    client_id: UUID
    name: str
    since: datetime
    urgency: str
    stands: str
    will: str
    therapist: UUID | None
    fits: tuple[str, ...]
    options: tuple[tuple[UUID, str], ...]
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The whole list.

    Attributes
    ----------
    rows
        In the order in which people come.
    places, begin
        Free places, and how many people have one in this plan.
    limits
        Whom therapists can't see, in their own words, which no machine compares.
    fairness
        What this plan does to groups.
    """

    rows: tuple[Row, ...]
    places: int
    begin: int
    limits: tuple[tuple[str, str], ...]
    fairness: tuple[Fairness, ...]


@clinical_read
def waiting_list(*, viewer: Person) -> WaitingList:
    """Return who waits for a therapist, and a plan of who could begin with whom."""
    require(runs_the_practice(viewer))
    intakes = _intakes()
    witness("waiting_list.viewed", by=viewer, clients=len(intakes))
    open_keys(one.client_id for one in intakes)
    described = profiles()
    seekers, offers, held = seekers_for(intakes), offers_of(described), open_proposals()
    waiting = [
        _waiting(one, seeker, held.get(one.client_id))
        for one, seeker in zip(intakes, seekers, strict=True)
    ]
    plan = assign(waiting, offers, seed=timezone.localdate().isoformat())
    names = {str(one.person_id): one.person.name for one in described}
    rows = _rows(intakes, waiting, offers, plan, held, names)
    return WaitingList(
        rows=tuple(rows),
        places=sum(one.free for one in offers),
        begin=len(plan.pairs),
        limits=tuple((one.person.name, one.limits_words) for one in described if one.limits_words),
        fairness=fairness_of(intakes, waiting, offers, plan),
    )


def _intakes() -> list[Intake]:
    rows = Intake.objects.for_the_practice(WHO_WAITS).filter(
        decision__in=BEGINS,
        client__waits_since__isnull=False,
        client__closed_at=None,
        client__erased_at=None,
    )
    return list(rows.select_related("client").order_by("-urgency", "client__waits_since", "pk"))


def _waiting(intake: Intake, seeker: Seeker, held: Proposal | None) -> Waiting:
    days = (timezone.now() - _since(intake)).days
    chosen = str(held.therapist_id) if held is not None and held.therapist_id else ""
    promised = held is not None and held.state == Proposal.State.PROPOSED
    return Waiting(seeker, days, intake.urgency, chosen, promised)


def _since(intake: Intake) -> datetime:
    return intake.client.waits_since or timezone.now()


def _rows(
    intakes: Sequence[Intake],
    waiting: Sequence[Waiting],
    offers: Sequence[Offer],
    plan: Plan,
    held: Mapping[UUID, Proposal],
    names: Mapping[str, str],
) -> Iterator[Row]:
    columns = {one.key: at for at, one in enumerate(offers)}
    for at, (intake, one) in enumerate(zip(intakes, waiting, strict=True)):
        key = plan.pairs.get(one.seeker.key)
        proposal = held.get(intake.client_id)
        may = (offer.key for offer, ok in zip(offers, plan.fits.allowed[at], strict=True) if ok)
        yield Row(
            client_id=intake.client_id,
            name=intake.client.name,
            since=_since(intake),
            urgency=Intake.Urgency(intake.urgency).label if intake.urgency else "",
            stands=_stands(proposal, names),
            will=_will(proposal),
            therapist=UUID(key) if key else None,
            fits=tuple(_fits(one.seeker, plan, at, columns[key])) if key else (),
            options=tuple(
                (UUID(other), names[other]) for other in may if one.chosen in ("", other)
            ),
            why_not=_why_not(plan, at) if one.seeker.key in plan.nobody else (),
        )


def _stands(held: Proposal | None, names: Mapping[str, str]) -> str:
    if held is None:
        return "hasn’t chosen yet"
    if held.therapist_id is None:
        return "leaves it to the practice"
    name = names.get(str(held.therapist_id), "somebody")
    if held.state == Proposal.State.CHOSEN:
        return f"has chosen {name}"
    return f"was proposed {name}, and hasn’t answered"


def _will(held: Proposal | None) -> str:
    return "propose" if held is None else "begin"


def _fits(seeker: Seeker, plan: Plan, row: int, column: int) -> Iterator[str]:
    """Yield in which respects two fit: what can be said without an answer of anybody's."""
    for told, words in (
        (seeker.languages, "language"),
        (seeker.times, "times"),
        (seeker.places, "place"),
    ):
        if told:
            yield words
    if seeker.wishes:
        close = plan.fits.preferences[row, column]
        if close >= MUCH:
            yield "way of working"
        elif close >= PARTLY:
            yield "way of working, in part"


def _why_not(plan: Plan, row: int) -> tuple[str, ...]:
    """Return the limits of which one alone stands in the way with somebody."""
    counts = {name: table[row] for name, table in plan.fits.hinders.items()}
    several = sum(one.astype(int) for one in counts.values())
    alone = [HINDERED[name] for name, table in counts.items() if (table & (several == 1)).any()]
    return tuple(alone) or ("several things at once stand in the way",)
