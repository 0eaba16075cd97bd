"""Who comes into question for one person: their intake, everybody's profiles, measured change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person, Role
from holdfast_web.fit.matching import Found, Offer, Seeker, candidates_for, fits_of, reasons_for
from holdfast_web.fit.models import Intake, Profile
from holdfast_web.fit.proposals import promised, put_aside_by
from holdfast_web.fit.results import measured_change
from holdfast_web.fit.seeking import offer_of, seeker_of
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.models import Sheet

WISHES = "c-nip"
WHY = "what somebody wishes is compared with what therapists say; nobody sees it"


def found_for(intake: Intake, described: Iterable[Profile]) -> Found:
    """Return which of those described come into question for somebody now, with reasons."""
    offers = offers_of(described, promised(but=intake.client_id))
    return candidates_for(seeker_for(intake), offers, seed=str(intake.pk))


def seeker_for(intake: Intake) -> Seeker:
    """Return what somebody looks for."""
    (found,) = seekers_for([intake])
    return found


def seekers_for(intakes: Sequence[Intake]) -> list[Seeker]:
    """Return what many people look for; their keys are open already."""
    wishes = wishes_in(intakes)
    aside = put_aside_by([one.client_id for one in intakes])
    return [
        seeker_of(
            str(one.client_id),
            one.said,
            wishes.get(one.client_id, {}),
            language=one.client.language,
            not_with=aside[one.client_id],
        )
        for one in intakes
    ]


def reasons_between(intake: Intake, therapist: Person) -> tuple[str, ...]:
    """Return why a therapist fits somebody, in words.

    Raises
    ------
    Refused
        If a limit stands between them; that no place is free is no matter here.
    """
    profile = next((one for one in profiles() if one.person_id == therapist.pk), None)
    if profile is None:
        raise Refused(f"{therapist.name} hasn’t described themselves yet.")
    seeker, offer = seeker_for(intake), offer_of(profile)
    hinders = {name for name, table in fits_of([seeker], [offer]).hinders.items() if table.any()}
    if hinders - {"capacity"}:
        raise Refused("These two can’t work together: a limit of one of them stands between them.")
    return reasons_for(seeker, offer)


def wishes_in(intakes: Sequence[Intake]) -> dict[UUID, dict[str, Any]]:
    """Return what the wishes of many people came to, by client; their keys are open already."""
    ids = [one.said.get("sheets", {}).get(WISHES) for one in intakes]
    rows = Sheet.objects.for_the_practice(WHY).filter(
        pk__in=[one for one in ids if one], handed_in_at__isnull=False
    )
    return {one.client_id: (one.result or {}).get("scales", {}) for one in rows}


def profiles() -> list[Profile]:
    """Return what the practice's therapists say of themselves."""
    rows = Profile.objects.filter(person__role=Role.THERAPIST, person__is_active=True)
    return list(rows.select_related("person"))


def offers_of(described: Iterable[Profile], taken: Mapping[UUID, int] | None = None) -> list[Offer]:
    """Return what therapists offer, less the places that are taken by promises."""
    measured, less = measured_change(), taken or {}
    return [
        offer_of(one, taken=less.get(one.person_id, 0), measured=measured.get(one.person_id))
        for one in described
    ]
