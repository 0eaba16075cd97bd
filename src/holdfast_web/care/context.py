"""What every page needs: the practice and its crisis help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Practice

_kept: ContextVar[list[Practice | None] | None] = ContextVar("practice_kept", default=None)


def practice(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django passes it
    """Return the practice for templates."""
    return {"practice": the_practice()}


def the_practice() -> Practice | None:
    """Return the practice's row; ``None`` before it was set up."""
    kept = _kept.get()
    if kept is None:
        return _read()
    if not kept:
        kept.append(_read())
    return kept[0]


def reads_intakes(person: Person) -> bool:
    """Say whether the practice named somebody to read what people tell who ask for help."""
    practice = the_practice()
    return practice is not None and practice.intake_id == person.pk and person.is_active


@contextmanager
def one_practice() -> Iterator[None]:
    """Ask for the practice once in the block: several parts of one page need it."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


@receiver(post_save, sender=Practice)
def ask_again(**_: Any) -> None:
    """Ask anew once the practice has changed."""
    kept = _kept.get()
    if kept:
        kept.clear()


def _read() -> Practice | None:
    return Practice.objects.select_related("deputy", "intake").first()
