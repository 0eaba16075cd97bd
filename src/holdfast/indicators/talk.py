"""How the talk was shared: words, time and turns.

No share is known to be the right one; these are facts of the transcript.
"""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator, not_applicable
from holdfast.indicators.indicator import Unit
from holdfast.indicators.turns import turns, words
from holdfast.session import Role, Session

WORDS_NEEDED = 100
TURNS_NEEDED = 5


@indicator(
    title="Therapist's share of the words",
    unit=Unit.SHARE,
    of="words",
    minimum=WORDS_NEEDED,
    not_meaning="No share is known to be right: who needs to talk differs by session and person.",
)
def talk_share(coded: CodedSession) -> Finding:
    """Words of the therapist, of all words of therapist and client.

    Formula: ``words_T / (words_T + words_C)``, words without stage directions
    ("[laughs]"). Range: 0 to 1. Minimum: 100 words. Does not mean: that more or less of it is
    better.
    """
    ours, theirs = (words(coded.session, role) for role in (Role.THERAPIST, Role.CLIENT))
    return Finding(ours / (ours + theirs) if ours + theirs else None, ours + theirs)


@indicator(
    title="Therapist's share of the talking time",
    unit=Unit.SHARE,
    of="seconds of talk",
    minimum=60,
    not_meaning="No share is known to be right: who needs to talk differs by session and person.",
)
def talk_time_share(coded: CodedSession) -> Finding:
    """Seconds in which the therapist talks, of the seconds in which either talks.

    Formula: ``seconds_T / (seconds_T + seconds_C)``, each the sum of end minus start. Range: 0
    to 1. Minimum: 60 seconds of talk. Not applicable unless every utterance of the two has an
    end. Does not mean: that more or less of it is better.
    """
    ours, theirs = (seconds(coded.session, role) for role in (Role.THERAPIST, Role.CLIENT))
    if ours is None or theirs is None:
        return not_applicable("the transcript has no end times")
    return Finding(ours / (ours + theirs) if ours + theirs else None, int(ours + theirs))


@indicator(
    name="turns",
    title="Turns",
    unit=Unit.COUNT,
    of="turns",
    not_meaning="Many short turns and few long ones can both be a good conversation.",
)
def turn_count(coded: CodedSession) -> Finding:
    """Count the turns of therapist and client: consecutive utterances of one role.

    A turn without words ("[nods]") ends the turn before it and is not counted itself.
    Range: 0 upwards. Does not mean: that the talk was lively or shared.
    """
    n = sum(
        turn.role in (Role.THERAPIST, Role.CLIENT) and turn.words > 0
        for turn in turns(coded.session)
    )
    return Finding(float(n), n)


@indicator(
    title="Therapist's words per turn",
    unit=Unit.INDEX,
    of="turns",
    minimum=TURNS_NEEDED,
    not_meaning="Brief is not the same as attentive, and a long turn may be what was asked for.",
)
def therapist_words_per_turn(coded: CodedSession) -> Finding:
    """Words of the therapist by the therapist's turns.

    Formula: ``words_T / turns_T``, turns with words. Range: 0 upwards. Minimum: 5
    turns. Does not mean: that the therapist listened well or badly.
    """
    return _words_per_turn(coded.session, Role.THERAPIST)


@indicator(
    title="Client's words per turn",
    unit=Unit.INDEX,
    of="turns",
    minimum=TURNS_NEEDED,
    not_meaning="Short answers are not by themselves withdrawal, nor long ones closeness.",
)
def client_words_per_turn(coded: CodedSession) -> Finding:
    """Words of the client by the client's turns.

    Formula: ``words_C / turns_C``, turns with words. Range: 0 upwards. Minimum: 5
    turns. Does not mean: that the client was open or withdrawn; text cannot show that.
    """
    return _words_per_turn(coded.session, Role.CLIENT)


def seconds(session: Session, role: Role) -> float | None:
    """Return the seconds that one role talks, ``None`` where an end is missing."""
    lasted = [said.seconds for said in session.said_by(role)]
    known = [one for one in lasted if one is not None]
    return sum(known) if len(known) == len(lasted) else None


def _words_per_turn(session: Session, role: Role) -> Finding:
    held = [turn.words for turn in turns(session) if turn.role is role and turn.words]
    return Finding(sum(held) / len(held) if held else None, len(held))


MEASURES: tuple[Measure, ...] = (
    talk_share,
    talk_time_share,
    turn_count,
    therapist_words_per_turn,
    client_words_per_turn,
)
