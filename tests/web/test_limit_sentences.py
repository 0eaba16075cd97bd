"""Sentences that help to say something about a limit: from both sides, and nobody is blamed."""

from __future__ import annotations

import pytest

from holdfast_web.correspondence.words import grouped, sentences, with_borrowed

KINDS = ("To propose a limit", "To ask about a limit", "To open a limit again")


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_each_side_can_propose_question_and_reopen(who: str) -> None:
    groups = dict(grouped(who))
    assert tuple(groups) == KINDS
    assert all(len(group) >= 3 for group in groups.values())


def test_every_sentence_has_a_key_of_its_own_and_ends_as_a_sentence_does() -> None:
    keys = [one.key for one in sentences()]
    assert len(set(keys)) == len(keys)
    assert all(one.words.endswith((".", "?")) and "!" not in one.words for one in sentences())


def test_a_borrowed_sentence_comes_after_what_was_typed_and_only_once() -> None:
    once = with_borrowed("About evenings.", "c_why")
    assert once.startswith("About evenings. Can you tell me why")
    assert with_borrowed(once, "c_why") == once
    assert with_borrowed("About evenings.", "nothing") == "About evenings."
