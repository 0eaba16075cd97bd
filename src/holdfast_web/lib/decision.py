"""One rule that both guards an action and explains the greyed button."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done, and if not why not; true or false by itself.

    Attributes
    ----------
    allowed
        Whether it may.
    reason
        For the person who asked, in a plain sentence; empty when it may.

    Examples
    --------
    >>> bool(YES), bool(no("This session has not begun yet."))
    (True, False)
    """

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str) -> Decision:
    """Return a refusal with its reason."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Go on only if a rule allows it.

    Raises
    ------
    Refused
        With the rule's reason, which the page shows.
    """
    if not decision:
        raise Refused(decision.reason)
