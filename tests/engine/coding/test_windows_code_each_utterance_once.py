from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.batches import OPENING, PADDING, by_length, lay_out
from holdfast.coding.windows import clip, windows

SIZE, CONTEXT = 60, 20
lengths = st.lists(st.integers(1, SIZE), max_size=60)


@given(lengths)
def test_every_utterance_is_coded_exactly_once_and_in_order(lengths: list[int]) -> None:
    laid = windows(lengths, size=SIZE, context=CONTEXT)
    coded = [index for window in laid for index in range(window.coded, window.last)]
    assert coded == list(range(len(lengths)))


@given(lengths)
def test_no_window_holds_more_tokens_than_its_size_nor_more_context_than_allowed(
    lengths: list[int],
) -> None:
    for window in windows(lengths, size=SIZE, context=CONTEXT):
        assert window.tokens == sum(lengths[window.first : window.last]) <= SIZE
        assert sum(lengths[window.first : window.coded]) <= CONTEXT


@given(lengths)
def test_an_utterance_after_the_first_has_context_when_there_is_room(lengths: list[int]) -> None:
    for window in windows(lengths, size=SIZE, context=CONTEXT):
        if window.coded and window.first == window.coded:
            before, first = lengths[window.coded - 1], lengths[window.coded]
            assert before > CONTEXT or before + first > SIZE


@given(st.lists(st.integers(1000, 2000), max_size=40), st.integers(1, 30))
def test_a_long_utterance_keeps_its_beginning_and_its_end(ids: list[int], limit: int) -> None:
    kept = clip(ids, limit)
    assert len(kept) == min(len(ids), limit)
    head = (len(kept) + 1) // 2
    assert kept[:head] == ids[:head]
    assert len(kept) == head or kept[head:] == ids[len(ids) - (len(kept) - head) :]


@given(lengths.filter(bool))
def test_the_arrays_hold_every_token_of_a_window_with_its_owner(lengths: list[int]) -> None:
    utterances = [[1000 + index] * length for index, length in enumerate(lengths)]
    laid = windows(lengths, size=SIZE, context=CONTEXT)
    batch = lay_out(utterances, laid)
    assert set(batch.tokens[:, 0]) == {OPENING}
    for row, window in enumerate(batch.windows):
        for slot, index in enumerate(range(window.first, window.last), start=1):
            owned = batch.tokens[row][batch.owner[row] == slot]
            assert list(owned) == utterances[index]
        assert set(batch.tokens[row][batch.owner[row] < 0]) <= {PADDING}


@given(lengths.filter(bool), st.integers(SIZE + 1, 400))
def test_batches_hold_every_window_once_within_their_budget(
    lengths: list[int], budget: int
) -> None:
    laid = windows(lengths, size=SIZE, context=CONTEXT)
    groups = list(by_length(laid, budget))
    assert sorted(window.coded for group in groups for window in group) == [
        window.coded for window in laid
    ]
    for group in groups:
        padded = len(group) * (1 + max(window.tokens for window in group))
        assert padded <= budget or len(group) == 1
