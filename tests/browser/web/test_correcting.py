"""Correcting the coder in a browser: two clicks, or the keyboard alone; undone; coded blind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, PHONE, violations

pytestmark = pytest.mark.browser

OWNER, THERAPIST = "Ruth Adeyemi", "Imogen Hartley"
OWN = "#own-{}"


@pytest.fixture
def transcript(demo: str, open_page: OpenPage) -> Page:
    page = open_page(DESKTOP)
    _come_in(page, demo, THERAPIST)
    page.goto(demo + _of_a_session(page, demo))
    return page


def test_two_clicks_correct_a_line_and_one_undoes_it(transcript: Page) -> None:
    line = _line(transcript)
    number = _number(line)
    line.hover()
    line.get_by_role("link", name=re.compile("^Correct")).click()
    codes = transcript.get_by_role("group", name=f"The codes of line {number}")
    codes.get_by_role("button", name="Advice", exact=True).click()
    said = transcript.locator(OWN.format(number))
    expect(said).to_contain_text("you: Advice")
    expect(codes.get_by_role("button", name="Advice", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    codes.get_by_role("button", name="Undo").click()
    expect(said).not_to_contain_text("you: Advice")


def test_the_keyboard_alone_does_the_same(transcript: Page) -> None:
    line = _line(transcript)
    said = transcript.locator(OWN.format(_number(line)))
    menu = transcript.locator("[data-menu]")
    line.focus()
    transcript.keyboard.press("c")
    expect(menu).to_be_focused()
    for key in "042":
        transcript.keyboard.press(key)
    expect(said).to_contain_text("you: Advice")
    expect(menu).to_be_focused()
    transcript.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(line).to_be_focused()
    transcript.keyboard.press("u")
    expect(said).not_to_contain_text("you: Advice")


def test_coded_blind_nothing_of_the_coders_is_in_the_page(transcript: Page) -> None:
    transcript.get_by_role("link", name="Code this session without seeing").click()
    expect(transcript.get_by_text("What the coder heard is hidden")).to_be_visible()
    expect(transcript.locator("ul.codes")).to_have_count(0)
    line = _line(transcript)
    line.hover()
    line.get_by_role("link", name=re.compile("^Code")).click()
    expect(transcript.locator("[data-menu]")).not_to_contain_text("Coder:")


def test_axe_finds_nothing_with_a_menu_open(transcript: Page) -> None:
    line = _line(transcript)
    line.hover()
    line.get_by_role("link", name=re.compile("^Correct")).click()
    expect(transcript.locator("[data-menu]")).to_be_visible()
    assert violations(transcript) == []


@pytest.mark.parametrize(
    ("person", "address"), [(OWNER, "/practice/coder/"), (THERAPIST, "/my/coder/")]
)
def test_the_page_of_agreement_can_be_looked_at(
    demo: str, open_page: OpenPage, shots: Path, person: str, address: str
) -> None:
    page = open_page(DESKTOP)
    _come_in(page, demo, person)
    page.goto(demo + address)
    expect(page.get_by_role("heading", name=re.compile("How far the coder"))).to_be_visible()
    shots.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shots / f"coder-{person.split()[0].lower()}.png", full_page=True)
    assert violations(page) == []


def test_a_line_is_corrected_on_a_phone_too(demo: str, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    _come_in(page, demo, THERAPIST)
    page.goto(demo + _of_a_session(page, demo))
    line = _line(page)
    line.get_by_role("link", name=re.compile("^Correct")).click()
    menu = page.locator("[data-menu]")
    expect(menu).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE.width
    menu.get_by_role("button", name="Close", exact=True).click()
    expect(menu).to_have_count(0)


def _come_in(page: Page, demo: str, person: str) -> None:
    page.goto(demo + "/demo/")
    page.get_by_role("button", name=f"Look as {person}", exact=True).click()
    page.wait_for_url(demo + "/")


def _of_a_session(page: Page, demo: str) -> str:
    """Return the address of a transcript whose session was read."""
    clients = page.locator("main a[href^='/clients/']").evaluate_all(
        "links => [...new Set(links.map((one) => one.pathname.split('/').slice(0, 3).join('/')))]"
    )
    for client in clients:
        page.goto(f"{demo}{client}/")
        found = page.locator("a[href$='/analysis/']")
        if found.count():
            return f"{found.first.get_attribute('href')}transcript/"
    raise AssertionError(f"no session of {clients} was read")


def _line(page: Page) -> Locator:
    """Return a line of the therapist’s."""
    return page.locator("#lines > li.therapist").nth(3)


def _number(line: Locator) -> str:
    return str(line.get_attribute("id")).removeprefix("line-")
