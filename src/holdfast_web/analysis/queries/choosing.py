"""What a therapist may choose from, to show the client something of a session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Excerpt, Transcript
from holdfast_web.analysis.queries.analyses import latest_analysis
from holdfast_web.analysis.rules import may_take_show_back, may_work_on
from holdfast_web.analysis.shown import Shown, has_picture, shown_of
from holdfast_web.analysis.spoken import Said, quoted, said
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_of_the_two, require_record
from holdfast_web.engine.findings import Findings
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours


@dataclass(frozen=True, slots=True)
class Offered:
    """Lines under a heading, of which some may be chosen."""

    heading: str
    moments: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class NowShown:
    """What the client is shown now."""

    edition: int
    at: datetime
    by: str
    seen_at: datetime | None
    chosen: dict[str, Any]
    view: Shown


@dataclass(frozen=True, slots=True)
class Choosing:
    """All that the page needs.

    Attributes
    ----------
    now
        What is shown; ``None`` where nothing is.
    offered
        Lines to choose from; those that are shown now come first.
    lines
        How many the session has.
    has_picture
        Whether there is a picture to show.
    """

    transcript: Transcript
    therapist: str
    now: NowShown | None
    offered: tuple[Offered, ...]
    has_picture: bool
    may_show: Decision
    may_take_back: Decision
    findings: Any

    @property
    def lines(self) -> int:
        """How many lines the session has."""
        return int(self.transcript.utterances)

    @property
    def edition(self) -> int:
        """Of what is shown now; 0 where nothing is."""
        return self.now.edition if self.now else 0

    def preview(self, lines: Iterable[int], thread: str, note: str, *, picture: bool) -> Shown:
        """Return how something would look to the client."""
        kept = self.transcript
        chosen = {
            "quotes": quoted(kept.lines, kept.roles, lines),
            "thread": thread,
            "note": note,
            "picture": picture,
        }
        return shown_of(chosen, self.therapist, self.findings)


@clinical_read
def choosing_of(transcript: Transcript, *, viewer: Person) -> Choosing:
    """Return what may be shown of a session, for its therapist."""
    require_record(viewer, transcript.client, Part.TRANSCRIPTS)
    analysis = latest_analysis(transcript, viewer=viewer)
    findings = analysis.findings if analysis else None
    now = _now(transcript, viewer, findings)
    kept = said(transcript.lines, transcript.roles)
    chosen = [one["utterance"] for one in now.chosen["quotes"]] if now else []
    may_show = may_work_on(viewer, transcript)
    return Choosing(
        transcript=transcript,
        therapist=viewer.name,
        now=now,
        # Without the client's yes nothing of the text is shown to anybody.
        offered=tuple(_offered(kept, chosen, findings)) if may_show else (),
        has_picture=has_picture(findings),
        may_show=may_show,
        may_take_back=may_take_show_back(viewer, transcript),
        findings=findings,
    )


def _now(transcript: Transcript, viewer: Person, findings: Any) -> NowShown | None:
    if not is_of_the_two(viewer, transcript.client):
        raise NotYours
    rows = Excerpt.objects.seen_by(viewer, of=transcript.client_id).select_related("by")
    row = rows.filter(transcript=transcript).first()
    witness("excerpt.viewed", by=viewer, client_id=transcript.client_id, subject=row)
    if row is None:
        return None
    view = shown_of(row.chosen, row.by.name, findings)
    return NowShown(row.edition, row.at, row.by.name, row.seen_at, row.chosen, view)


def _offered(kept: tuple[Said, ...], chosen: list[int], findings: Any) -> Iterable[Offered]:
    """Yield lines to choose from, each once: a line may belong to several moments."""
    known = set(chosen)
    if chosen:
        lines = tuple(kept[place] for place in sorted(known) if place < len(kept))
        yield Offered("Shown now", (("", lines),))
    for heading, moments in _moments(findings):
        found = []
        for why, places in moments:
            fresh = tuple(one for one in places if one not in known and one < len(kept))
            known.update(fresh)
            if fresh:
                found.append((why, tuple(kept[place] for place in fresh)))
        if found:
            yield Offered(heading, tuple(found))


def _moments(findings: Any) -> Iterable[tuple[str, list[tuple[str, list[int]]]]]:
    found = Findings.kept(findings)
    for part in found.moments if found else ():
        yield part.heading, [(one.why, [line.index for line in one.lines]) for one in part.moments]
