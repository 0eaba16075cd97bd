"""The parts of a client's record, and which way of access opens which."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """A part of a record."""

    COURSE = "course"
    ANSWERS = "answers"
    SIGNALS = "signals"
    GOALS = "goals"
    AGREEMENT = "agreement"
    SESSIONS = "sessions"
    NOTES = "notes"
    TRANSCRIPTS = "transcripts"
    PRIVATE_NOTES = "private_notes"
    CONCERNS = "concerns"
    MESSAGES = "messages"
    INTAKE = "intake"
    CARE = "care"


class Way(StrEnum):
    """How somebody comes to a record."""

    SELF = "self"
    CARE = "care"
    SHARE = "share"
    INTAKE = "intake"
    EMERGENCY = "emergency"


ALL = frozenset(Part)
OPENS = {
    Way.SELF: ALL - {Part.PRIVATE_NOTES, Part.SIGNALS, Part.TRANSCRIPTS},
    Way.CARE: ALL,
    Way.INTAKE: frozenset({Part.COURSE, Part.ANSWERS, Part.SIGNALS, Part.INTAKE, Part.CARE}),
    Way.SHARE: frozenset({Part.COURSE, Part.SIGNALS, Part.GOALS, Part.AGREEMENT, Part.SESSIONS}),
    Way.EMERGENCY: ALL - {Part.PRIVATE_NOTES, Part.TRANSCRIPTS},
}
"""What each way can open at most; a share opens of this what was agreed."""

TITLES = {
    Part.COURSE: "the course of the check-ins and questionnaires",
    Part.ANSWERS: "single answers",
    Part.SIGNALS: "signals, and what was done about them",
    Part.GOALS: "goals, and what helps",
    Part.AGREEMENT: "the working agreement",
    Part.SESSIONS: "dates of sessions",
    Part.NOTES: "session notes",
    Part.TRANSCRIPTS: "transcripts, and what was found in them",
    Part.PRIVATE_NOTES: "private notes",
    Part.CONCERNS: "what didn't feel right",
    Part.MESSAGES: "messages",
    Part.INTAKE: "what was told when help was asked for",
    Part.CARE: "who works with whom",
}
