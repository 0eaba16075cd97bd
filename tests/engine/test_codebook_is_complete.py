"""The codebook defines every code fully, and its page is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.codebooks import CodeDefinition, codebook_page, load_codebook
from holdfast.session import Role

CODEBOOK = load_codebook()
DOCS = Path(__file__).parents[2] / "docs"
GROUPS = {
    "positive": "amusement excitement joy love desire optimism caring pride admiration gratitude "
    "relief approval",
    "negative": "fear nervousness remorse embarrassment disappointment sadness grief disgust anger "
    "annoyance disapproval",
    "ambiguous": "realization surprise curiosity confusion",
    "neutral": "neutral",
}


def values(name: str) -> list[str]:
    return [value.name for value in CODEBOOK.code(name).values]


def test_the_codes_of_the_model_have_the_labels_of_their_corpora() -> None:
    assert values("behaviour") == ["reflection", "question", "input", "other"]
    assert values("reflection") == ["simple", "complex"]
    assert values("question") == ["open", "closed"]
    assert values("input") == ["information", "advice", "options", "negotiation"]
    assert values("talk") == ["change", "neutral", "sustain"]


def test_emotions_are_grouped_as_published() -> None:
    groups: dict[str | None, set[str]] = {}
    for value in CODEBOOK.code("emotions").values:
        groups.setdefault(value.group, set()).add(value.name)
    assert groups == {group: set(names.split()) for group, names in GROUPS.items()}


def test_codes_are_asked_for_by_role_and_by_who_gives_them() -> None:
    model = [code.name for code in CODEBOOK.codes_for(Role.THERAPIST, by="model")]
    assert model[:5] == ["behaviour", "reflection", "question", "input", "paraphrase"]
    ruled = [code.name for code in CODEBOOK.codes_for(Role.CLIENT, by="rules")]
    assert ruled == ["relationship_talk", "withdrawal", "confrontation"]
    assert CODEBOOK.codes_for(Role.OTHER) == ()


def test_an_unknown_code_or_value_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        CODEBOOK.code("alliance")
    with pytest.raises(KeyError):
        CODEBOOK.code("talk").value("resistance")


def test_two_codes_may_have_several_values_at_once() -> None:
    assert [code.name for code in CODEBOOK.codes if code.choice == "many"] == [
        "validation",
        "emotions",
    ]


@pytest.mark.parametrize("code", CODEBOOK.codes, ids=[code.name for code in CODEBOOK.codes])
def test_texts_are_sentences(code: CodeDefinition) -> None:
    texts = [code.definition, code.source, code.not_meaning]
    texts += [value.definition for value in code.values]
    assert all(text[0].isupper() and text.endswith(".") for text in texts)


def test_the_page_is_what_the_codebook_says() -> None:
    """If this fails, write ``codebook_page(load_codebook())`` to docs/reference/codebook.md."""
    page = (DOCS / "reference" / "codebook.md").read_text(encoding="utf-8")
    assert page == codebook_page(CODEBOOK)
