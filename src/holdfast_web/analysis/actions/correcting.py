"""What a therapist says of the coder's codes: corrected, taken back, undone, read through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.corrected import (
    Own,
    as_value,
    own_codes,
    read_lines,
    tally,
    tally_blind,
    to_keep,
)
from holdfast_web.analysis.models import Analysis, Correction, ReadThrough, Tally, Transcript
from holdfast_web.analysis.rules import may_work_on
from holdfast_web.audit.witness import action, witness
from holdfast_web.engine.codes import Choice, Uttered, Value, all_choices, uttered
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

READ_AGAIN = "This session was read again in the meantime. Nothing was changed; look again."
CHANGED = "This was changed again since, in another window. Nothing was undone; look again."


@action
def correct_code(
    *,
    by: Person,
    transcript: Transcript,
    analysis_id: UUID,
    utterance: int,
    code: str,
    label: str,
    taken_off: bool = False,
) -> Correction:
    """Say what a line's code is; what the machine said stays beside it.

    Parameters
    ----------
    by
        The client's therapist.
    analysis_id
        The reading that was looked at.
    utterance
        Its place, from 0.
    label
        One of the code's; empty where nothing is to be heard here.
    taken_off
        Of a code with several labels: take this one off, and leave the others as they are.

    Raises
    ------
    NotYours
        If there is no such line, or its speaker has no such code.
    Stale
        If the session was read again in the meantime.
    """
    analysis = _held(by, transcript, analysis_id)
    lines = uttered(analysis.findings)
    choice = _choice(lines, utterance, code)
    if not choice.fits(label):
        raise Refused("Choose one of the labels of this code.")
    value: Value = label or None
    if choice.many:
        now = _now(by, analysis, lines[utterance], code)
        value = tuple(sorted(now - {label} if taken_off else now | {label})) if label else ()
    made = Correction(utterance=utterance, code=code, value=value)
    _keep(by, analysis, made)
    _count(by, analysis, lines)
    witness(
        "correction.made",
        by=by,
        client_id=analysis.client_id,
        subject=made,
        line=utterance,
        code=code,
    )
    return made


@action
def take_correction_back(
    *, by: Person, transcript: Transcript, analysis_id: UUID, utterance: int, code: str
) -> Correction:
    """Let the machine's code stand alone again.

    Raises
    ------
    NotYours
        If there is no such line, or its speaker has no such code.
    Stale
        If the session was read again in the meantime.
    """
    analysis = _held(by, transcript, analysis_id)
    lines = uttered(analysis.findings)
    _choice(lines, utterance, code)
    made = Correction(utterance=utterance, code=code, taken_back=True)
    _keep(by, analysis, made)
    _count(by, analysis, lines)
    witness("correction.taken_back", by=by, client_id=analysis.client_id, subject=made, code=code)
    return made


@action
def undo_correction(*, by: Person, transcript: Transcript, correction_id: UUID) -> Correction:
    """Take one's last step at a line back: what it was before holds again.

    Raises
    ------
    Stale
        If somebody has changed the same code since.
    """
    transcript = hold(by, transcript)
    require(may_work_on(by, transcript))
    rows = Correction.objects.seen_by(by).filter(analysis__transcript=transcript)
    undone: Correction | None = rows.filter(pk=correction_id, by=by).first()
    if undone is None:
        raise Stale(CHANGED)
    analysis = _held(by, transcript, undone.analysis_id)
    same = rows.filter(analysis=analysis, utterance=undone.utterance, code=undone.code)
    if same.filter(at__gt=undone.at).exists():
        raise Stale(CHANGED)
    witness(
        "correction.undone",
        by=by,
        client_id=analysis.client_id,
        subject=undone,
        line=undone.utterance,
        code=undone.code,
    )
    same.filter(pk=undone.pk).delete()
    _count(by, analysis, uttered(analysis.findings))
    return undone


@action
def read_through(
    *,
    by: Person,
    transcript: Transcript,
    analysis_id: UUID,
    first: int,
    last: int,
    blind: bool = False,
) -> ReadThrough:
    """Say that lines were read with their codes, so that what wasn't corrected stands as right.

    Parameters
    ----------
    first, last
        Places from 0, both included.
    blind
        Whether they gave their own codes before they saw the machine's.

    Raises
    ------
    Refused
        If there are no such lines.
    Stale
        If the session was read again in the meantime.
    """
    analysis = _held(by, transcript, analysis_id)
    lines = uttered(analysis.findings)
    if not 0 <= first <= last < len(lines):
        raise Refused(f"Choose lines from 1 to {len(lines)}, the first one first.")
    made = ReadThrough(
        client_id=analysis.client_id,
        analysis=analysis,
        first=first,
        last=last,
        blind=blind,
        by=by,
    )
    made.save()
    _count(by, analysis, lines)
    witness(
        "findings.read_through",
        by=by,
        client_id=analysis.client_id,
        subject=made,
        first=first,
        last=last,
        blind=blind,
    )
    return made


def _held(by: Person, transcript: Transcript, analysis_id: UUID) -> Analysis:
    """Return the latest reading of a transcript; nobody corrects it until the transaction ends."""
    transcript = hold(by, transcript)
    require(may_work_on(by, transcript))
    rows = Analysis.objects.seen_by(by).filter(transcript=transcript, state=Analysis.State.DONE)
    found: Analysis | None = rows.order_by("-ended_at").first()
    if found is None:
        raise NotYours
    if found.pk != analysis_id:
        raise Stale(READ_AGAIN)
    return found


def _choice(lines: tuple[Uttered, ...], utterance: int, code: str) -> Choice:
    choice = all_choices().get(code)
    if utterance >= len(lines) or choice is None or choice.role != lines[utterance].role:
        raise NotYours
    return choice


def _now(by: Person, analysis: Analysis, line: Uttered, code: str) -> frozenset[str]:
    """Return the labels that hold now: the person's, or else those that the machine gave."""
    last = _last(by, analysis, line.index, code)
    heard = line.heard.get(code)
    value = as_value(last.value) if last and not last.taken_back else heard and heard.value
    return frozenset(value or ())


def _last(by: Person, analysis: Analysis, utterance: int, code: str) -> Correction | None:
    rows = Correction.objects.seen_by(by).filter(analysis=analysis, utterance=utterance, code=code)
    found: Correction | None = rows.order_by("-at").first()
    return found


def _keep(by: Person, analysis: Analysis, made: Correction) -> None:
    """Keep a correction as the latest of its code, whatever the clock says."""
    last = _last(by, analysis, made.utterance, made.code)
    made.client_id, made.analysis, made.by = analysis.client_id, analysis, by
    made.at = _after(last.at if last else None)
    made.save()


def _after(last: datetime | None) -> datetime:
    now = timezone.now()
    return now if last is None else max(now, last + timedelta(microseconds=1))


def _count(by: Person, analysis: Analysis, lines: tuple[Uttered, ...]) -> None:
    """Count anew how machine and person agree on the lines that were read."""
    said = list(Correction.objects.seen_by(by).filter(analysis=analysis).order_by("at"))
    stretches = list(ReadThrough.objects.seen_by(by).filter(analysis=analysis).order_by("at"))
    read = read_lines((one.first, one.last) for one in stretches if not one.blind)
    blind: dict[int, Own] = {}
    for one in stretches:
        if one.blind:
            own = _own(row for row in said if row.at <= one.at)
            coded = {line for line, _ in own if one.first <= line <= one.last}
            blind = dict.fromkeys(sorted(coded), own) | blind
    kept = Tally.objects.seen_by(by).filter(analysis=analysis).first()
    kept = kept or Tally(client_id=analysis.client_id, analysis=analysis)
    kept.at, kept.lines, kept.counts = (
        timezone.now(),
        len(read),
        to_keep(tally(lines, read, _own(said))),
    )
    kept.blind_lines, kept.blind_counts = len(blind), to_keep(tally_blind(lines, blind))
    kept.save()


def _own(rows: Iterable[Correction]) -> Own:
    return own_codes(one.told for one in rows)
