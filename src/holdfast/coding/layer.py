"""Turns the outputs of the annotation layer's heads into codes.

The heads ``said`` (a therapist's utterance) and ``heard`` (a client's) answer yes or no to many
questions at once. A label's form says which: ``code`` asks whether a code is there at all,
``code=value`` for one of its values, ``code>=2`` for a level or a higher one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.codes import Code
from holdfast.coding.decode import ABSENT, Logits, likeliest_code, probabilities
from holdfast.runtime import Card, Head
from holdfast.session import Role, Session

OTHERWISE = {
    "empathic_opportunity": "hinted",
    "reassurance": "plain",
    "suggestion": "without_permission",
}
"""The value of a code that is there and is not the value that its second label asks for."""

OPENING = "empathic_opportunity"
PRESENT = "present"
Asked = Sequence[tuple[str, float, float]]
"""Labels of one code, each with its probability and the threshold from which it counts."""


def layer_codes(logits: Logits, card: Card, *heads: str) -> dict[str, Code]:
    """Return the codes that heads of the layer hear in one utterance.

    Parameters
    ----------
    logits
        ``[outputs]``, of all heads.
    card
        The model's card. A head that it doesn't have gives no code.
    heads
        ``"said"`` and ``"uptake"`` for a therapist's utterance, ``"heard"`` for a client's.
    """
    given = [card.heads[name] for name in heads if name in card.heads]
    return {name: code for head in given for name, code in _of_head(logits, head).items()}


def _of_head(logits: Logits, head: Head) -> dict[str, Code]:
    p = probabilities(logits, head)
    asked = [
        (label, round(float(one), 4), threshold)
        for label, one, threshold in zip(head.labels, p, head.thresholds, strict=True)
    ]
    return {
        name: _code(name, list(labels))
        for name, labels in groupby(asked, key=lambda one: _name(one[0]))
    }


def with_answers(
    codes: Sequence[Mapping[str, Code]], session: Session, logits: NDArray[np.float32], card: Card
) -> list[dict[str, Code]]:
    """Return the codes with feeling and response beside every opening that was heard.

    The feeling is read off the client's own utterance, the response off the therapist's next one;
    an opening after which no therapist speaks has none.
    """
    found = [dict(one) for one in codes]
    if not {"feeling", "response"} <= set(card.heads):
        return found
    answer: int | None = None
    for place in range(len(found) - 1, -1, -1):
        said = session.utterances[place]
        if said.role is Role.THERAPIST and said.words:
            answer = place
        elif said.role is Role.CLIENT and OPENING in found[place]:
            opened = found[place][OPENING].value is not None
            found[place] |= {
                "feeling": _which("feeling", logits, place if opened else None, card),
                "response": _which("response", logits, answer if opened else None, card),
            }
    return found


def _name(label: str) -> str:
    return label.replace(">=", "=").partition("=")[0]


def _code(name: str, asked: Asked) -> Code:
    if asked[0][0] == name:
        return _present(name, asked)
    return _level(name, asked) if ">=" in asked[0][0] else _several(name, asked)


def _present(name: str, asked: Asked) -> Code:
    """Return a code that is there or not; its second label, if any, tells which of two values."""
    (_, p, threshold), *kinds = asked
    if not kinds:
        return _or_absent(name, PRESENT if p >= threshold else None, ((PRESENT, p),))
    label, kind, enough = kinds[0]
    value = label.partition("=")[2]
    kind_p = min(kind, p)
    heard = value if kind >= enough else OTHERWISE[name]
    given = ((value, kind_p), (OTHERWISE[name], p - kind_p))
    return _or_absent(name, heard if p >= threshold else None, given)


def _level(name: str, asked: Asked) -> Code:
    """Return the highest level of which this level and every lower one is heard."""
    heard = 0
    while heard < len(asked) and asked[heard][1] >= asked[heard][2]:
        heard += 1
    at_least = list(accumulate((p for _, p, _ in asked), min))
    each = [p - above for p, above in zip(at_least, [*at_least[1:], 0.0], strict=True)]
    given = tuple((str(level), p) for level, p in enumerate(each, start=1))
    return _or_absent(name, str(heard) if heard else None, given)


def _several(name: str, asked: Asked) -> Code:
    """Several values may hold at once."""
    pairs = [(label.partition("=")[2], p, p >= enough) for label, p, enough in asked]
    heard = sorted(((value, p) for value, p, holds in pairs if holds), key=lambda one: -one[1])
    return Code(
        name,
        tuple(value for value, _ in heard),
        tuple(p for _, p in heard),
        alternatives=tuple((value, p) for value, p, _ in pairs),
    )


def _or_absent(name: str, value: str | None, given: Sequence[tuple[str, float]]) -> Code:
    """Return a value or its absence, which has whatever probability the values leave over."""
    absent = 1 - sum(p for _, p in given)
    pairs = tuple((label, round(p, 4)) for label, p in ((ABSENT, absent), *given))
    return Code(name, value, dict(pairs)[value or ABSENT], alternatives=pairs)


def _which(name: str, logits: NDArray[np.float32], place: int | None, card: Card) -> Code:
    if place is None:
        return Code(name, None)
    return likeliest_code(name, logits[place], card.heads[name])
