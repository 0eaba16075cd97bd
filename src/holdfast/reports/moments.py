"""Which lines of a session are worth going back to. Pure rules, stated here in full.

*Kept*: up to three reflections by the therapist of which the coder is sure, with at least
:data:`ENOUGH_WORDS` words, that follow a client's line with a feeling or an opening. Complex
ones come first, then those that follow an opening, then the likeliest; no two lie within
:data:`APART` lines.

*Missed*: up to two openings whose answer was "missed": stated feelings before hinted ones,
then those of which the coder is surest, of the opening and of the answer together.

*Reread*: up to three stretches with marks of withdrawal or confrontation; marks at most
:data:`STRETCH` lines apart belong together, and stretches with more marks come first.

Where nothing qualifies there is nothing: no rule is relaxed to fill a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from holdfast.coding.codes import CodedSession
from holdfast.indicators.opened import OPPORTUNITY, RESPONSE, Opening, Response
from holdfast.reports.feelings import feelings_at, in_words
from holdfast.reports.heard import STRAINS, abstained, heard_kind
from holdfast.session import Role

STATED = "stated"
ENOUGH_WORDS = 5
APART = 8
STRETCH = 4
LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """A few lines worth going back to.

    Attributes
    ----------
    focus
        Indices of the utterances that it is about.
    lines
        Indices of those and the utterances around them, in order.
    why
        What made the rule choose it, in a sentence without its full stop.
    """

    focus: tuple[int, ...]
    lines: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of a session; each tuple may be empty, and that is a finding too."""

    kept: tuple[Moment, ...] = ()
    missed: tuple[Moment, ...] = ()
    reread: tuple[Moment, ...] = ()


def find_moments(coded: CodedSession, openings: Sequence[Opening] = ()) -> Moments:
    """Return the moments of a session by the rules that this module states."""
    return Moments(
        kept=_kept(coded, {opening.index for opening in openings}),
        missed=_missed(coded, openings),
        reread=_reread(coded),
    )


def _kept(coded: CodedSession, opened: set[int]) -> tuple[Moment, ...]:
    found = []
    for utterance in coded.session.said_by(Role.THERAPIST):
        kind = heard_kind(coded, utterance.index, "reflection")
        before = _felt_before(coded, utterance.index, opened)
        doubtful = abstained(coded, utterance.index) or utterance.words < ENOUGH_WORDS
        if kind is None or before is None or doubtful:
            continue
        weight = (kind == "complex", before in opened, _likelihood(coded, utterance.index))
        found.append((weight, utterance.index, before, kind))
    found.sort(key=lambda one: (one[0], -one[1]), reverse=True)
    chosen = _spaced(((index, before, kind) for _, index, before, kind in found), most=3)
    return tuple(
        Moment(
            focus=(index,),
            lines=tuple(range(before, _reply_after(coded, index) + 1)),
            why=_why_kept(coded, before, kind),
        )
        for index, before, kind in sorted(chosen)
    )


def _felt_before(coded: CodedSession, index: int, opened: set[int]) -> int | None:
    """Return the client's latest line just before, if a feeling or an opening is in it."""
    for earlier in range(index - 1, max(-1, index - 1 - LOOK_BACK), -1):
        if coded.session.utterances[earlier].role is Role.CLIENT:
            felt = earlier in opened or feelings_at(coded, earlier)
            return earlier if felt else None
    return None


def _likelihood(coded: CodedSession, index: int) -> float:
    code = coded.codes[index].get("behaviour") or coded.codes[index].get("reflection")
    return code.p if code is not None and isinstance(code.p, float) else 0.0


def _spaced(found: Iterable[tuple[int, int, str]], most: int) -> list[tuple[int, int, str]]:
    chosen: list[tuple[int, int, str]] = []
    for one in found:
        if len(chosen) < most and all(abs(one[0] - other[0]) >= APART for other in chosen):
            chosen.append(one)
    return chosen


def _reply_after(coded: CodedSession, index: int) -> int:
    """Return the client's next line if it comes within two, else the line itself."""
    for later in range(index + 1, min(len(coded.session), index + 3)):
        if coded.session.utterances[later].role is Role.CLIENT:
            return later
    return index


def _why_kept(coded: CodedSession, before: int, kind: str) -> str:
    reflection = f"A {kind} reflection" if kind else "A reflection"
    feelings = [in_words(feeling) for feeling in feelings_at(coded, before)[:2]]
    return f"{reflection}, after {' and '.join(feelings) or 'an opening'}"


def _missed(coded: CodedSession, openings: Sequence[Opening]) -> tuple[Moment, ...]:
    missed = [opening for opening in openings if opening.response is Response.MISSED]
    missed.sort(key=lambda one: (one.kind != STATED, -_sureness(coded, one.index), one.index))
    return tuple(_missed_moment(coded, one) for one in sorted(missed[:2], key=lambda o: o.index))


def _sureness(coded: CodedSession, index: int) -> float:
    """Return how likely it is that the line opens a feeling and was answered as it is said."""
    codes = (coded.codes[index].get(name) for name in (OPPORTUNITY, RESPONSE))
    likely = [one.p for one in codes if one is not None and isinstance(one.p, float)]
    return prod(likely) if len(likely) == 2 else 0.0


def _missed_moment(coded: CodedSession, opening: Opening) -> Moment:
    last = opening.index if opening.response_index is None else opening.response_index
    end = min(len(coded.session), last + 2)
    named = "A feeling is stated" if opening.kind == STATED else "A feeling is hinted at"
    return Moment(
        focus=(opening.index,),
        lines=tuple(range(opening.index, end)),
        why=f"{named}, and {_instead(coded, opening.response_index)}",
    )


def _instead(coded: CodedSession, index: int | None) -> str:
    """Return what came in place of an answer to the feeling."""
    if index is None:
        return "nothing is said to it"
    question = heard_kind(coded, index, "question")
    if question is not None:
        return f"{_article(question)}question follows"
    given = heard_kind(coded, index, "input")
    if given is not None:
        return f"{given or 'input'} follows"
    return "the next words leave it"


def _article(kind: str) -> str:
    return {"open": "an open ", "closed": "a closed "}.get(kind, "a ")


def _reread(coded: CodedSession) -> tuple[Moment, ...]:
    marked = [
        index
        for index, codes in enumerate(coded.codes)
        if any(name in codes and codes[name].heard for name in STRAINS)
    ]
    stretches: list[list[int]] = []
    for index in marked:
        if stretches and index - stretches[-1][-1] <= STRETCH:
            stretches[-1].append(index)
        else:
            stretches.append([index])
    chosen = sorted(stretches, key=lambda one: (-len(one), one[0]))[:3]
    return tuple(_reread_moment(coded, stretch) for stretch in sorted(chosen))


def _reread_moment(coded: CodedSession, stretch: list[int]) -> Moment:
    names = [
        name for name in STRAINS if any(coded.value(index, name) is not None for index in stretch)
    ]
    first, last = max(0, stretch[0] - 1), min(len(coded.session) - 1, stretch[-1] + 1)
    return Moment(
        focus=tuple(stretch),
        lines=tuple(range(first, last + 1)),
        why=_why_reread(len(stretch), names),
    )


def _why_reread(marks: int, names: list[str]) -> str:
    possible = f"possible {' and '.join(names)}"
    if marks == 1:
        return f"One mark of {possible}"
    return f"{marks} marks of {possible}, close together"
