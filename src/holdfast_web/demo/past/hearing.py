"""What was said: brought in, read by the real program, and gone through by the therapist."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from holdfast_web.analysis.actions.bringing import bring_transcript, set_roles
from holdfast_web.analysis.actions.correcting import correct_code, read_through
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.actions.refusing import refuse_session
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.reader import read_next
from holdfast_web.demo.cast import Member, Patient, Told, transcript_of
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage


def heard(patient: Patient, therapist: Member, calendar: Calendar) -> Iterator[Beat]:
    """Tell what became of what was said, session by session."""
    for told in patient.said:
        at = partial(calendar.after, int(told["number"]))
        yield Beat(at(hours=told["brought"]), partial(_bring, patient, therapist, told))
        yield Beat(at(hours=told["brought"], minutes=2), partial(_roles, patient, therapist, told))
        yield Beat(at(hours=told["brought"], minutes=3), partial(_read, patient, therapist, told))
        if "looked" in told:
            look = partial(_go_through, patient, therapist, told)
            yield Beat(at(hours=told["looked"]), look)
    if patient.refused:
        at = partial(calendar.after, int(patient.refused["number"]))
        yield Beat(at(hours=patient.refused["after"]), partial(_refuse, patient))


def _bring(patient: Patient, therapist: Member, told: Told, stage: Stage) -> None:
    number = int(told["number"])
    name, data = transcript_of(patient.key, number)
    session = stage.made["session", patient.key, number]
    session.refresh_from_db()  # It was planned when it was last looked at.
    stage.made["transcript", patient.key, number] = bring_transcript(
        by=stage.people[therapist.key],
        session=session,
        name=name,
        data=data,
    )


def _roles(patient: Patient, therapist: Member, told: Told, stage: Stage) -> None:
    transcript: Transcript = stage.made["transcript", patient.key, told["number"]]
    stage.made["transcript", patient.key, told["number"]] = set_roles(
        by=stage.people[therapist.key],
        transcript=transcript,
        roles={
            speaker: "therapist" if speaker in therapist.name else "client"
            for speaker in {line["speaker"] for line in transcript.lines}
        },
        edition=transcript.edition,
    )


def _read(patient: Patient, therapist: Member, told: Told, stage: Stage) -> None:
    transcript = stage.made["transcript", patient.key, told["number"]]
    stage.made["analysis", patient.key, told["number"]] = start_analysis(
        by=stage.people[therapist.key], transcript=transcript
    )
    read_next()


def _go_through(patient: Patient, therapist: Member, told: Told, stage: Stage) -> None:
    by = stage.people[therapist.key]
    transcript = stage.made["transcript", patient.key, told["number"]]
    analysis = stage.made["analysis", patient.key, told["number"]]
    for line, code, label in told["codes"]:
        correct_code(
            by=by,
            transcript=transcript,
            analysis_id=analysis.pk,
            utterance=line - 1,
            code=code,
            label=label,
        )
    first, last = told["read"]
    read_through(
        by=by, transcript=transcript, analysis_id=analysis.pk, first=first - 1, last=last - 1
    )


def _refuse(patient: Patient, stage: Stage) -> None:
    session = stage.made["session", patient.key, patient.refused["number"]]
    session.refresh_from_db()
    refuse_session(by=stage.people[patient.key], session=session)
