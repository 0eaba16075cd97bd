"""LOINC codes: the check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import loinc

REAL = ["44249-1", "44261-6", "44260-8", "69722-7", "69737-5", "70274-6", "101698-9", "93374-7"]
DIGITS = st.integers(1, 9_999_999).map(str)


@pytest.mark.parametrize("code", REAL)
def test_a_real_code_has_its_check_digit(code: str) -> None:
    assert loinc.is_valid(code)


@pytest.mark.parametrize("code", ["70274-5", "93267-4"])
def test_codes_that_circulate_and_are_wrong_are_found(code: str) -> None:
    assert not loinc.is_valid(code)


@pytest.mark.parametrize(
    "code", ["", "44249", "44249-", "-1", "44249-12", " 44249-1", "44249-1\n", "LA33-6", "٤٤٢٤٩-١"]
)
def test_what_has_another_form_is_no_code(code: str) -> None:
    assert not loinc.is_valid(code)


@pytest.mark.parametrize("code", ["", "LA-6", "LA33", "la33-6", "44249-1", "LA33-66", "LA33-6\n"])
def test_what_has_another_form_is_no_answer_code(code: str) -> None:
    assert not loinc.is_answer(code)


@given(DIGITS)
def test_one_check_digit_of_ten_fits(digits: str) -> None:
    fitting = [end for end in range(10) if loinc.is_valid(f"{digits}-{end}")]
    assert fitting == [loinc.check_digit(digits)]


@given(DIGITS, st.data())
def test_one_wrong_digit_is_found(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda one: one != digits[place]))
    wrong = digits[:place] + other + digits[place + 1 :]
    assert not loinc.is_valid(f"{wrong}-{loinc.check_digit(digits)}")
