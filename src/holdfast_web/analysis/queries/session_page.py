"""Puts together what the pages of one session show: its words, what was heard, its check-in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.check_ins import CheckIn
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.queries.analyses import ReadingState, latest_analysis, reading_state
from holdfast_web.analysis.queries.check_ins import check_in_of
from holdfast_web.analysis.queries.transcripts import transcript_of
from holdfast_web.analysis.rereading import Rereading, worth_rereading
from holdfast_web.analysis.rules import is_agreed_for
from holdfast_web.audit.witness import not_clinical
from holdfast_web.encounters.models import Session
from holdfast_web.engine.findings import Findings, Line, Part
from holdfast_web.engine.own_words import own_lines
from holdfast_web.lib.decision import Decision


@dataclass(frozen=True)
class Heard:
    """What was said in a session, with what was heard in it.

    Attributes
    ----------
    may
        Whether the client agrees to it; otherwise nothing of it is shown, and why.
    transcript
        ``None`` before it was brought in.
    analysis
        The latest reading that was done; ``None`` before there is one.
    """

    may: Decision
    transcript: Transcript | None = None
    analysis: Analysis | None = None

    @cached_property
    def findings(self) -> Findings | None:
        """What was heard; ``None`` where nothing was, or this version can't read it."""
        return Findings.kept(self.analysis.findings) if self.analysis else None

    @property
    def unreadable(self) -> bool:
        """Whether there are findings that this version can't read."""
        return self.analysis is not None and self.findings is None

    @property
    def older_edition(self) -> bool:
        """Whether the transcript was mended since it was read."""
        if self.analysis is None or self.transcript is None:
            return False
        return bool(self.analysis.edition != self.transcript.edition)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in its own words, with what was heard in it."""
        if self.transcript is None:
            return ()
        heard = self.findings.lines if self.findings else ()
        same = len(heard) == len(self.transcript.lines)
        return own_lines(self.transcript.lines, self.transcript.roles, heard if same else ())

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The moments in the transcript's own words; parts with nothing to say are left out."""
        found = self.findings
        if found is None or not found.english:
            return ()
        return tuple(
            part.in_words_of(self.lines) for part in found.moments if part.moments or part.none
        )

    @cached_property
    def rereading(self) -> Rereading:
        """The lines that may be worth rereading."""
        return worth_rereading(self.lines, self.findings.accuracy if self.findings else {})


@dataclass(frozen=True, slots=True)
class SessionPage:
    """All that the session page shows.

    Attributes
    ----------
    heard
        What was said, and heard in it.
    check_in
        How it was for the client.
    reading
        Where its reading stands; ``None`` without a transcript.
    """

    heard: Heard
    check_in: CheckIn
    reading: ReadingState | None


@not_clinical("puts together what other queries read and witness")
def heard_in(session: Session, *, viewer: Person) -> Heard:
    """Return what was said in a session, with what was heard in it."""
    may = is_agreed_for(session)
    transcript = transcript_of(session, viewer=viewer) if may else None
    if transcript is None:
        return Heard(may)
    return Heard(may, transcript, latest_analysis(transcript, viewer=viewer))


@not_clinical("puts together what other queries read and witness")
def session_page_of(session: Session, *, viewer: Person) -> SessionPage:
    """Return a session's words and findings, and its check-in beside them."""
    heard = heard_in(session, viewer=viewer)
    kept = heard.transcript
    return SessionPage(
        heard=heard,
        check_in=check_in_of(session, viewer=viewer),
        reading=reading_state(kept, viewer=viewer) if kept is not None else None,
    )
