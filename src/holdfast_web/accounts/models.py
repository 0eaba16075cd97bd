"""Rows: people who sign in, and invitations to them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    """What somebody is in the practice."""

    OWNER = "owner", "owner"
    SUPERVISOR = "supervisor", "supervisor"
    THERAPIST = "therapist", "therapist"
    CLIENT = "client", "client"


STAFF = (Role.OWNER, Role.SUPERVISOR, Role.THERAPIST)


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_person(
        self, *, email: str, name: str, role: str, password: str | None = None
    ) -> Person:
        """Make somebody who may sign in; without a password they can't until they set one."""
        person = Person(email=self.normalize_email(email).lower(), name=name, role=role)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in; with exactly one role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role)
    about = models.CharField(max_length=400, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_member(self) -> bool:
        """Whether they work for the practice."""
        return self.role in STAFF

    def get_full_name(self) -> str:
        """Return the name; allauth and Django ask for it."""
        return self.name


class Invitation(models.Model):
    """A letter that lets one person in, once, until it expires; its token is kept as a hash.

    ``invited_by`` is empty for a new practice's owner, whom the command line invites.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role)
    client_id = models.UUIDField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True)
