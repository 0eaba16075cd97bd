"""Changes with the people in them, for whoever applies the rules to them."""

from __future__ import annotations

from typing import Any

from holdfast_web.handover.models import Ending, HandOver

ITS_RULES = "a change of therapist: its own rules say who may know of it"
OF_THE_TWO = "an ending: its own rules keep it between the two"


def hand_overs() -> Any:
    """Return changes; whoever asks applies the rules."""
    rows = HandOver.objects.for_the_practice(ITS_RULES)
    return rows.select_related("client__person", "care__therapist", "to", "goodbye", "next_care")


def endings() -> Any:
    """Return endings; whoever asks applies the rules."""
    rows = Ending.objects.for_the_practice(OF_THE_TWO)
    return rows.select_related("client__person", "care__therapist")
