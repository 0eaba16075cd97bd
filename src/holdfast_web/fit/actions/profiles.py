"""What therapists say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.fit.models import Profile
from holdfast_web.fit.rules.matching import free_fits, may_describe, ways_fit
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Stale

CHANGED = "You changed this in another window meanwhile. Nothing was overwritten."
TOLD = (
    "about", "focus", "scales", "languages", "times", "places", "access", "limits",
    "limits_words", "gender", "free",
)  # fmt: skip


@action
def save_profile(*, by: Person, told: Mapping[str, Any], edition: int) -> Profile:
    """Save what a therapist says of themselves.

    Parameters
    ----------
    told
        By the names of the row's fields; what is missing stays as it was.
    edition
        Of what was changed; 0 where nothing was there.

    Raises
    ------
    Stale
        If it was saved elsewhere in the meantime.
    """
    require(may_describe(by))
    require(free_fits(told.get("free", 0)))
    require(ways_fit(told.get("scales", {})))
    row = Profile.objects.select_for_update().filter(person=by).first()
    if (row.edition if row else 0) != edition:
        raise Stale(CHANGED)
    row = row or Profile(person=by, edition=0)
    for name in TOLD:
        setattr(row, name, told.get(name, getattr(row, name)))
    row.edition += 1
    row.changed_at = timezone.now()
    row.save()
    witness("profile.saved", by=by, subject=row)
    return row
