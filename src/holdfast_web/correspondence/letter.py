"""What somebody sends: words, a subject, files, and when they want it to arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from holdfast_web.correspondence.kinds import Enclosed


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way.

    Attributes
    ----------
    about
        The subject, where it begins a conversation.
    not_before
        When it is to arrive at the earliest.
    key
        Its id, known before it is sent: what is sent twice by mistake arrives once.
    edition
        Of the draft that was in front of the writer; 0 where there was none.
    at
        When it is sent.
    """

    words: str
    about: str = ""
    files: tuple[Enclosed, ...] = ()
    not_before: datetime | None = None
    key: UUID = field(default_factory=uuid4)
    edition: int = 0
    at: datetime = field(default_factory=timezone.now)
