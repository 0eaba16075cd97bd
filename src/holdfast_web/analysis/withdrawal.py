"""What stands on a consent goes with it: transcripts, findings, and what is shared of them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.terms import Term, terms_of
from holdfast_web.agreements.withdrawn import when_accepted, when_foretold, when_withdrawn
from holdfast_web.analysis.actions.removing import remove_rows
from holdfast_web.analysis.actions.supervising import close_rows
from holdfast_web.analysis.models import SessionShare, Transcript
from holdfast_web.audit.witness import witness
from holdfast_web.care.models import Client

TEXT = frozenset({Term.RECORDING, Term.ANALYSIS})
"""Without either of these there is no text."""


@when_withdrawn
def obey(*, by: Person, client: Client, kind: str) -> None:
    """Remove or close what stood on a consent, in the transaction in which it is taken back.

    Readings that wait or go on are removed with their transcript: nothing of them is kept.
    """
    if kind in TEXT:
        _remove_transcripts(by, client)
    elif kind == Term.SUPERVISION:
        rows = SessionShare.objects.for_the_practice("closing what stood on a consent")
        close_rows(rows.filter(client=client), by=by)


@when_foretold
def foretell(*, client: Client, kind: str) -> str:
    """Say what a no would remove or close now; nothing where there is nothing."""
    if kind in TEXT:
        kept = Transcript.objects.for_the_practice("how many a no would remove")
        return _would_go(kept.filter(client=client).count())
    if kind == Term.SUPERVISION:
        rows = SessionShare.objects.for_the_practice("how many a no would close")
        return _would_close(rows.filter(client=client, withdrawn_at=None).count())
    return ""


@when_accepted
def keep_no_longer(*, client: Client) -> None:
    """Keep what is there for a shorter time where that was agreed since; never for a longer."""
    terms = terms_of(client)
    if terms is None or terms.transcript_kept_days is None:
        return
    days = timedelta(days=terms.transcript_kept_days)
    rows = Transcript.objects.for_the_practice("keeping it no longer than agreed")
    for transcript in rows.filter(client=client).only("brought_at", "kept_until", "client"):
        until = timezone.localdate(transcript.brought_at) + days
        if transcript.kept_until is None or until < transcript.kept_until:
            transcript.kept_until = until
            transcript.save(update_fields=("kept_until",))


def _remove_transcripts(by: Person, client: Client) -> None:
    rows = Transcript.objects.for_the_practice("removing what stood on a consent")
    for transcript in rows.filter(client=client).select_for_update(of=("self",)):
        witness(
            "transcript.removed_withdrawn",
            by=by,
            client_id=client.pk,
            subject=transcript,
            utterances=transcript.utterances,
        )
        remove_rows(transcript)


def _would_go(count: int) -> str:
    if not count:
        return ""
    which = "one session is" if count == 1 else f"{count} sessions is"
    return (
        f"What was said in {which} here as text. With a no it is erased at once, and with it "
        "all that was found in it or shown of it. It can’t be brought back."
    )


def _would_close(count: int) -> str:
    if not count:
        return ""
    which = "One session is" if count == 1 else f"{count} sessions are"
    return f"{which} shared with a supervisor, or offered to be. With a no that is closed at once."
