"""The pages on problems as anybody opens them: no sign-in, sources beside, help at the end."""

from __future__ import annotations

import pytest

from holdfast_web.care.models import Practice
from holdfast_web.fit.problems import Page, shipped_pages
from tests.web.conftest import Cast
from tests.web.strangers import SignIn

PAGES = list(shipped_pages().values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anybody_reads_it_with_its_sources_and_the_numbers_for_help(
    practice: Practice, sign_in: SignIn, page: Page
) -> None:
    response = sign_in(None).get(f"/help-for/{page.name}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert page.title in html
    for source in page.sources:
        assert source.cite.replace("&", "&amp;").replace("'", "&#x27;") in html
    assert "Where this comes from" in html
    assert practice.crisis["emergency"] in html
    assert practice.crisis["lines"][0]["number"] in html


def test_what_nobody_compared_with_a_source_is_said(practice: Practice, sign_in: SignIn) -> None:
    html = sign_in(None).get("/help-for/relationships/").content.decode()
    assert "We know it from somebody who quotes it." in html
    assert "Common practice; we have not compared it with a source." in html


def test_there_is_no_page_on_anything_else(practice: Practice, sign_in: SignIn) -> None:
    assert sign_in(None).get("/help-for/everything/").status_code == 404


def test_what_to_expect_and_more_lead_there(cast: Cast, sign_in: SignIn) -> None:
    assert "/help-for/trauma/" in sign_in(None).get("/expect/").content.decode()
    browser = sign_in(cast.client_person)
    assert "/help-for/anxiety/" in browser.get("/me/expect/").content.decode()
    assert "/help-for/" in browser.get("/me/more/").content.decode()
    assert "/me/expect/" in browser.get("/help-for/trauma/").content.decode()


def test_who_reads_it_leaves_no_trace_in_the_browsers_title(
    practice: Practice, sign_in: SignIn
) -> None:
    html = sign_in(None).get("/help-for/depression/").content.decode()
    assert "<title>What helps with what · Holdfast</title>" in html
