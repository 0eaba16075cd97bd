"""What the shipped model tells too poorly to count on is experimental wherever it is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from holdfast.codebooks import load_codebook
from holdfast.codebooks.codebook import CodeDefinition
from holdfast.codebooks.labels import parts_of
from holdfast.indicators import INDICATORS
from holdfast.indicators.indicator import Status
from holdfast.reports.accuracy import accuracy_of, card_accuracy
from holdfast.runtime import load_model
from tests.engine.indicators.conftest import build

LAYER = load_model().card.accuracy["layer"]
KNOWN = card_accuracy(load_model().card.accuracy)
LEARNED = [
    code
    for code in load_codebook().codes
    if code.by == "model" and any(parts_of(label)[0] == code.name for label in LAYER)
]
EMPTY = build(("T", "Hello."), ("C", "Hello."))


def labels_that_decide(code: CodeDefinition) -> Iterator[str]:
    """Yield every value of a code that may have several, else whether it is there at all."""
    own = [label for label in LAYER if parts_of(label)[0] == code.name]
    yield from own if code.choice == "many" else own[:1]


@pytest.mark.parametrize("code", LEARNED, ids=lambda code: code.name)
def test_a_code_of_the_layer_is_experimental_where_the_model_hears_it_too_poorly(
    code: CodeDefinition,
) -> None:
    usable = all(LAYER[label]["usable"] for label in labels_that_decide(code))
    assert (code.status == "experimental") is not usable


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_experimental_where_the_code_under_it_is(name: str) -> None:
    found = INDICATORS[name](EMPTY)
    if accuracy_of(found, KNOWN).experimental:
        assert found.status is Status.EXPERIMENTAL
