"""A change of therapist, brought as far as a test needs it."""

from __future__ import annotations

from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.handover.actions.asking import (
    agree_to_change,
    ask_for_change,
    choose_next,
    choose_passes,
    choose_told,
)
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.told import Choices, Knows
from tests.web.conftest import Cast


def asked(cast: Cast, to: Person | None = None, **told: Any) -> HandOver:
    """Return a change that the cast's client asked for, with what they told."""
    by = cast.client_person
    change = ask_for_change(by=by, client=cast.client)
    goodbye = told.pop("goodbye", None)
    choices = Choices(**{"therapist": Knows.THAT, "next": Knows.THAT, **told})
    change = choose_told(
        by=by, change=change, choices=choices, goodbye=goodbye, edition=change.edition
    )
    return choose_next(by=by, change=change, to=to, edition=change.edition)


def agreed(cast: Cast, passes: Passes | None = None, **told: Any) -> HandOver:
    """Return a change to the other therapist that the client has agreed to."""
    by = cast.client_person
    change = asked(cast, told.pop("to", cast.other_therapist), **told)
    change = choose_passes(by=by, change=change, passes=passes or Passes(), edition=change.edition)
    return agree_to_change(by=by, change=change, edition=change.edition)
