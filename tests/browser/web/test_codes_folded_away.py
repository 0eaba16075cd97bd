"""Codes that are still experimental, by keyboard: folded away, opened with m, chosen by digits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from holdfast_web.engine.codes import choices_for
from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, sound
from tests.browser.web.steps import enter_demo
from tests.web import homes

pytestmark = pytest.mark.browser

THERAPIST, CLIENT, SESSION = "Farid Rahimi", "Tariq Hussain", 15
FOLDED = tuple(one.title for one in choices_for("therapist") if one.further)
HEARD = f"""
from holdfast_web.analysis.models import Analysis
from holdfast_web.engine.codes import choices_for
from tests.web.heard import also_heard
rows = Analysis.objects.for_the_practice("a test").select_related("transcript__client")
row = next(one for one in rows if one.transcript.client.name == {CLIENT!r})
for at, said in enumerate(row.findings["utterances"]):
    finer = (one for one in choices_for(said["role"]) if one.further)
    none = {{one.name: [] if one.many else None for one in finer}}
    row.findings = also_heard(row.findings, at, **none)
row.save()
"""
"""Whatever the demo’s model listens for, here it listened for all of them and heard none."""


@pytest.fixture(scope="module")
def finer(demo: str, demo_said: Path) -> str:
    """Return the address of the demo, in one session of which the finer codes were listened for."""
    homes.at(demo_said.parent / "home", HOLDFAST_DEMO="1").python(HEARD)
    return demo


@pytest.fixture
def transcript(finer: str, open_page: OpenPage) -> Page:
    page = open_page(DESKTOP)
    enter_demo(page, finer, THERAPIST)
    page.get_by_role("link", name=CLIENT).first.click()
    for earlier in page.get_by_text("Earlier sessions").all():
        earlier.click()
    held = page.locator("ul.dates li").filter(has_text=f"session {SESSION},")
    held.get_by_role("link", name="What was said").click()
    page.get_by_role("link", name="The whole transcript").click()
    expect(page.get_by_role("heading", name="The transcript")).to_be_visible()
    page.wait_for_load_state()  # the heading stands before the scripts that hear keys have run
    return page


def test_they_stay_folded_until_m_unfolds_them(transcript: Page) -> None:
    menu = opened(transcript, line(transcript, 0))
    expect(code(menu, "Suggestion")).not_to_be_visible()
    expect(key_of(menu, "Main behaviour")).to_have_text("01")
    press(transcript, "m")
    expect(code(menu, "Suggestion")).to_be_visible()
    expect(fold(menu)).to_be_focused()
    expect(key_of(menu, FOLDED[0])).to_have_text("01")
    expect(key_of(menu, FOLDED[-1])).to_have_text(f"{len(FOLDED)}")
    expect(key_of(menu, "Main behaviour")).not_to_be_visible()
    press(transcript, "m")
    expect(code(menu, "Suggestion")).not_to_be_visible()
    expect(key_of(menu, "Main behaviour")).to_have_text("01")


def test_two_digits_reach_a_code_in_the_fold_and_the_choice_is_kept(transcript: Page) -> None:
    at = line(transcript, 1)
    menu = opened(transcript, at)
    press(transcript, "m")
    choose(menu, "Suggestion", "Without permission", digits=2)
    expect(said(at)).to_contain_text("Suggestion. Coder: nothing here · you: Without permission")
    expect(button(menu, "Suggestion", "Without permission")).to_have_attribute(
        "aria-pressed", "true"
    )
    transcript.reload()
    expect(said(at)).to_contain_text("you: Without permission")


def test_the_fold_stays_open_for_the_next_choice_and_steps_are_undone(transcript: Page) -> None:
    at = line(transcript, 2)
    menu = opened(transcript, at)
    press(transcript, "m")
    choose(menu, "Self-disclosure", "Self-disclosure")
    expect(said(at)).to_contain_text("you: Self-disclosure")
    expect(menu).to_be_focused()
    choose(menu, "Validation", "Affirming")
    expect(said(at)).to_contain_text("you: Affirming")
    expect(menu).to_be_focused()
    press(transcript, "u")
    expect(said(at)).not_to_contain_text("you: Affirming")
    expect(said(at)).to_contain_text("you: Self-disclosure")


def test_folded_again_digits_reach_the_first_codes(transcript: Page) -> None:
    at = line(transcript, 3)
    opened(transcript, at)
    press(transcript, "m", "m", "0", "4", "2")
    expect(said(at)).to_contain_text("Kind of input. Coder:")
    expect(said(at)).to_contain_text("you: Advice")


def test_escape_leaves_the_code_then_the_fold_then_the_menu(transcript: Page) -> None:
    at = line(transcript, 4)
    menu = opened(transcript, at)
    label = button(menu, "Suggestion", "Without permission").locator("kbd")
    press(transcript, "m")
    press(transcript, *shown(key_of(menu, "Suggestion")))
    expect(label).to_be_visible()
    press(transcript, "Escape")
    expect(label).not_to_be_visible()
    expect(code(menu, "Suggestion")).to_be_visible()
    press(transcript, "Escape")
    expect(code(menu, "Suggestion")).not_to_be_visible()
    press(transcript, "Escape")
    expect(menu).to_have_count(0)
    expect(at).to_be_focused()


def test_a_click_unfolds_them_too_and_few_codes_need_one_digit(transcript: Page) -> None:
    at = line(transcript, 0, "client")
    menu = opened(transcript, at)
    fold(menu).click()
    choose(menu, "Hope", "Hope", digits=1)
    expect(said(at)).to_contain_text("Hope. Coder: nothing here · you: Hope")


def test_the_menu_can_be_read_by_everybody_unfolded_too(transcript: Page, shots: Path) -> None:
    shots.mkdir(parents=True, exist_ok=True)
    menu = opened(transcript, line(transcript, 5))
    transcript.screenshot(path=shots / "codes-folded.png", animations="disabled")
    press(transcript, "m")
    expect(code(menu, "Suggestion")).to_be_visible()
    transcript.screenshot(path=shots / "codes-unfolded.png", animations="disabled")
    sound(transcript)


def line(page: Page, place: int, role: str = "therapist") -> Locator:
    return page.locator(f"#lines > li.{role}").nth(place)


def opened(page: Page, at: Locator) -> Locator:
    """Open the codes of a line by keyboard; return their menu."""
    menu = page.locator("[data-menu]")
    at.focus()
    page.keyboard.press("c")
    expect(menu).to_be_focused()
    return menu


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def choose(menu: Locator, title: str, label: str, digits: int | None = None) -> None:
    """Choose a code and its label by the keys that stand there."""
    key = shown(key_of(menu, title))
    assert digits in (None, len(key))
    press(menu.page, *key)
    press(menu.page, *shown(button(menu, title, label).locator("kbd")))


def shown(key: Locator) -> str:
    expect(key).to_be_visible()
    return key.inner_text()


def fold(menu: Locator) -> Locator:
    return menu.get_by_text("More, still experimental")


def code(menu: Locator, title: str) -> Locator:
    return menu.get_by_role(
        "group", name=re.compile(rf"\b{re.escape(title)}$"), include_hidden=True
    )


def key_of(menu: Locator, title: str) -> Locator:
    return code(menu, title).locator("legend kbd")


def button(menu: Locator, title: str, label: str) -> Locator:
    return code(menu, title).get_by_role("button", name=re.compile(rf"{label}$"))


def said(at: Locator) -> Locator:
    """Return what stands at a line of what the therapist says of its codes."""
    return at.locator(".own-codes")
