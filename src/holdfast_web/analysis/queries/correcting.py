"""Reads what a therapist said of the coder's codes, and what may be said at a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.corrected import Own, own_codes, read_lines, stretches
from holdfast_web.analysis.models import Analysis, Correction, ReadThrough, Transcript
from holdfast_web.analysis.queries.analyses import latest_analysis
from holdfast_web.analysis.rules import may_work_on
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.engine.codes import (
    Choice,
    Heard,
    Label,
    Uttered,
    Value,
    all_choices,
    choices_for,
    lines_in,
    uttered_at,
)
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours


@dataclass(frozen=True, slots=True)
class Button:
    """A label that can be chosen; ``stands`` says whether it holds now."""

    label: Label
    stands: bool


@dataclass(frozen=True, slots=True)
class CodeAtLine:
    """A code at a line: the machine's and the person's, side by side.

    Attributes
    ----------
    heard
        What the machine gave; ``None`` where it gave nothing to this line, not even "not here".
    corrected
        Whether the person said something of it.
    own
        What they said.
    blind
        Whether what the machine gave is not to be shown yet.
    """

    choice: Choice
    heard: Heard | None
    corrected: bool
    own: Value
    blind: bool = False

    @property
    def coder(self) -> str:
        """What the coder said, in words."""
        if self.heard is None:
            return "not read for this"
        words = self.choice.words(self.heard.value)
        if not self.heard.unsure:
            return words
        return f"not sure, perhaps {words}" if self.heard.value else "not sure"

    @property
    def you(self) -> str:
        """What the person said, in words; ``""`` where they said nothing."""
        return self.choice.words(self.own) if self.corrected else ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every label."""
        now = frozenset(_names(self.own)) if self.corrected else self._heard
        return tuple(Button(one, one.name in now) for one in self.choice.labels)

    @property
    def nothing(self) -> bool:
        """Whether "nothing here" holds now."""
        if self.corrected or self.blind:
            return self.corrected and not self.own
        return not self._heard and not (self.heard and self.heard.unsure)

    @property
    def _heard(self) -> frozenset[str]:
        if self.blind or self.heard is None or (self.heard.unsure and not self.choice.many):
            return frozenset()
        return frozenset(_names(self.heard.value))


@dataclass(frozen=True, slots=True)
class LineToCorrect:
    """A line with all that may be said of it.

    Attributes
    ----------
    text
        Its words as they stand now; where it was mended since, as they were read.
    unread_from
        The first line that was not read through yet, from 0; ``None`` where it comes later.
    """

    analysis_id: UUID
    line: Uttered
    text: str
    codes: tuple[CodeAtLine, ...]
    unread_from: int | None
    blind: bool

    @property
    def first(self) -> tuple[CodeAtLine, ...]:
        """The codes without those that are still experimental."""
        return tuple(one for one in self.codes if not one.choice.further)

    @property
    def further(self) -> tuple[CodeAtLine, ...]:
        """Those that are."""
        return tuple(one for one in self.codes if one.choice.further)

    @property
    def own(self) -> tuple[str, ...]:
        """What the person said of it, in words beside the coder's."""
        return tuple(_beside(one) for one in self.codes if one.corrected)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person said of a session's codes.

    Attributes
    ----------
    said
        By utterance, in words beside the coder's.
    read
        Which stretches were read through, with people's numbers.
    unread_from
        The number of the first line that was not; ``None`` where all were.
    """

    analysis_id: UUID
    said: Mapping[int, tuple[str, ...]]
    read: tuple[tuple[int, int], ...]
    unread_from: int | None
    lines: int
    may: Decision
    blind: bool


@clinical_read
def line_to_correct(
    transcript: Transcript, utterance: int, *, viewer: Person, blind: bool = False
) -> LineToCorrect:
    """Return a line with its codes, the machine's and the person's; blind, the person's alone.

    Raises
    ------
    NotYours
        If there is no such line, or the session wasn't read.
    """
    analysis = latest_analysis(transcript, viewer=viewer)
    line = uttered_at(analysis.findings, utterance) if analysis else None
    if analysis is None or line is None:
        raise NotYours
    own = _own(analysis, viewer, utterance)
    witness(
        "corrections.viewed",
        by=viewer,
        client_id=analysis.client_id,
        subject=analysis,
        line=utterance,
    )
    unread = _unread(analysis, _read(analysis, viewer, blind=blind))
    return LineToCorrect(
        analysis_id=analysis.pk,
        line=line,
        text=_words(transcript, analysis, line),
        codes=tuple(
            _at(line, choice, own, blind=blind)
            for choice in choices_for(line.role)
            if not choice.further or choice.name in line.heard
        ),
        unread_from=unread if unread is not None and unread <= utterance else None,
        blind=blind,
    )


@clinical_read
def corrected_of(analysis: Analysis, *, viewer: Person, blind: bool = False) -> Corrected:
    """Return what a person said of the codes of one reading, for its transcript's page."""
    require_record(viewer, analysis.client, Part.TRANSCRIPTS)
    own = _own(analysis, viewer)
    witness("corrections.viewed", by=viewer, client_id=analysis.client_id, subject=analysis)
    said: dict[int, tuple[str, ...]] = {}
    for utterance, code in own:
        line = uttered_at(analysis.findings, utterance)
        if line is None:
            continue
        one = _at(line, all_choices()[code], own, blind=blind)
        said[utterance] = (*said.get(utterance, ()), _beside(one))
    read = _read(analysis, viewer, blind=blind)
    unread = _unread(analysis, read)
    return Corrected(
        analysis_id=analysis.pk,
        said=said,
        read=tuple((first + 1, last + 1) for first, last in stretches(read)),
        unread_from=None if unread is None else unread + 1,
        lines=lines_in(analysis.findings),
        may=may_work_on(viewer, analysis.transcript),
        blind=blind,
    )


def _own(analysis: Analysis, viewer: Person, utterance: int | None = None) -> Own:
    rows: Any = Correction.objects.seen_by(viewer, of=analysis.client_id).filter(analysis=analysis)
    if utterance is not None:
        rows = rows.filter(utterance=utterance)
    told: Iterable[Correction] = rows.order_by("at")
    return own_codes(one.told for one in told)


def _at(line: Uttered, choice: Choice, own: Own, *, blind: bool) -> CodeAtLine:
    key = (line.index, choice.name)
    return CodeAtLine(choice, line.heard.get(choice.name), key in own, own.get(key), blind)


def _beside(one: CodeAtLine) -> str:
    if one.blind:
        return f"{one.choice.title}. You: {one.you}"
    return f"{one.choice.title}. Coder: {one.coder} · you: {one.you}"


def _names(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _read(analysis: Analysis, viewer: Person, *, blind: bool) -> frozenset[int]:
    rows = ReadThrough.objects.seen_by(viewer, of=analysis.client_id)
    read = rows.filter(analysis=analysis, blind=blind)
    return read_lines(read.values_list("first", "last"))


def _unread(analysis: Analysis, read: frozenset[int]) -> int | None:
    return next((line for line in range(lines_in(analysis.findings)) if line not in read), None)


def _words(transcript: Transcript, analysis: Analysis, line: Uttered) -> str:
    if transcript.edition != analysis.edition:
        return line.text
    return str(transcript.lines[line.index]["text"])
