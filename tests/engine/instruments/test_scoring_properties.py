"""What holds for every instrument that ships, whatever the answers are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.instruments import (
    AnswerError,
    Instrument,
    Item,
    Scale,
    load_instrument,
    safety_flags,
    score,
)
from holdfast.instruments.library import shipped_names
from holdfast.instruments.score import SafetyFlag

NAMES = shipped_names()
FEW = settings(max_examples=25)
PLAIN = [
    (name, scale.name)
    for name in NAMES
    for scale in load_instrument(name).scales
    if not any(load_instrument(name).item(one).asked_if for one in scale.items)
]
"""Scales all of whose items are always asked."""


def choices(instrument: Instrument) -> dict[str, tuple[float, ...]]:
    return {one.name: one.options.values for one in instrument.items if one.options}


def complete(instrument: Instrument) -> st.SearchStrategy[dict[str, float]]:
    offered = choices(instrument)
    return st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in offered.items()}
    )


def partial(instrument: Instrument) -> st.SearchStrategy[dict[str, float]]:
    offered = choices(instrument)
    each = {name: st.sampled_from(values) for name, values in offered.items()}
    return st.fixed_dictionaries({}, optional=each)


def without_skipped(instrument: Instrument, answers: dict[str, float]) -> dict[str, float]:
    skipped = {
        one.name for one in instrument.items if one.asked_if and not one.asked_if.holds(answers)
    }
    return {name: answer for name, answer in answers.items() if name not in skipped}


def counted(item: Item, answer: float) -> float:
    """Turn a reversed answer round, by the place of its option."""
    assert item.options is not None
    values = item.options.values
    return values[len(values) - 1 - values.index(answer)] if item.reverse else answer


def expected(instrument: Instrument, scale: Scale, given: dict[str, float]) -> float | None:
    """Work out a scale by hand: the mean of what is there stands for what is not."""
    there = [counted(instrument.item(name), given[name]) for name in scale.items if name in given]
    gaps = len(scale.items) - len(there)
    if gaps > scale.max_missing:
        return None
    mean = sum(there) / len(there)
    if gaps and scale.fill == "none" and scale.method == "sum":
        return sum(there) * scale.times
    return scale.times * (mean if scale.method == "mean" else mean * len(scale.items))


def flags_by_hand(instrument: Instrument, given: dict[str, float]) -> tuple[SafetyFlag, ...]:
    return tuple(
        SafetyFlag(item.name, given[item.name], item.safety.kind, item.safety.title)
        for item in instrument.items
        if item.safety and item.name in given and given[item.name] >= item.safety.at_least
    )


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_the_order_of_the_answers_does_not_matter(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = data.draw(partial(instrument))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert score(instrument, shuffled) == score(instrument, answers)


@pytest.mark.parametrize(("name", "scale"), PLAIN)
@FEW
@given(data=st.data())
def test_a_scale_is_what_it_comes_to_by_hand(name: str, scale: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = data.draw(partial(instrument))
    found = score(instrument, answers).scale(scale)
    by_hand = expected(instrument, instrument.scale(scale), answers)
    assert found.value == (None if by_hand is None else pytest.approx(by_hand))
    assert (found.missing is None) == (found.value is not None)


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_value_lies_within_its_range(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    for one in score(instrument, data.draw(partial(instrument))).scales:
        scale = instrument.scale(one.name)
        assert one.value is None or scale.lowest <= one.value <= scale.highest
        assert bool(one.band) == (one.value is not None and bool(scale.bands))


@pytest.mark.parametrize(("name", "scale"), PLAIN)
def test_the_bounds_are_reached_at_the_extremes_and_nowhere_else(name: str, scale: str) -> None:
    instrument = load_instrument(name)
    of = instrument.scale(scale)
    least, most = {}, {}
    for item in (instrument.item(one) for one in of.items):
        assert item.options is not None
        ends = item.options.values[0], item.options.values[-1]
        least[item.name], most[item.name] = reversed(ends) if item.reverse else ends
    assert score(instrument, least).scale(scale).value == of.lowest
    assert score(instrument, most).scale(scale).value == of.highest
    one = of.items[0]
    assert score(instrument, {**least, one: most[one]}).scale(scale).value != of.lowest


@pytest.mark.parametrize(("name", "scale"), PLAIN)
@FEW
@given(data=st.data())
def test_one_answer_more_or_less_moves_the_scale_the_way_its_item_counts(
    name: str, scale: str, data: st.DataObject
) -> None:
    instrument = load_instrument(name)
    answers = data.draw(complete(instrument))
    item = instrument.item(data.draw(st.sampled_from(instrument.scale(scale).items)))
    assert item.options is not None
    before, after = data.draw(
        st.lists(st.sampled_from(item.options.values), min_size=2, max_size=2, unique=True).map(
            sorted
        )
    )
    low = score(instrument, {**answers, item.name: before}).scale(scale).value
    high = score(instrument, {**answers, item.name: after}).scale(scale).value
    assert low is not None
    assert high is not None
    assert (high < low) if item.reverse else (high > low)


@pytest.mark.parametrize(("name", "scale"), PLAIN)
@FEW
@given(data=st.data())
def test_a_scale_has_no_value_exactly_if_too_many_answers_are_missing(
    name: str, scale: str, data: st.DataObject
) -> None:
    instrument = load_instrument(name)
    of = instrument.scale(scale)
    answers = data.draw(complete(instrument))
    gone = data.draw(st.sets(st.sampled_from(of.items), max_size=min(5, len(of.items))))
    left = {one: answer for one, answer in answers.items() if one not in gone}
    found = score(instrument, left).scale(scale)
    assert (found.value is None) == (len(gone) > of.max_missing)
    if found.value is None:
        assert found.missing is not None
        assert str(len(gone)) in found.missing
        assert (found.band, found.cutoffs, found.filled) == ("", (), ())
    else:
        assert set(found.filled) == gone


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_missing_answer_is_as_good_as_none(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = data.draw(partial(instrument))
    spelt: dict[str, Any] = {**dict.fromkeys(choices(instrument)), **answers}
    assert score(instrument, spelt) == score(instrument, answers)


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_safety_flags_depend_on_their_item_alone(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = data.draw(partial(instrument))
    found = score(instrument, answers).safety
    assert found == flags_by_hand(instrument, answers)
    for flag in found:
        assert safety_flags(instrument, {flag.item: flag.answer}) == (flag,)


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_an_answer_more_never_takes_back_what_was_certain(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = without_skipped(instrument, data.draw(complete(instrument)))
    gone = data.draw(st.sets(st.sampled_from(sorted(answers)), max_size=3))
    fewer = score(instrument, {one: answers[one] for one in answers if one not in gone})
    whole = score(instrument, answers)
    for before, after in zip(fewer.findings, whole.findings, strict=True):
        assert before.holds in {None, after.holds}
        assert after.holds is not None
    if fewer.level is not None:
        names = [one.name for one in instrument.levels]
        assert whole.level is not None
        assert names.index(whole.level.name) <= names.index(fewer.level.name)
        if fewer.level_missing is None:
            assert whole.level == fewer.level


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_what_is_not_offered_is_refused_and_not_repeated(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    offered = choices(instrument)
    item = data.draw(st.sampled_from(sorted(offered)))
    odd = st.one_of(st.floats(), st.integers(), st.just("gaol7391"), st.booleans())
    answer = data.draw(odd.filter(lambda one: isinstance(one, bool) or one not in offered[item]))
    with pytest.raises(AnswerError, match=f"^{item}: the answer is none of ") as refused:
        score(instrument, {item: answer})
    assert "gaol7391" not in str(refused.value)
