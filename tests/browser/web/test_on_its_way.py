"""An answer that is still on its way when a sheet is handed in is no answer from another window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import PHONE
from tests.browser.web.steps import rate

pytestmark = pytest.mark.browser

SLOW = {"offline": False, "latency": 500, "downloadThroughput": -1, "uploadThroughput": -1}


def test_a_sheet_is_handed_in_after_what_was_answered_a_moment_ago(
    demo: str, open_page: OpenPage
) -> None:
    page = open_page(PHONE)
    page.goto(demo + "/demo/")
    page.get_by_role("button", name="Look as Joan Pettifer", exact=True).click()
    page.get_by_role("link", name="Say how it was").click()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    rate(page, [9, 8, 9, 8, 9, 9], note="Typed, and handed in at once.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="What I answered").click()
    expect(page.get_by_text("Typed, and handed in at once.")).to_be_visible()
