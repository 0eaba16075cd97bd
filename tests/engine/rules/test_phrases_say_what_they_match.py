"""Every list of phrases carries sentences that it must match, and must not."""

from __future__ import annotations

import pytest

from holdfast.codebooks import load_codebook
from holdfast.coding.rules.heard import listen
from holdfast.coding.rules.lexicon import PatternList, lexicon, pattern_lists
from holdfast.coding.rules.notation import compiled
from holdfast.session import Role

LISTS = [(role, one) for role in (Role.THERAPIST, Role.CLIENT) for one in pattern_lists(role)]
NAMES = [f"{one.code}-{one.value}" for _, one in LISTS]


@pytest.mark.parametrize(("role", "patterns"), LISTS, ids=NAMES)
def test_a_list_matches_what_it_says(role: Role, patterns: PatternList) -> None:
    key = (patterns.code, patterns.value)
    missed = [text for text in patterns.matches if key not in lexicon(role).find(listen(text))]
    assert not missed


@pytest.mark.parametrize(("role", "patterns"), LISTS, ids=NAMES)
def test_a_list_passes_over_what_it_says(role: Role, patterns: PatternList) -> None:
    key = (patterns.code, patterns.value)
    caught = [text for text in patterns.passes_over if key in lexicon(role).find(listen(text))]
    assert not caught


@pytest.mark.parametrize("patterns", [one for _, one in LISTS], ids=NAMES)
def test_a_list_has_examples_of_both_kinds(patterns: PatternList) -> None:
    assert len(patterns.matches) >= 3
    assert len(patterns.passes_over) >= 3


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.CLIENT])
def test_every_phrase_is_a_regular_expression(role: Role) -> None:
    for opening in lexicon(role).by_first_word.values():
        assert compiled(opening.any_of)
        assert all(phrase.regex for _, _, phrase in opening.phrases)


def test_lists_stand_for_values_that_the_codebook_defines() -> None:
    defined = {
        (code.role, code.name, value.name)
        for code in load_codebook().codes
        for value in code.values
    }
    assert {(role, one.code, one.value) for role, one in LISTS} <= defined


def test_every_rule_value_has_phrases_or_follows_from_one_that_has() -> None:
    listed = {(one.code, one.value) for _, one in LISTS}
    ruled = {
        (code.name, value.name)
        for code in load_codebook().codes
        if code.by == "rules"
        for value in code.values
    }
    assert ruled - listed == {("premature_reassurance", "after_opening")}
