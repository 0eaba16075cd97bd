"""The difference of two texts: complete both ways, escaped, readable without colour."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from holdfast_web.agreements.differences import Mark, difference, pieces

words = st.text(st.sampled_from("ab é'’.,<>&\"/\n[]{}0") | st.characters(codec="utf-8"))
some = st.lists(st.sampled_from(["we", "answer", "within", "48", "24", "hours", ",", "<ins>"]))


def without(told: str, mark: str) -> str:
    """Return a difference as plain text, without what stands in one kind of mark."""
    return unescape(re.sub(r"</?(ins|del)>", "", re.sub(rf"(?s)<{mark}>.*?</{mark}>", "", told)))


@given(words, words)
def test_without_what_was_removed_it_is_the_new_text(old: str, new: str) -> None:
    assert without(difference(old, new), "del") == new


@given(words, words)
def test_without_what_was_added_it_is_the_old_text(old: str, new: str) -> None:
    assert without(difference(old, new), "ins") == old


@given(some, some)
def test_texts_of_words_come_back_both_ways(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    told = difference(before, after)
    assert (without(told, "ins"), without(told, "del")) == (before, after)


@given(words, words)
def test_no_tag_but_ours_is_in_it(old: str, new: str) -> None:
    told = re.sub(r"</?(ins|del)>", "", difference(old, new))
    assert not re.search(r"[<>\"']", told)


@given(words, words)
def test_no_piece_is_empty_and_no_two_in_a_row_are_alike(old: str, new: str) -> None:
    marks = [one.mark for one in pieces(old, new)]
    assert all(one.words for one in pieces(old, new))
    assert all(a is not b for a, b in pairwise(marks))


@given(words)
def test_a_text_beside_itself_shows_no_change(text: str) -> None:
    assert all(one.mark is Mark.KEPT for one in pieces(text, text))


def test_hostile_html_is_shown_as_it_was_typed() -> None:
    told = difference("kind", "<script>alert(1)</script></ins>")
    assert "<script" not in told
    assert told.startswith("<del>kind</del><ins>&lt;script&gt;")


def test_changed_words_side_by_side_are_one_piece() -> None:
    told = difference("within two days", "within one week")
    assert told == "within <del>two days</del><ins>one week</ins>"
