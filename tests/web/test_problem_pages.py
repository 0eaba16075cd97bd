"""The pages on problems: every claim has its source, and nothing unchecked is told as a fact."""

from __future__ import annotations

import re

import pytest

from holdfast_web.fit.assessment.reading import shipped_rules, shipped_sources, sources_in
from holdfast_web.fit.assessment.taking import WrongData
from holdfast_web.fit.problems import Claim, Page, shipped_page, shipped_pages
from holdfast_web.fit.problems.reading import SECTIONS, page_in

PAGES = list(shipped_pages().values())
CLAIMS = [
    pytest.param(claim, id=f"{page.name}, {section.key}: {claim.words[:40]}")
    for page in PAGES
    for section in page.sections
    for claim in section.claims
]
SAYS_IT_WORKS = re.compile(r"\b(shown to|evidence|studies|effective|proven|research|percent|%)")


def test_there_are_pages_for_depression_anxiety_trauma_and_relationships() -> None:
    assert [one.name for one in PAGES] == ["depression", "anxiety", "trauma", "relationships"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_the_same_sections(page: Page) -> None:
    assert [(one.key, one.title) for one in page.sections] == list(SECTIONS.items())
    assert all(one.claims for one in page.sections)


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_has_a_source(claim: Claim) -> None:
    assert claim.sources
    assert all(one.cite for one in claim.sources)


@pytest.mark.parametrize("claim", CLAIMS)
def test_nothing_unchecked_is_told_as_a_fact(claim: Claim) -> None:
    if claim.states == "fact":
        assert {one.checked for one in claim.sources} == {"yes"}
    else:
        assert not SAYS_IT_WORKS.search(claim.words)
        assert not claim.note


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_words_are_for_a_tired_person(claim: Claim) -> None:
    assert "!" not in claim.words
    assert not re.search(r"\d", claim.words), "numbers stand in the note"
    longest = max(len(one.split()) for one in re.split(r"[.:;?]", claim.words))
    assert longest <= 40


def test_the_numbers_of_supportive_therapy_for_depression_are_those_of_the_reviews() -> None:
    page = shipped_pages()["depression"]
    notes = " ".join(claim.note for claim in page.sections[0].claims)
    for number in ("g = .58", "31 studies", "g = .53", "-.21", "-.05"):
        assert number in notes


def test_the_sources_of_a_page_stand_once_and_hold_no_choice_of_ours() -> None:
    for page in PAGES:
        assert len(page.sources) == len(set(page.sources)) > 1
        assert all(one.checked != "choice" for one in page.sources)


def test_every_source_is_named_by_a_rule_or_a_page() -> None:
    named = {one for rule in shipped_rules().rules for one in (*rule.sources, *rule.lines)}
    for page in PAGES:
        named |= {one for part in page.sections for claim in part.claims for one in claim.sources}
    assert named == set(shipped_sources().values())


def test_an_unknown_page_is_none() -> None:
    assert shipped_page("bipolar") is None


SOURCES = sources_in({"a": {"cite": "A", "checked": "second hand"}})


def text_with(**changes: str) -> str:
    parts = [
        f'[[{key}]]\nwords = "Usually."\nstates = "usual"\nsources = ["a"]\n' for key in SECTIONS
    ]
    parts[0] = parts[0].replace('states = "usual"', f'states = "{changes.get("states", "usual")}"')
    parts[0] = parts[0].replace('["a"]', changes.get("sources", '["a"]'))
    parts[0] = parts[0].replace("Usually.", changes.get("words", "It is usual."))
    kept = parts[: int(changes.get("sections", "5"))]
    return 'title = "T"\nlead = "L"\n' + "".join(kept).replace("Usually.", "It is usual.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"states": "fact"}, "a was not checked"),
        ({"sources": "[]"}, "has no source"),
        ({"sources": '["b"]'}, "no source is called b"),
        ({"words": "It helps."}, 'say "usually"'),
        ({"sections": "4"}, "now should be a list"),
    ],
)
def test_a_page_that_is_wrong_says_where_and_why(changes: dict[str, str], says: str) -> None:
    with pytest.raises(WrongData, match=says):
        page_in(text_with(**changes), "sorrow", SOURCES)


def test_a_page_that_is_right_is_read() -> None:
    assert page_in(text_with(), "sorrow", SOURCES).title == "T"
