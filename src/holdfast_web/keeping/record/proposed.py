"""Which therapists the client was proposed or chose, why, and what became of it."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.fit.models import Proposal

WHY = "a copy of what the client may have"
NOBODY = "whom the practice chooses"


def proposal_facts(client: Client) -> list[dict[str, Any]]:
    """Return the proposals, the oldest first."""
    rows = Proposal.objects.for_the_practice(WHY).filter(client=client)
    return [
        {
            "therapist": one.therapist.name if one.therapist else NOBODY,
            "reasons": one.reasons,
            "from": one.get_source_display(),
            "state": one.get_state_display(),
            "made_at": one.made_at,
            "settled_at": one.settled_at,
        }
        for one in rows.select_related("therapist").order_by("made_at")
    ]
