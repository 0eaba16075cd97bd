"""The crosswalk sets every code of the codebook beside the same schemes."""

from __future__ import annotations

import re

import pytest

from holdfast.codebooks import (
    CodebookError,
    crosswalk_page,
    load_codebook,
    load_crosswalk,
    parse_crosswalk,
)

CROSSWALK = load_crosswalk()
CODEBOOK = load_codebook()


def test_every_code_stands_in_it_and_no_other() -> None:
    assert set(CROSSWALK.rows) == {code.name for code in CODEBOOK.codes}


def test_each_scheme_is_asked_of_each_code() -> None:
    titles = [scheme.title for scheme in CROSSWALK.schemes]
    for code in CODEBOOK.codes:
        assert [title for title, _ in CROSSWALK.beside(code.name)] == titles


def test_a_value_that_is_told_apart_is_one_of_the_code() -> None:
    """A clause such as ``plain, premature ~ comfort`` begins with values of ours."""
    for code in CODEBOOK.codes:
        known = {value.name for value in code.values}
        clauses = (one for near in CROSSWALK.rows[code.name].values() for one in near.split("; "))
        told_apart = (re.match(r"([^=<>~]+) [=<>~] ", clause) for clause in clauses)
        for values in (found[1].split(", ") for found in told_apart if found):
            assert set(values) <= known, code.name


def test_it_says_that_no_manual_was_followed_line_by_line() -> None:
    assert "not checked line by line" in CROSSWALK.note
    assert CROSSWALK.note in crosswalk_page(CROSSWALK, CODEBOOK)


def test_the_page_has_a_row_for_each_code() -> None:
    rows = [line for line in crosswalk_page(CROSSWALK, CODEBOOK).splitlines() if "` |" in line]
    assert len(rows) == len(CODEBOOK.codes)


def test_a_scheme_left_out_is_named_with_its_code() -> None:
    schemes = [{"name": name, "title": name, "source": "Ours."} for name in ("one", "two")]
    with pytest.raises(CodebookError, match="crosswalk, warmth: two is missing"):
        parse_crosswalk({"note": "", "scheme": schemes, "codes": {"warmth": {"one": "= it"}}})
