"""Makes transcripts for tests: consented to, brought in by the real action, roles set."""

from __future__ import annotations

from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.bringing import bring_transcript, set_roles
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.reader import read_next
from holdfast_web.encounters.models import Session
from tests.web.agreeing import agreed_upon
from tests.web.asking import held
from tests.web.conftest import Cast

ROLES = {"Tessa": "therapist", "Cleo": "client"}
TALK = (
    ("Tessa", "How has the week been since we last met?"),
    ("Cleo", "Heavy. I kept thinking about the letter from my sister."),
    ("Tessa", "It sounds as if that letter has stayed with you the whole week."),
    ("Cleo", "Yes. I read it again and again, and I feel ashamed that I did not answer."),
    ("Tessa", "You feel ashamed, and part of you would like to write back."),
    ("Cleo", "I would. I am afraid of what she will say."),
    ("Tessa", "What would be the worst thing that she could say?"),
    ("Cleo", "That I was never there for her. I don't know. Maybe it is true."),
    ("Tessa", "Have you tried to ring her?"),
    ("Cleo", "No. I felt you were a bit quick there, to be honest."),
    ("Tessa", "Thank you for telling me. I went too fast; let us stay with the shame."),
    ("Cleo", "It is like a stone. Since my father died nobody asks how I sleep."),
    ("Tessa", "A stone that you carry alone since your father died."),
    ("Cleo", "Yes, that is it."),
)
"""A small session of our own making."""


def vtt(talk: tuple[tuple[str, str], ...] = TALK) -> str:
    """Return talk as a WebVTT file, six seconds for each utterance."""
    cues = [
        f"{_clock(6 * place)} --> {_clock(6 * place + 5)}\n<v {speaker}>{text}</v>\n"
        for place, (speaker, text) in enumerate(talk)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def consenting(cast: Cast, *, hours_ago: float = 2) -> Session:
    """Return a held session whose client said yes to recording and to analysis."""
    agreed_upon(cast)
    for kind in ("recording", "analysis"):
        give_consent(by=cast.client_person, client=cast.client, kind=kind, given=True)
    return held(cast, hours_ago=hours_ago)


def brought(
    cast: Cast, text: str | None = None, *, session: Session | None = None, roles: bool = True
) -> Transcript:
    """Return a transcript that was brought in, by default with who is who."""
    session = session or consenting(cast)
    data = (vtt() if text is None else text).encode()
    made = bring_transcript(by=cast.therapist, session=session, name="session.vtt", data=data)
    if not roles:
        return made
    return set_roles(by=cast.therapist, transcript=made, roles=ROLES, edition=made.edition)


def analysed(cast: Cast, transcript: Transcript | None = None) -> Analysis:
    """Return a reading that was done by the real model, in this process."""
    transcript = transcript or brought(cast)
    asked = start_analysis(by=cast.therapist, transcript=transcript)
    read_next()
    asked.refresh_from_db()
    assert asked.state == "done", asked.failure
    return asked


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
