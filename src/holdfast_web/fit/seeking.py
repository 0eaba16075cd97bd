"""Makes of what somebody told, and of what a therapist says, what matching compares. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from holdfast_web.fit.assessment import facts_from
from holdfast_web.fit.matching import Offer, Seeker, matching_words
from holdfast_web.fit.models import Profile
from holdfast_web.fit.practical import ACCESS, LANGUAGES, ONLY, PLACES, TIMES

TOO_YOUNG, UNDER_18 = "too_young", "under_18"


def seeker_of(
    key: str,
    said: Mapping[str, Any],
    wishes: Mapping[str, float | None],
    *,
    language: str = "",
    not_with: Iterable[str] = (),
) -> Seeker:
    """Return what somebody looks for; what they left open limits nothing.

    Parameters
    ----------
    key
        Theirs.
    said
        As an intake keeps it.
    wishes
        What the scales of the C-NIP came to.
    language
        Of their record, for whom said none.
    not_with
        Therapists whom they don't want.

    Examples
    --------
    >>> told = {"practical": {"languages": ["prs"], "only": "woman"}, "answers": {"age": 17}}
    >>> seeker = seeker_of("a", told, {"past": None, "support": 9})
    >>> sorted(seeker.languages), seeker.only, sorted(seeker.facts), seeker.wishes
    (['prs'], 'woman', ['under_18'], {'support': 9})
    """
    practical = said.get("practical", {})
    only = practical.get("only", "")
    return Seeker(
        key=key,
        languages=_known(practical.get("languages") or [language], LANGUAGES),
        times=_known(practical.get("times"), TIMES),
        places=_known(practical.get("places"), PLACES),
        needs=_known(practical.get("access"), ACCESS),
        only=only if only in ONLY else "",
        facts=_facts(said),
        not_with=frozenset(not_with),
        problems=tuple(said.get("problems", ())),
        wishes={name: value for name, value in wishes.items() if value is not None},
    )


def offer_of(
    profile: Profile, *, taken: int = 0, measured: Mapping[str, float] | None = None
) -> Offer:
    """Return what a therapist offers.

    Parameters
    ----------
    taken
        Places that are promised already.
    measured
        Shrunken change by problem, where there are enough closed cases.
    """
    return Offer(
        key=str(profile.person_id),
        languages=frozenset(profile.languages),
        times=frozenset(profile.times),
        places=frozenset(profile.places),
        access=frozenset(profile.access),
        gender=profile.gender,
        limits=frozenset(profile.limits),
        focus=frozenset(profile.focus),
        ways=profile.scales,
        free=max(0, profile.free - taken),
        measured=measured or {},
    )


def _facts(said: Mapping[str, Any]) -> frozenset[str]:
    flags = facts_from(said.get("answers", {}), {}).flags
    limits = dict(matching_words().limits)
    told = {name for name in limits if flags.get(name) is True}
    return frozenset(told | ({UNDER_18} if flags.get(TOO_YOUNG) else set()))


def _known(keys: object, known: Mapping[str, str]) -> frozenset[str]:
    told = keys if isinstance(keys, list | tuple) else ()
    return frozenset(one for one in told if one in known)
