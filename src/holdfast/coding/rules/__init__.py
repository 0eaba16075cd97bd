"""Codes by transparent rules: phrases kept as data, and what was said just before.

A rule has no probability. Each code carries the characters that matched, so that a reader can
see why; how often each rule was right when its matches were read stands in ``accuracy.toml``.
A value that this reading did not bear out is given as unsure: reports leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from holdfast.codebooks.codebook import load_codebook
from holdfast.coding.codes import Code
from holdfast.coding.rules.accuracy import RuleAccuracy, borne_out, rule_accuracy
from holdfast.coding.rules.client import settle_client
from holdfast.coding.rules.heard import Heard, listen
from holdfast.coding.rules.lexicon import lexicon
from holdfast.coding.rules.therapist import settle_therapist
from holdfast.coding.rules.turns import Found, Turn
from holdfast.session import Role, Session, Utterance

__all__ = ["RuleAccuracy", "code_by_rules", "rule_accuracy"]


def code_by_rules(session: Session) -> tuple[dict[str, Code], ...]:
    """Return the codes that rules give to each utterance of a session.

    Parameters
    ----------
    session
        A session with roles.

    Returns
    -------
    tuple of dict
        One for each utterance: every rule code for its speaker's role by name, its value
        ``None`` where the code is not present. Empty for speakers who are neither therapist
        nor client.

    Examples
    --------
    >>> from holdfast.session import Role, Session, Utterance
    >>> said = "Well, I don't think you understand."
    >>> session = Session((Utterance(0, "Lee", said, line=1, role=Role.CLIENT),))
    >>> code = code_by_rules(session)[0]["relationship_talk"]
    >>> code.value, said[slice(*code.words)]
    ('negative', "I don't think you understand")
    """
    turns: list[Turn] = []
    for utterance in session.utterances:
        turns.append(_turn(utterance, turns))
    return tuple(_codes(turn) for turn in turns)


def _turn(utterance: Utterance, before: Sequence[Turn]) -> Turn:
    heard = listen(utterance.text)
    turn = Turn(utterance.role, heard, {})
    if utterance.role in _SETTLE:
        found = lexicon(utterance.role).find(heard)
        turn.found = _SETTLE[utterance.role](heard, found, before)
    return turn


_SETTLE = {Role.THERAPIST: settle_therapist, Role.CLIENT: settle_client}


def _codes(turn: Turn) -> dict[str, Code]:
    return {name: _code(name, values, turn.heard, turn.found) for name, values in _order(turn.role)}


def _code(name: str, values: Sequence[str], heard: Heard, found: Found) -> Code:
    for value in values:
        match = found.get((name, value))
        if match is not None:
            words = heard.characters(*match.meant)
            return Code(name, value, by="rules", unsure=not borne_out(name, value), words=words)
    return Code(name, None, by="rules")


@cache
def _order(role: Role | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the rule codes for a role, each with its values, first the one that counts first."""
    if role is None:
        return ()
    return tuple(
        (code.name, tuple(value.name for value in code.values))
        for code in load_codebook().codes_for(role, by="rules")
    )
