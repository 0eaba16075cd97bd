"""What a therapist shows the client of a session: chosen, changed, taken back, read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import Analysis, Excerpt, Transcript
from holdfast_web.analysis.rules import fits_an_excerpt, may_take_show_back, may_work_on
from holdfast_web.analysis.spoken import quoted
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.encounters.models import Session
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

LONGEST = 2000
STALE = "What is shown was changed in another window. Nothing was overwritten; look again."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be shown.

    Attributes
    ----------
    lines
        Places of utterances, from 0.
    thread
        Something to go on with.
    note
        A word beside it.
    picture
        Whether the picture over time is shown.
    """

    lines: tuple[int, ...] = ()
    thread: str = ""
    note: str = ""
    picture: bool = False


@action
def show_to_client(*, by: Person, transcript: Transcript, chosen: Chosen, edition: int) -> Excerpt:
    """Show a client something of a session, or something else than before.

    Parameters
    ----------
    by
        The client's therapist.
    chosen
        Lines are copied: what was shown stays as it was when the transcript is mended.
    edition
        Of what was shown when it was looked at; 0 where nothing was.

    Raises
    ------
    Stale
        If it was changed in the meantime.
    """
    transcript = hold(by, transcript)
    require(may_work_on(by, transcript))
    words = (chosen.thread.strip(), chosen.note.strip())
    require(fits_an_excerpt(transcript, chosen.lines, words, picture=chosen.picture))
    if max(map(len, words)) > LONGEST:
        raise Refused(f"A thread or a note has at most {LONGEST} characters.")
    if chosen.picture and not _is_read(by, transcript):
        raise Refused("There is no picture before the session was read.")
    excerpt = _now(by, transcript, edition) or Excerpt(
        client=transcript.client, transcript=transcript, edition=0
    )
    excerpt.chosen = {
        "quotes": quoted(transcript.lines, transcript.roles, chosen.lines),
        "thread": words[0],
        "note": words[1],
        "picture": chosen.picture,
    }
    excerpt.by, excerpt.at, excerpt.seen_at = by, timezone.now(), None
    excerpt.edition += 1
    excerpt.save()
    witness(
        "excerpt.shown",
        by=by,
        client_id=transcript.client_id,
        subject=excerpt,
        quotes=len(set(chosen.lines)),
        edition=excerpt.edition,
    )
    return excerpt


@action
def take_show_back(*, by: Person, transcript: Transcript, edition: int) -> None:
    """Show nothing of a session any more.

    Raises
    ------
    Stale
        If it was changed, or taken back, in the meantime.
    """
    transcript = hold(by, transcript)
    require(may_take_show_back(by, transcript))
    excerpt = _now(by, transcript, edition)
    if excerpt is None:
        raise Stale(STALE)
    witness("excerpt.taken_back", by=by, client_id=transcript.client_id, subject=excerpt)
    excerpt.delete()


@action
def see_excerpt(*, by: Person, client: Client, session: Session) -> None:
    """Note that the client has read what they are shown; once for each time it was changed."""
    require_record(by, client, Part.SESSIONS)
    require(is_client(by, client))
    rows = Excerpt.objects.seen_by(by).filter(client=client, transcript__session=session)
    excerpt = rows.select_for_update(of=("self",)).first()
    if excerpt is None:
        raise NotYours
    if excerpt.seen_at is None:
        excerpt.seen_at = timezone.now()
        excerpt.save(update_fields=("seen_at",))
    witness("excerpt.read", by=by, client_id=client.pk, subject=excerpt)


def _now(by: Person, transcript: Transcript, edition: int) -> Excerpt | None:
    found: Excerpt | None = Excerpt.objects.seen_by(by).filter(transcript=transcript).first()
    if (found.edition if found else 0) != edition:
        raise Stale(STALE)
    return found


def _is_read(by: Person, transcript: Transcript) -> bool:
    rows = Analysis.objects.seen_by(by).filter(transcript=transcript)
    return bool(rows.filter(state=Analysis.State.DONE).exists())
