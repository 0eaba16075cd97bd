"""What a therapist says of a thread: it was taken up, or isn't for now; and that again undone."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import ThreadAnswer, Transcript
from holdfast_web.analysis.rules import may_answer_thread
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused


@action
def answer_thread(
    *, by: Person, transcript: Transcript, utterance: int, answer: str
) -> ThreadAnswer:
    """Put a thread away, as taken up or as not for now.

    Parameters
    ----------
    transcript, utterance
        The line that it begins with.
    answer
        ``"taken_up"`` or ``"not_now"``; the latest counts.

    Raises
    ------
    Refused
        If a rule says no, or there is no such answer.
    """
    transcript = hold(by, transcript)
    require(may_answer_thread(by, transcript, utterance))
    if answer not in ThreadAnswer.Answer.values:
        raise Refused("Say whether it was taken up or isn’t for now.")
    row = _answer_to(by, transcript, utterance) or ThreadAnswer(
        client_id=transcript.client_id, transcript=transcript, utterance=utterance
    )
    row.answer, row.by = answer, by
    row.save()
    witness("thread.answered", by=by, client_id=transcript.client_id, subject=row, answer=answer)
    return row


@action
def put_thread_back(*, by: Person, transcript: Transcript, utterance: int) -> None:
    """Take back what was said of a thread: it stands in the list again.

    Raises
    ------
    Refused
        If nothing was said of it.
    """
    transcript = hold(by, transcript)
    require(may_answer_thread(by, transcript, utterance))
    row = _answer_to(by, transcript, utterance)
    if row is None:
        raise Refused("It stands in the list already.")
    witness("thread.put_back", by=by, client_id=transcript.client_id, subject=row)
    row.delete()


def _answer_to(by: Person, transcript: Transcript, utterance: int) -> ThreadAnswer | None:
    rows = ThreadAnswer.objects.seen_by(by, of=transcript.client_id).select_for_update(of=("self",))
    found: ThreadAnswer | None = rows.filter(transcript=transcript, utterance=utterance).first()
    return found
