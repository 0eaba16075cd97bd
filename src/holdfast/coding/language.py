"""Whether a session's words look English, which is all that the coder reads."""

from __future__ import annotations

import re

from holdfast.session import Session

ENOUGH = 30
"""Words below which nothing is said about the language."""

SHARE = 0.2
"""Least share of English function words; English talk has about half."""

FUNCTION_WORDS = frozenset(
    """
    a about all am an and any are as at be because been but by can could did do does for from get
    go going good had has have he her him his how i if in is it its just know like me more my no not
    now of okay on one or our out really right say see she should so some that the their them then
    there they think this to too up us very want was we were what when where which who will with
    would yeah yes you your
    """.split()  # noqa: SIM905
)

_WORD = re.compile(r"[^\W\d_]+")


def reads_as_english(session: Session) -> bool:
    """Return whether a session's words look English, or are too few to tell.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> said = "Ich war so traurig und einsam, und niemand hat es gemerkt. " * 5
    >>> reads_as_english(Session((Utterance(0, "Lee", said, line=1),)))
    False
    """
    words = [word for one in session.utterances for word in _WORD.findall(one.text.lower())]
    if len(words) < ENOUGH:
        return True
    return sum(word in FUNCTION_WORDS for word in words) >= SHARE * len(words)
