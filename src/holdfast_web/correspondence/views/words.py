"""What is said to somebody who has just sent a message."""

from __future__ import annotations

from holdfast_web.correspondence.models import Message
from holdfast_web.lib.templatetags.holdfast import clock, day


def foreseen_in_words(message: Message, *, mine: bool) -> str:
    """Return what happens to a message now.

    Parameters
    ----------
    message
        What was sent.
    mine
        Whether its writer is the client.
    """
    said = "Sent."
    if message.delivered_at > message.written_at:
        said = (
            f"Kept. It waits until {day(message.delivered_at)}, {clock(message.delivered_at)}, "
            "and you can take it back until it is read."
        )
    if mine and message.answer_by is not None:
        said += (
            f" You can expect an answer by {day(message.answer_by)}, {clock(message.answer_by)}."
        )
    return said
