"""A transcript goes, with all that stands on it."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import (
    Analysis,
    Correction,
    Excerpt,
    LineComment,
    ReadThrough,
    SessionShare,
    Tally,
    ThreadAnswer,
    Transcript,
)
from holdfast_web.analysis.rules import may_remove
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require

GOES = (
    (LineComment, "share__transcript"),
    (SessionShare, "transcript"),
    (Excerpt, "transcript"),
    (ThreadAnswer, "transcript"),
    (Tally, "analysis__transcript"),
    (Correction, "analysis__transcript"),
    (ReadThrough, "analysis__transcript"),
    (Analysis, "transcript"),
    (Transcript, "pk"),
)
"""Which rows, and how each is tied to the transcript; what points at others goes first."""


@action
def remove_transcript(*, by: Person, transcript: Transcript) -> None:
    """Remove a transcript with its findings, corrections and comments, and all that was shared.

    Its therapist can at any time, with or without a consent. A reading that is under way finds
    its row gone.
    """
    transcript = hold(by, transcript)
    require(may_remove(by, transcript))
    witness(
        "transcript.removed",
        by=by,
        client_id=transcript.client_id,
        subject=transcript,
        utterances=transcript.utterances,
    )
    remove_rows(transcript)


def remove_rows(transcript: Transcript) -> None:
    """Remove the rows, inside an action that has looked whether they may go and says so."""
    for model, tie in GOES:
        model.objects.for_the_practice("a transcript goes, with all that stands on it").filter(
            **{tie: transcript.pk}
        ).delete()
