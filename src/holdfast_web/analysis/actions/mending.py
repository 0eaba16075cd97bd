"""What a therapist does with a single line: put right what was misheard, or who said it."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.bringing import ROLES
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.rules import may_work_on
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused


@action
def mend_line(
    *,
    by: Person,
    transcript: Transcript,
    line: int,
    text: str,
    speaker: str,
    role: str = "",
    edition: int,
) -> Transcript:
    """Change the words of a line, or who said it; findings stay those of their own edition.

    Parameters
    ----------
    line
        Its place among the lines, counted from 0.
    text
        What was said.
    speaker
        One of the transcript's speakers.
    role
        Of this line alone, where it is not its speaker's; empty otherwise.
    edition
        Of the transcript that was looked at.

    Raises
    ------
    Refused
        If nothing would be said, or nobody here is called so.
    Stale
        If the transcript was changed in the meantime.
    """
    transcript = hold(by, transcript, edition)
    require(may_work_on(by, transcript))
    lines = transcript.lines
    if line >= len(lines):
        raise NotYours
    told = " ".join(text.split())
    if not told:
        raise Refused("A line needs words. What nobody said can be written as [silence].")
    if role not in ROLES | {""} or speaker not in {one["speaker"] for one in lines}:
        raise Refused("Choose one of the speakers of this transcript.")
    changed = {key: value for key, value in lines[line].items() if key != "role"}
    changed |= {"text": told, "speaker": speaker}
    if role not in ("", transcript.roles.get(speaker, "")):
        changed["role"] = role
    if changed != lines[line]:
        transcript.lines = [*lines[:line], changed, *lines[line + 1 :]]
        transcript.edition += 1
        transcript.save(update_fields=("lines", "edition"))
    witness(
        "transcript.line_mended",
        by=by,
        client_id=transcript.client_id,
        subject=transcript,
        line=line,
        edition=transcript.edition,
    )
    return transcript
