"""When things happened: an action done now is dated back once it is done.

Nothing of the practice is changed for it. Whatever the action wrote as "now" is set to the moment
at which it is meant to have happened, and its event is dated so in the audit's chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Model
from django.db.models.signals import post_save
from django.utils import timezone

from holdfast_web.agreements.models import Version
from holdfast_web.analysis.models import Transcript
from holdfast_web.audit.chain import invented_at
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.fit.models import Intake
from holdfast_web.measures.models import SafetyAnswer, Sheet, Signal

UID = "demo.happened_at"

WRITTEN_TOGETHER = (Signal, SafetyAnswer)
"""Rows that are written many at a time, of which Django tells nobody."""

BRINGS = (Sheet, Intake)
"""Rows with which those come."""

DEADLINES: dict[type[Model], str] = {
    EmergencyAccess: "ends_at",
    Transcript: "kept_until",
    Version: "review_on",
}
"""Days and times that an action counts from now on."""


@dataclass(slots=True)
class _Written:
    """A row that was saved, and which of its fields; all of them where it was made."""

    row: Model
    fields: set[str]


@contextmanager
def happened_at(moment: datetime) -> Iterator[None]:
    """Date back what is done in the block."""
    saved: dict[tuple[type[Model], Any], _Written] = {}

    def remember(
        sender: type[Model],
        instance: Model,
        update_fields: frozenset[str] | None = None,
        **_: Any,
    ) -> None:
        fields = update_fields or {one.attname for one in instance._meta.concrete_fields}
        before = saved.get((sender, instance.pk))
        saved[sender, instance.pk] = _Written(
            instance, set(fields) | (before.fields if before else set())
        )

    begun = timezone.now()
    post_save.connect(remember, dispatch_uid=UID, weak=False)
    try:
        with invented_at(moment):
            yield
    finally:
        post_save.disconnect(dispatch_uid=UID)
    now = timezone.now()
    for one in saved.values():
        _date_back(one, moment, begun, now)
    for model in WRITTEN_TOGETHER if any(kind in BRINGS for kind, _ in saved) else ():
        found = model.objects.for_the_practice("dating an invented past back")
        found.filter(came_at__gte=begun).update(came_at=moment)


def _date_back(written: _Written, moment: datetime, begun: datetime, now: datetime) -> None:
    row = written.row
    changed: dict[str, datetime | date] = {
        field.attname: moment
        for field in row._meta.concrete_fields
        if isinstance(field, DateTimeField)
        and begun <= (getattr(row, field.attname) or moment) <= now
        and moment < begun
    }
    name = DEADLINES.get(type(row))
    told = getattr(row, name) if name in written.fields else None
    if name and told is not None and _still_ahead(told, now):
        written_at = min((getattr(row, field) for field in changed), default=now)
        changed[name] = told - _since(told, moment, written_at)
    if changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)
        for field, value in changed.items():
            setattr(row, field, value)


def _still_ahead(told: datetime | date, now: datetime) -> bool:
    return told > (now if isinstance(told, datetime) else timezone.localdate(now))


def _since(told: datetime | date, moment: datetime, written_at: datetime) -> timedelta:
    """Return how long ago the moment was, in whole days for a day."""
    if isinstance(told, datetime):
        return written_at - moment
    return timezone.localdate(written_at) - timezone.localdate(moment)
