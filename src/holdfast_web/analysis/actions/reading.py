"""What a therapist does about a reading: have a transcript read, and stop that."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.rules import may_cancel_reading, may_have_read
from holdfast_web.analysis.tasks import ring
from holdfast_web.audit.witness import action, witness
from holdfast_web.engine.coding import shipped
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused

State = Analysis.State
AT_WORK = (State.WAITING, State.RUNNING)
READ_ALREADY = (
    "This transcript, as it is now, was read by this model already; it would find the same again."
)


@action
def start_analysis(*, by: Person, transcript: Transcript, again: bool = False) -> Analysis:
    """Have a transcript read, in its turn; also once more after a reading that came to nothing.

    Findings of earlier readings stay as they are.

    Parameters
    ----------
    again
        Whether to read again what this model has read already.

    Raises
    ------
    Refused
        If a rule says no, it is being read already, or nothing could have changed.
    """
    transcript = hold(by, transcript)
    mine = Analysis.objects.seen_by(by, of=transcript.client_id).filter(transcript=transcript)
    require(may_have_read(by, transcript, mine.filter(state__in=AT_WORK).first()))
    same = {"state": State.DONE, "edition": transcript.edition, "model": shipped().model}
    if not again and mine.filter(**same).exists():
        raise Refused(READ_ALREADY)
    analysis = _added(by, transcript)
    ring()
    witness("analysis.asked", by=by, client_id=transcript.client_id, subject=analysis)
    return analysis


@action
def cancel_analysis(*, by: Person, transcript: Transcript) -> None:
    """Stop the reading that waits or goes on; nothing of it is kept.

    Raises
    ------
    Refused
        If nothing is being read, or a rule says no.
    """
    transcript = hold(by, transcript)
    mine = Analysis.objects.seen_by(by, of=transcript.client_id)
    at_work = mine.filter(transcript=transcript, state__in=AT_WORK).first()
    require(may_cancel_reading(by, transcript, at_work))
    assert at_work is not None  # noqa: S101 - the rule has looked
    changed = mine.filter(pk=at_work.pk, state__in=AT_WORK).update(
        state=State.CANCELLED, ended_at=timezone.now()
    )
    if not changed:
        raise Refused("It was read in the meantime.")
    witness("analysis.cancelled", by=by, client_id=transcript.client_id, subject=at_work)


def _added(by: Person, transcript: Transcript) -> Analysis:
    analysis = Analysis(
        client_id=transcript.client_id,
        transcript=transcript,
        edition=transcript.edition,
        asked_by=by,
        of=transcript.utterances,
    )
    try:
        with transaction.atomic():
            analysis.save(force_insert=True)
    except IntegrityError:
        # Two windows at once: the database lets one through.
        raise Refused("This transcript is being read already, or waits for its turn.") from None
    return analysis
