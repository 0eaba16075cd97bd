"""Keeps the promise that text is erased after so many days; the clockwork calls it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from holdfast_web.analysis.actions.outdated import remove_outdated
from holdfast_web.analysis.models import Transcript
from holdfast_web.lib.refusals import Stale


def remove_all_outdated() -> int:
    """Remove every transcript whose last day is past; return how many went.

    Each goes in a transaction of its own. Whether care has ended or a record is closed makes no
    difference.
    """
    rows = Transcript.objects.for_the_practice("which are past their time")
    over = rows.filter(kept_until__lt=timezone.localdate()).values_list("pk", flat=True)
    return sum(_is_removed(pk) for pk in list(over))


def _is_removed(transcript_id: UUID) -> bool:
    try:
        remove_outdated(by=None, transcript_id=transcript_id)
    except Stale:
        return False
    return True
