"""The notation in which phrases are written."""

from __future__ import annotations

import pytest

from holdfast.coding.rules.heard import listen
from holdfast.coding.rules.notation import NotationError, compile_phrase

LISTS = {"how": ["so", "a bit"], "feeling": ["sad", "left out"]}


def matches(written: str, text: str) -> bool:
    phrase = compile_phrase(written, LISTS)
    heard = listen(text)
    return any(
        word in phrase.firsts and phrase.regex.match(heard.line, place) is not None
        for word, place in heard.places()
    )


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("i feel", "Well, I feel it.", True),
        ("i feel", "I felt it.", False),
        ("i don't know", "i dont know", True),
        ("we'll", "well", False),
        ("i (feel|was) sad", "I was sad.", True),
        ("i feel (so)? sad", "I feel sad.", True),
        ("i feel [how]* [feeling]", "I feel so, so left out.", True),
        ("i feel [how]* [feeling]", "I feel so so so so sad.", False),
        ("i disappoint*", "I disappointed her.", True),
        ("what does ... mean", "What does all of this mean?", True),
        ("what does ... mean", "What does a very long row of words mean?", False),
        ("what does ... mean", "What does it? Mean it.", False),
        ("^ at least", "Oh. At least it rained.", True),
        ("^ at least", "Call her at least.", False),
        ("come on$", "Come on!", True),
        ("come on$", "Come on in.", False),
    ],
)
def test_a_phrase_matches_what_the_notation_says(written: str, text: str, expected: bool) -> None:
    assert matches(written, text) is expected


def test_what_is_meant_is_marked() -> None:
    match = compile_phrase("i feel <[feeling]>", LISTS).regex.match("i feel left out ")
    assert match is not None
    assert match["meant"] == "left out "


@pytest.mark.parametrize(
    "written",
    ["... sad", "sad*", "(sad)?", "(sad", "sad)", "[missing] day", "<a> <b>", "I feel", "a 'll b"],
)
def test_a_phrase_out_of_order_is_refused(written: str) -> None:
    with pytest.raises(NotationError, match=r"."):
        compile_phrase(written, LISTS)
