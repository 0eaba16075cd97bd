"""A transcript goes when its time is over, as the agreement says."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from holdfast_web.analysis.actions.removing import remove_rows
from holdfast_web.analysis.models import Transcript
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.refusals import Stale


@action
def remove_outdated(*, by: None, transcript_id: UUID) -> None:
    """Remove a transcript whose last day is past, with all that stands on it.

    Parameters
    ----------
    by
        The practice's own clockwork.

    Raises
    ------
    Stale
        If it was removed in the meantime.
    """
    rows = Transcript.objects.for_the_practice("its time is over")
    over = rows.filter(pk=transcript_id, kept_until__lt=timezone.localdate())
    transcript = over.select_for_update(of=("self",)).first()
    if transcript is None:
        raise Stale
    witness(
        "transcript.removed_in_time",
        by=by,
        client_id=transcript.client_id,
        subject=transcript,
        utterances=transcript.utterances,
    )
    remove_rows(transcript)
