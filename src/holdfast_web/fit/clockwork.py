"""What the practice's clockwork does about reviews: it opens those that it is time for."""

from __future__ import annotations

from holdfast_web.care.models import Client
from holdfast_web.fit.actions.reviews import open_review
from holdfast_web.fit.due import clients_to_review
from holdfast_web.lib.refusals import Refused


def open_due_reviews() -> int:
    """Open every review that it is time for; it may safely run twice at once.

    Returns
    -------
    int
        How many were opened.
    """
    ids = clients_to_review()
    rows = Client.objects.for_the_practice("reviews are opened when it is time").filter(pk__in=ids)
    return sum(_opened(client) for client in rows)


def _opened(client: Client) -> bool:
    try:
        open_review(by=None, client=client)
    except Refused:
        # One of the two was quicker.
        return False
    return True
