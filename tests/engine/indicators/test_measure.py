"""All indicators together: what each says of itself, its page, its reference, its time."""

from __future__ import annotations

import re
import timeit
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import (
    INDICATORS,
    Indicator,
    Reference,
    Spread,
    Status,
    Unit,
    measure,
    place,
    references,
)

PAGES = Path(__file__).parents[3] / "docs" / "validity"
HEADING = re.compile(r"^## (`.*)$", re.MULTILINE)
LINES = st.lists(
    st.sampled_from(
        [
            ("T", "You feel stuck.", {"reflection": "simple"}, 1.0, 3.0),
            ("T", "What helps you then?", {"question": "open"}, 4.0, 5.0),
            ("T", "Mm-hm.", {"encourager": "present"}, 5.0, 6.0),
            ("C", "I am so alone.", {"empathic_opportunity": "stated"}, 6.0, 9.0),
            ("C", "I want to sleep.", {"talk": "change", "emotions": ("desire",)}, 12.0, 13.0),
            ("O", "Tea?", {}, None, None),
        ]
    ),
    max_size=60,
)


def described() -> dict[str, str]:
    """Return the page of each name in the headings of the validity pages."""
    return {
        name: page.stem
        for page in PAGES.glob("*.md")
        for heading in HEADING.findall(page.read_text(encoding="utf-8"))
        for name in re.findall(r"`([^`]+)`", heading)
    }


def test_every_indicator_stands_on_its_familys_page_and_every_page_on_indicators(
    coded: Any,
) -> None:
    assert described() == {found.name: found.family for found in measure(coded())}


def test_the_index_links_every_page() -> None:
    linked = re.findall(r"\]\(([\w-]+)\.md\)", (PAGES / "README.md").read_text(encoding="utf-8"))
    assert {*linked, "README"} == {page.stem for page in PAGES.glob("*.md")}


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_of_nothing_is_zero_or_missing_and_says_what_it_does_not_mean(
    coded: Any, name: str
) -> None:
    found = INDICATORS[name](coded())
    assert found.name == name
    assert found.title
    assert found.of
    assert len(found.not_meaning) > 20
    assert found.value is None or (found.value == 0 and found.unit is Unit.COUNT)
    assert (found.value is None) == (found.missing is not None)


@given(LINES)
def test_every_value_lies_in_its_range_and_its_interval_or_is_missing_with_a_reason(
    coded: Any, lines: Any
) -> None:
    for found in measure(coded(*lines)):
        check(found)


def check(found: Indicator) -> None:
    assert (found.value is None) == (found.missing is not None)
    if found.value is None:
        assert found.interval is None
        return
    assert found.n >= 0
    if found.unit is Unit.SHARE:
        assert 0 <= found.value <= 1
    if found.unit is Unit.DIFFERENCE:
        assert -1 <= found.value <= 1
    if found.unit not in (Unit.DIFFERENCE, Unit.SECONDS):
        assert found.value >= 0
    if found.interval is not None:
        assert found.interval[0] - 1e-9 <= found.value <= found.interval[1] + 1e-9


def test_the_order_is_fixed_and_no_name_is_given_twice(coded: Any) -> None:
    assert [found.name for found in measure(coded())] == list(INDICATORS)


def test_references_belong_to_indicators_and_their_quantiles_rise() -> None:
    assert set(references()) <= set(INDICATORS)
    for reference in references().values():
        for spread in (reference.high, reference.low):
            if spread is not None:
                quantiles = [spread.p10, spread.p25, spread.p50, spread.p75, spread.p90]
                assert quantiles == sorted(quantiles)
                assert spread.sessions >= 10


def test_miti_lines_come_with_what_they_were_made_for(coded: Any) -> None:
    lined = {
        found.name: found for found in measure(coded()) if found.reference and found.reference.lines
    }
    assert set(lined) == {"complex_reflection_share", "reflection_to_question_ratio"}
    for found in lined.values():
        assert found.reference is not None
        assert found.reference.note.startswith("Made for motivational interviewing")


def test_a_place_is_told_without_a_grade() -> None:
    high, low = Spread(1, 2, 3, 4, 5, sessions=90), Spread(0, 0, 0, 0.5, 1, sessions=19)
    assert place(0.5, Reference(high=high)) == (
        "below nine in ten of the high-quality demonstrations"
    )
    assert place(3.5, Reference(high=high, low=low)) == (
        "between the middle and the upper quarter of the high-quality demonstrations, "
        "and above nine in ten of the low-quality demonstrations"
    )
    assert (
        place(0, Reference(low=low))
        == "at a value that many of the low-quality demonstrations share"
    )
    assert place(1, Reference()) == ""


def test_experimental_indicators_are_few_and_named(coded: Any) -> None:
    experimental = {
        found.family for found in measure(coded()) if found.status is Status.EXPERIMENTAL
    }
    assert experimental == {
        "style",
        "entrainment",
        "emotions",
        "talk_types",
        "reflections",
        "openings",
        "support",
        "guidance",
        "giving_back",
        "uptake",
    }


GERMAN = [
    ("T", "Es klingt, als hätten Sie die Nächte allein getragen.", {"reflection": "complex"}, 0, 9),
    ("C", "Ja, und ich bin so müde.", {"empathic_opportunity": "stated"}, 10.0, 20.0),
    ("T", "Was würde Ihnen heute helfen, wenn es möglich wäre?", {"question": "open"}, 25.0, 30.0),
    ("C", "Ich möchte einfach schlafen.", {"emotions": ("desire",)}, 31.0, 40.0),
]


def test_where_the_words_are_not_english_only_talk_and_timing_have_values(coded: Any) -> None:
    for found in measure(coded(*GERMAN * 10)):
        if found.family in ("talk", "timing"):
            assert "English" not in (found.missing or "")
        else:
            assert (found.value, found.interval, found.n) == (None, None, 0)
            assert found.missing == (
                "not applicable: the words are not English, and the coder reads English only"
            )


def test_talk_in_another_language_is_still_measured(coded: Any) -> None:
    values = {found.name: found.value for found in measure(coded(*GERMAN * 10))}
    assert values["turns"] == 40
    assert values["talk_share"] == pytest.approx(18 / 28)
    assert values["talk_time_share"] == pytest.approx(14 / 33)


def test_six_hundred_utterances_take_no_time(coded: Any) -> None:
    lines = [
        (
            "T",
            "It sounds like the nights are long for you, and nobody sees it.",
            {"reflection": "complex"},
        ),
        (
            "C",
            "I felt so lonely, and I did not know whom to call any more.",
            {"empathic_opportunity": "stated"},
        ),
        ("T", "Who could you call tonight?", {"question": "open"}),
        ("C", "My sister, I guess, if she is not at work again.", {"talk": "change"}),
    ] * 150
    told = coded(*lines)
    spent = timeit.repeat(lambda: measure(told), timer=process_time, number=1, repeat=5)
    assert min(spent) < 0.3
