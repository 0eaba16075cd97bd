"""Why nothing came of a reading: one word in the row, one sentence on the page."""

from __future__ import annotations

from enum import StrEnum


class Failure(StrEnum):
    """What went wrong, in a word of ours; nothing of anybody's words is ever kept with it."""

    NOT_AGREED = "not_agreed"
    NO_THERAPIST = "no_therapist"
    NO_CLIENT = "no_client"
    NO_WORDS = "no_words"
    NOT_ENGLISH = "not_english"
    NO_MODEL = "no_model"
    BROKE_OFF = "broke_off"
    ERROR = "error"


SENTENCES = {
    Failure.NOT_AGREED: (
        "The client hasn’t agreed to this, or doesn’t any more. Reading was stopped, and nothing "
        "of it was kept."
    ),
    Failure.NO_THERAPIST: "No line is the therapist’s. Say who is who, then have it read again.",
    Failure.NO_CLIENT: "No line is the client’s. Say who is who, then have it read again.",
    Failure.NO_WORDS: "There are no words in this transcript, so there is nothing to read.",
    Failure.NOT_ENGLISH: (
        "These words don’t look English. The program reads English only, so nothing was read."
    ),
    Failure.NO_MODEL: (
        "The program’s model isn’t whole on this machine. Whoever looks after it should run: "
        "holdfast doctor"
    ),
    Failure.BROKE_OFF: (
        "Reading was begun three times and broke off each time. Try once more; if it breaks off "
        "again, tell whoever looks after this machine."
    ),
    Failure.ERROR: (
        "Something went wrong on our side, and nothing was kept. Try once more; if it happens "
        "again, tell whoever looks after this machine."
    ),
}


def sentence_of(word: str) -> str:
    """Return why nothing came of a reading, for a person; empty where nothing went wrong."""
    if not word:
        return ""
    return SENTENCES[Failure(word) if word in set(Failure) else Failure.ERROR]
