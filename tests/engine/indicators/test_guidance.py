"""Suggestions with and without permission, and permission asked."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators import INDICATORS, Status


def suggested(value: str | None, p: float = 1.0) -> tuple[str, str, dict[str, Code]]:
    code = Code(
        "suggestion",
        value,
        p,
        alternatives=((value or "none", p), ("none" if value else "with_permission", 1 - p)),
    )
    return "T", "You might write it down before you sleep.", {"suggestion": code}


ASKED = (
    "T",
    "Would you like to hear what others have tried?",
    {"asking_permission": Code("asking_permission", "present", 1.0)},
)
NAMES = (
    "suggestions_with_permission",
    "suggestions_without_permission",
    "suggestions_without_permission_share",
    "permission_asked",
)


def test_suggestions_are_told_apart_by_permission(coded: Any) -> None:
    told = coded(
        ASKED,
        *[suggested("with_permission")] * 2,
        *[suggested("without_permission")] * 4,
        suggested(None),
    )
    assert INDICATORS["suggestions_with_permission"](told).value == 2
    assert INDICATORS["suggestions_without_permission"](told).value == 4
    share = INDICATORS["suggestions_without_permission_share"](told)
    assert (share.value, share.n) == (pytest.approx(4 / 6), 6)
    assert INDICATORS["permission_asked"](told).value == 1


def test_four_suggestions_are_too_few_for_a_share(coded: Any) -> None:
    told = coded(*[suggested("without_permission")] * 4)
    assert INDICATORS["suggestions_without_permission_share"](told).missing == (
        "not enough talk: 4 suggestions of a clear kind, at least 5 are needed"
    )


@pytest.mark.usefixtures("independent_errors")
def test_suggestions_that_the_coder_doubts_have_a_wide_interval(coded: Any) -> None:
    told = coded(*[suggested("without_permission", p=0.6)] * 10)
    found = INDICATORS["suggestions_without_permission"](told)
    assert found.value == 10
    assert found.interval == (2, 10)


@pytest.mark.parametrize("name", NAMES)
def test_an_older_coder_without_these_codes_says_so(coded: Any, name: str) -> None:
    found = INDICATORS[name](coded(("T", "Try to rest at noon.", {"input": "advice"})))
    assert found.value is None
    assert found.missing == "not applicable: the session was coded without it"


@pytest.mark.parametrize("name", NAMES)
def test_what_the_coder_is_new_to_is_experimental(coded: Any, name: str) -> None:
    assert INDICATORS[name](coded()).status is Status.EXPERIMENTAL


def test_advice_itself_is_counted_as_before(coded: Any) -> None:
    told = coded(("T", "Try to rest at noon.", {"input": "advice"}), suggested("with_permission"))
    assert INDICATORS["advice"](told).value == 1
