"""What therapists say of themselves, for themselves."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import not_clinical
from holdfast_web.fit.models import Profile


@not_clinical("what a therapist says of themselves")
def own_profile(viewer: Person) -> Profile:
    """Return what a therapist says of themselves; an empty one, edition 0, where nothing is yet."""
    found = Profile.objects.filter(person=viewer).first()
    return found or Profile(person=viewer, about=viewer.about, edition=0)
