"""Rows: what a therapist shows of a session to the client, and shares with a supervisor."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models.transcripts import Transcript
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Excerpt(models.Model):
    """What a therapist chose to show the client of a session.

    ``chosen`` is a dictionary: ``quotes`` (a list of ``utterance``, ``speaker``, ``text``), a
    ``thread`` to go on with and a ``note`` (texts, or empty), ``picture`` (whether the picture over
    time is shown). Quotes are copies: what was shown stays what it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    transcript = models.OneToOneField(Transcript, on_delete=models.PROTECT, related_name="excerpt")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    chosen = SealedField()
    seen_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SESSIONS
    kept_back: ClassVar[KeptBack] = KeptBack(care="transcript__session__care")


class SessionShare(models.Model):
    """A session, or lines of it, for one supervisor: for a purpose and a time, agreed by both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="shares")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    purpose = SealedField()
    offered_at = models.DateTimeField(default=timezone.now)
    client_agreed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SESSIONS
    kept_back: ClassVar[KeptBack] = KeptBack(care="transcript__session__care")

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole session."""
        return self.first == 0 and self.last == self.transcript.utterances - 1

    @property
    def numbers(self) -> tuple[int, int]:
        """Its first and last line, for people."""
        return self.first + 1, self.last + 1


class LineComment(models.Model):
    """What a supervisor, or the therapist in answer, wrote at a line of a shared session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    share = models.ForeignKey(SessionShare, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    utterance = models.PositiveIntegerField()
    words = SealedField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="share__transcript__session__care")
