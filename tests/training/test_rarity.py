"""How much a yes counts in the loss follows from how rare its label is."""

from __future__ import annotations

import numpy as np
import pytest

from training.encoded import Encoded
from training.rarity import rarity
from training.recipe import Recipe
from training.tasks import HEARD, OUTPUTS, spans

HOPE = spans()["heard"].start + HEARD.index("hope")


def heard(hopeful: int, others: int) -> Encoded:
    """Return a session in which so many utterances hold hope, and so many hold nothing."""
    yes = tuple(float(label == "hope") for label in HEARD)
    no = (0.0,) * len(HEARD)
    targets = ({"heard": yes},) * hopeful + ({"heard": no},) * others
    return Encoded(("client",) * len(targets), ((7,),) * len(targets), targets)


@pytest.mark.parametrize(("hopeful", "weight"), [(50, 1), (20, 1), (10, 1.5), (1, 4.97), (0, 8)])
def test_the_rarer_a_label_the_more_its_yes_counts_up_to_the_heaviest(
    hopeful: int, weight: float
) -> None:
    assert rarity([heard(hopeful, 100 - hopeful)], Recipe())[HOPE] == pytest.approx(
        weight, abs=0.01
    )


def test_the_recipe_says_how_heavy_a_yes_may_become() -> None:
    assert rarity([heard(1, 99)], Recipe(heaviest=1))[HOPE] == 1


def test_utterances_of_which_nothing_is_known_are_not_counted() -> None:
    unknown = Encoded(("client",) * 50, ((7,),) * 50, ({},) * 50)
    assert rarity([heard(10, 90), unknown], Recipe())[HOPE] == pytest.approx(1.5)


def test_what_sessions_do_not_carry_keeps_one() -> None:
    weights = rarity([heard(1, 99)], Recipe())
    others = np.delete(weights, np.r_[spans()["heard"]])
    assert weights.shape == (OUTPUTS,)
    assert (others == 1).all()
