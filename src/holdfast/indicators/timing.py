"""Response times, pauses, overlaps and interruptions: from the times alone.

They need an end for (nearly) every utterance, and an end of its own: some exports repeat the
next utterance's start there, which would make every pause vanish.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator, not_applicable
from holdfast.indicators.indicator import Unit
from holdfast.indicators.rates import per_10_minutes
from holdfast.session import Role, Session

PAUSE = 3.0  # seconds of silence
OVERLAP = 0.2  # seconds; less is the clock's rounding
INTERRUPTION = 0.5  # seconds that the other still had to say
TIMED = 0.9  # share of utterances that need both times
GAPS = 10  # so many gaps of exactly nothing are no accident
RESPONSES_NEEDED = 5

TIMES_ONLY = "As exact as the transcript's times; automatic transcripts are often off by a second."


@dataclass(frozen=True, slots=True)
class Timed:
    """An utterance whose start and end are known."""

    role: Role | None
    start: float
    end: float


def timed(session: Session) -> tuple[Timed, ...] | str:
    """Return the utterances in order of time, or why their times don't serve.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> timed(Session((Utterance(0, "Lee", "Hello.", 1, start=2.0),)))
    'the transcript has no end times'
    """
    known = [
        Timed(said.role, said.start, said.end)
        for said in session.utterances
        if said.start is not None and said.end is not None
    ]
    if not any(said.start is not None for said in session.utterances):
        return "the transcript has no times"
    if len(known) < TIMED * len(session):
        return "the transcript has no end times"
    known.sort(key=lambda one: one.start)
    gaps = [later.start - earlier.end for earlier, later in pairwise(known)]
    if len(gaps) >= GAPS and sum(abs(gap) < 1e-6 for gap in gaps) >= TIMED * len(gaps):
        return "the transcript's end times only repeat the next start"
    return tuple(known)


def response_times(said: tuple[Timed, ...], role: Role) -> list[float]:
    """Return the seconds from the other's end to each start of ``role``.

    Only changes of speaker between therapist and client count; below zero where one begins
    before the other has ended.
    """
    other = Role.CLIENT if role is Role.THERAPIST else Role.THERAPIST
    return [
        later.start - earlier.end
        for earlier, later in pairwise(said)
        if earlier.role is other and later.role is role
    ]


def pauses_in(said: tuple[Timed, ...]) -> list[float]:
    """Return the silences of at least 3 seconds between utterances, whoever speaks."""
    found: list[float] = []
    heard_until = said[0].end if said else 0.0
    for one in said[1:]:
        if one.start - heard_until >= PAUSE:
            found.append(one.start - heard_until)
        heard_until = max(heard_until, one.end)
    return found


def overlaps_in(said: tuple[Timed, ...]) -> list[tuple[Timed, Timed]]:
    """Return the neighbours in time, of different roles, that talk at once for 0.2 s or more."""
    return [
        (earlier, later)
        for earlier, later in pairwise(said)
        if earlier.role is not later.role and min(earlier.end, later.end) - later.start >= OVERLAP
    ]


def interruptions_by(said: tuple[Timed, ...], role: Role) -> int:
    """Count the overlaps that ``role`` begins and that end with ``role`` holding the floor.

    The one who began first had at least half a second left, and stopped before the other did:
    an encourager, spoken while the other talks on, is no interruption.
    """
    return sum(
        later.role is role and earlier.end - later.start >= INTERRUPTION and later.end > earlier.end
        for earlier, later in overlaps_in(said)
    )


def _from_times(coded: CodedSession, compute: Callable[[tuple[Timed, ...]], Finding]) -> Finding:
    said = timed(coded.session)
    return not_applicable(said) if isinstance(said, str) else compute(said)


def _number(n: int) -> Finding:
    return Finding(float(n), n)


def _median(seconds: list[float]) -> Finding:
    return Finding(median(seconds) if seconds else None, len(seconds))


@indicator(
    title="Therapist's response time",
    unit=Unit.SECONDS,
    of="responses",
    minimum=RESPONSES_NEEDED,
    not_meaning="Slow is not inattentive and quick is not attentive. " + TIMES_ONLY,
)
def therapist_response_time(coded: CodedSession) -> Finding:
    """Median seconds from the client's end to the therapist's start.

    Range: any; below zero where the therapist mostly begins before the client has ended.
    Minimum: 5 responses. Does not mean: attention or its lack.
    """
    return _from_times(coded, lambda said: _median(response_times(said, Role.THERAPIST)))


@indicator(
    title="Client's response time",
    unit=Unit.SECONDS,
    of="responses",
    minimum=RESPONSES_NEEDED,
    not_meaning="A client may be thinking, feeling or at a loss; times cannot tell. " + TIMES_ONLY,
)
def client_response_time(coded: CodedSession) -> Finding:
    """Median seconds from the therapist's end to the client's start.

    Range: any; below zero where the client mostly begins before the therapist has ended.
    Minimum: 5 responses. Does not mean: withdrawal, or depth of thought.
    """
    return _from_times(coded, lambda said: _median(response_times(said, Role.CLIENT)))


@indicator(
    title="Pauses of 3 seconds or more",
    unit=Unit.COUNT,
    of="pauses",
    not_meaning="A silence can be work or distance; its length does not tell. " + TIMES_ONLY,
)
def pauses(coded: CodedSession) -> Finding:
    """Count the silences of at least 3 seconds between one utterance and the next.

    Pauses inside an utterance are not seen. Range: 0 upwards. Does not mean: that a silence was
    of use or in the way.
    """
    return _from_times(coded, lambda said: _number(len(pauses_in(said))))


@indicator(
    title="Overlaps",
    unit=Unit.COUNT,
    of="overlaps",
    not_meaning="Talking at once is often warmth and agreement. " + TIMES_ONLY,
)
def overlaps(coded: CodedSession) -> Finding:
    """Count the moments in which one begins while the other talks, for 0.2 seconds or more.

    Range: 0 upwards. Does not mean: interruption; that is counted by itself.
    """
    return _from_times(coded, lambda said: _number(len(overlaps_in(said))))


@indicator(
    title="Interruptions by the therapist",
    unit=Unit.COUNT,
    of="interruptions",
    not_meaning="The times do not tell whether the client felt cut off. " + TIMES_ONLY,
)
def therapist_interruptions(coded: CodedSession) -> Finding:
    """Count where the therapist begins 0.5 s or more before the client ends, and outlasts them.

    Range: 0 upwards. Does not mean: rudeness; some are help with a word.
    """
    return _from_times(coded, lambda said: _number(interruptions_by(said, Role.THERAPIST)))


@indicator(
    title="Interruptions by the client",
    unit=Unit.COUNT,
    of="interruptions",
    not_meaning="Breaking in can be engagement as well as protest. " + TIMES_ONLY,
)
def client_interruptions(coded: CodedSession) -> Finding:
    """Count where the client begins 0.5 s or more before the therapist ends, and outlasts them.

    Range: 0 upwards. Does not mean: protest or lack of trust.
    """
    return _from_times(coded, lambda said: _number(interruptions_by(said, Role.CLIENT)))


MEASURES: tuple[Measure, ...] = (
    therapist_response_time,
    client_response_time,
    *(
        each
        for measure in (pauses, overlaps, therapist_interruptions, client_interruptions)
        for each in (measure, per_10_minutes(measure))
    ),
)
