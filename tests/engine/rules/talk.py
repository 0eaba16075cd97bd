"""Short conversations to run the rules over."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.coding.codes import Code
from holdfast.coding.rules import code_by_rules
from holdfast.session import Role, Session, Utterance

ROLES = {"T": Role.THERAPIST, "C": Role.CLIENT, "O": Role.OTHER, "?": None}


def conversation(*lines: str) -> Session:
    """Build a session from lines such as ``"C: I slept badly."``."""
    return Session(
        tuple(
            Utterance(index, line[0], line[3:], line=index + 1, role=ROLES[line[0]])
            for index, line in enumerate(lines)
        )
    )


def codes_of_last(*lines: str) -> Mapping[str, Code]:
    """Return the rule codes of the last line."""
    return code_by_rules(conversation(*lines))[-1]


def said(role: Role, text: str, before: str | None = None) -> Mapping[str, Code]:
    """Return the codes of one utterance, after one of the other speaker's if there is one."""
    letter, other = ("T", "C") if role is Role.THERAPIST else ("C", "T")
    lines = [f"{letter}: {text}"]
    return codes_of_last(*([f"{other}: {before}"] if before else []), *lines)
