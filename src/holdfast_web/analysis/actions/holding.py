"""A transcript held still while somebody changes it."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Transcript
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.actions import running_care
from holdfast_web.lib.refusals import NotYours, Stale

STALE = "This transcript was changed in another window. Nothing was overwritten; look again."


def hold(by: Person, transcript: Transcript, edition: int | None = None) -> Transcript:
    """Return a transcript as it is now; nobody changes it until the transaction ends.

    Parameters
    ----------
    edition
        That was looked at, where it matters.

    Raises
    ------
    NotYours
        If it isn't open to them, or was removed.
    Stale
        If it has another edition by now.
    """
    require_record(by, transcript.client, Part.TRANSCRIPTS)
    running_care(by, transcript.client)
    rows = Transcript.objects.seen_by(by).select_related("client", "session")
    found: Transcript | None = rows.filter(pk=transcript.pk).first()
    if found is None:
        raise NotYours
    if edition is not None and found.edition != edition:
        raise Stale(STALE)
    return found
