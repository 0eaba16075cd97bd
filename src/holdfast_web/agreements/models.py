"""Rows: versions and drafts of an agreement, questions about a clause, consents, templates."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Status(models.TextChoices):
    """Where a version stands."""

    PROPOSED = "proposed", "proposed"
    ACCEPTED = "accepted", "accepted by both"
    REPLACED = "replaced", "replaced by a later version"
    DECLINED = "declined", "not accepted"


class Version(models.Model):
    """All clauses as proposed at one time; kept for good, whatever becomes of it.

    ``clauses`` is a list of clauses as ``clauses.Clause.kept`` writes them: "key", "title",
    "group", "words" (a term stands in them as ``{its_name}``), "own_words", "why", "terms",
    "labels", "asks_consent". ``since`` says for each clause with which version it came to stand as
    it does, so that a consent can be compared with its clause without opening either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="agreement_versions")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, default="en")
    clauses = SealedField()
    since = models.JSONField(default=dict)
    note = SealedField(null=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    client_accepted_at = models.DateTimeField(null=True)
    therapist_accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closing_words = SealedField(null=True)
    review_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.AGREEMENT

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("care", "number"), name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=("care",),
                condition=models.Q(status="accepted"),
                name="one_accepted_version",
            ),
            models.UniqueConstraint(
                fields=("care",),
                condition=models.Q(status="proposed"),
                name="one_open_proposal",
            ),
        )


class Draft(models.Model):
    """What one of the two would like to change, not yet sent; only its writer sees it.

    ``changes`` is ``{clause: {"words", "own_words", "terms"}}``, each of them only where it is to
    be another. Before there is an agreement it is the therapist's work on the practice's clauses.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="+")
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    changes = SealedField()
    changed_at = models.DateTimeField(auto_now=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.AGREEMENT

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("care", "writer"), name="one_draft_of_each"),
        )


class Question(models.Model):
    """What the client or the therapist asks about a clause, and the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="questions")
    clause = models.CharField(max_length=40)
    words = SealedField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = SealedField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.AGREEMENT


class Consent(models.Model):
    """A yes or a no of the client's to one thing; the latest of a kind counts, none means no."""

    class Kind(models.TextChoices):
        """To what."""

        RECORDING = "recording", "recording of sessions"
        ANALYSIS = "analysis", "reading of transcripts by this software"
        SUPERVISION = "supervision", "sharing with a supervisor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    given = models.BooleanField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.AGREEMENT


class Template(models.Model):
    """A clause as this practice writes it; where there is none, the one that ships holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=8, default="en")
    clause = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    words = models.TextField()
    terms = models.JSONField(default=dict)
    in_use = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("language", "clause"), name="a_clause_once"),
        )


class OwnTerms(models.Model):
    """What a therapist fills in once for all their agreements: ``{clause: {term: value}}``."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="own_terms"
    )
    terms = models.JSONField(default=dict)
