"""The tables' columns: name, kind and meaning. Schema and data dictionary come from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from holdfast.codebooks import load_codebook
from holdfast.codebooks.codebook import CodeDefinition
from holdfast.coding.codes import CodedSession
from holdfast.indicators import Indicator, measure
from holdfast.session import Session

TABLES = ("utterances", "sessions", "failures", "run")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``kind`` is text, whole, number, yes, texts, numbers, day or time."""

    name: str
    kind: str
    meaning: str


UTTERANCES = (
    Column("session_id", "text", "The session, as in `sessions`"),
    Column("index", "whole", "Place in the session, from 0"),
    Column("line", "whole", "Line of the source, or row of its conversation, from 1"),
    Column("speaker", "text", "Name in the transcript, or null"),
    Column("role", "text", "therapist, client or other"),
    Column("start", "number", "Seconds from the start of the recording, or null"),
    Column("end", "number", "Seconds from the start of the recording, or null"),
    Column("words", "whole", "How many words were said"),
    Column("text", "text", "What was said; null with `--without-words`"),
)
SESSIONS = (
    Column("session_id", "text", "First 16 characters of `content`: the same talk, the same name"),
    Column("content", "text", "SHA-256 of who said what and when; `--resume` goes by it"),
    Column("source", "text", "File, archive member or address that it came from"),
    Column("conversation", "text", "Which one of a source that holds several, or null"),
    Column("format", "text", "The format that it was read from"),
    Column("date", "day", "When it was held, where the source says so in one way; else null"),
    Column("therapist", "text", "The first therapist's name in the transcript, or null"),
    Column("client", "text", "The first client's name in the transcript, or null"),
    Column("notes", "texts", "What was noticed while reading, and how roles were settled"),
    Column("utterances", "whole", "How many utterances"),
    Column("therapist_utterances", "whole", "How many of them are the therapist's"),
    Column("client_utterances", "whole", "How many of them are the client's"),
    Column("words", "whole", "How many words"),
    Column("minutes", "number", "From the first time to the last, or null without times"),
    Column("english", "yes", "Whether the words look English, which is all the coder reads"),
    Column("unsure", "whole", "On how many utterances the coder abstained on the main code"),
    Column("behaviour_p", "number", "Mean probability of the main behaviour, or null"),
    Column("talk_p", "number", "Mean probability of the talk type, or null"),
)
FAILURES = (
    Column("source", "text", "File, archive member or address"),
    Column("conversation", "text", "Which one of a source that holds several, or null"),
    Column("kind", "text", "unreadable, roles, duplicate, coder or memory"),
    Column("reason", "text", "What came, what was expected, what to do; never words of a session"),
)
RUN = (
    Column("run_id", "text", "When it began, as a name; its parts begin with it"),
    Column("begun", "time", "UTC"),
    Column("ended", "time", "UTC"),
    Column("holdfast", "text", "Version"),
    Column("model", "text", "Name and version"),
    Column("model_sha256", "text", "Of the model's graph"),
    Column("codebook", "text", "Name and version"),
    Column("python", "text", "Version"),
    Column("settings", "text", "What decides the rows, as JSON"),
    Column("engine", "text", "in-process, processes or ray"),
    Column("workers", "whole", "How many worked at once"),
    Column("sessions", "whole", "Sessions that this run coded"),
    Column("utterances", "whole", "Utterances that this run coded"),
    Column("skipped", "whole", "Sessions that an earlier run had coded"),
    Column("failures", "whole", "Rows in `failures`"),
    Column("ignored", "whole", "Files in folders that are no transcripts by their ending"),
    Column("finished", "yes", "False where it was stopped"),
)


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of one of the four tables.

    Examples
    --------
    >>> [column.name for column in columns("failures")]
    ['source', 'conversation', 'kind', 'reason']
    """
    fixed = {"utterances": UTTERANCES, "sessions": SESSIONS, "failures": FAILURES, "run": RUN}
    more: tuple[Column, ...] = ()
    if table == "utterances":
        more = tuple(one for code in load_codebook().codes for one in _code(code))
    if table == "sessions":
        more = tuple(one for indicator in blank() for one in _indicator(indicator))
    return (*fixed[table], *more)


@cache
def blank() -> tuple[Indicator, ...]:
    """Return every indicator without a value: its names and words."""
    return measure(CodedSession(Session(()), (), model="", codebook=""))


def _code(code: CodeDefinition) -> Iterator[Column]:
    several = code.choice == "many"
    kinds = ("texts", "numbers") if several else ("text", "number")
    yield Column(code.name, kinds[0], f"{code.title}; null where it is absent or doesn't apply")
    yield Column(f"{code.name}_p", kinds[1], "Its calibrated probability; null for rules")
    yield Column(f"{code.name}_unsure", "yes", "The coder abstains: the label is only a guess")


def _indicator(one: Indicator) -> Iterator[Column]:
    limits = f" {one.not_meaning}" if one.not_meaning else ""
    yield Column(one.name, "number", f"{one.title} ({one.unit}); null: not applicable.{limits}")
    yield Column(f"{one.name}_n", "whole", f"The {one.of} that it stands on")
    yield Column(f"{one.name}_low", "number", "95 % interval for the coder's error; null for facts")
    yield Column(f"{one.name}_high", "number", "Its upper end")
