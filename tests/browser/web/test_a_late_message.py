"""Somebody writes at night: the message waits, and its writer knew before they wrote it.

No clock is set: in the demo the two have agreed on days that leave out whichever day it is now.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, PHONE, keep_shot, sound
from tests.browser.web.steps import enter_demo

pytestmark = pytest.mark.browser

CLIENT, THERAPIST = "Priya Nair", "Nuala Brennan"
WORDS = "She laughs when I read her the weather. It can wait, all of it can wait."
ANSWERED_LATE = "Wen Zhao"


def look(page: Page, shots: Path, name: str) -> None:
    sound(page)
    keep_shot(page, shots / "a late message", name)


def test_a_message_at_night(demo: str, open_page: OpenPage, shots: Path) -> None:
    client, therapist = open_page(PHONE), open_page(DESKTOP)
    enter_demo(client, demo, CLIENT)
    enter_demo(therapist, demo, THERAPIST)
    the_writer_is_told_before(client, demo, shots)
    a_draft_is_kept(client)
    it_waits(client, shots)
    the_evening_stays_free(therapist, demo, shots)
    what_is_late_is_seen(open_page(DESKTOP), demo, shots)


def the_writer_is_told_before(page: Page, address: str, shots: Path) -> None:
    page.goto(address + "/me/messages/")
    look(page, shots, "conversations")
    page.goto(address + "/me/messages/write/")
    told = page.locator("#foreseen")
    expect(told).to_contain_text(re.compile("it waits until .*, 9:00|it waits until .*09:00"))
    expect(page.get_by_text("This is no emergency channel.")).to_be_visible()
    look(page, shots, "told before")


def a_draft_is_kept(page: Page) -> None:
    page.get_by_label("What it is about").fill("The weather")
    page.get_by_label("Your message").fill(WORDS)
    expect(page.locator("#kept")).to_contain_text(re.compile("kept|saved", re.IGNORECASE))
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value(WORDS)


def it_waits(page: Page, shots: Path) -> None:
    page.get_by_role("button", name="Send, to wait").click()
    mine = page.locator("li.by-me").last
    expect(mine).to_contain_text(WORDS)
    expect(mine).to_contain_text("Waits until")
    expect(mine.get_by_role("button", name="Take it back")).to_be_visible()
    look(page, shots, "it waits")


def the_evening_stays_free(page: Page, address: str, shots: Path) -> None:
    page.goto(address + "/messages/")
    expect(page.get_by_text("The weather")).to_have_count(0)
    look(page, shots, "the therapist’s list")
    page.goto(address + "/")
    page.get_by_role("link", name=CLIENT).first.click()
    page.goto(page.url + "messages/")
    expect(page.get_by_text("The weather")).to_have_count(0)
    expect(page.get_by_text("Only so that it is said")).to_have_count(0)
    look(page, shots, "nothing to see yet")


def what_is_late_is_seen(page: Page, address: str, shots: Path) -> None:
    enter_demo(page, address, "Imogen Hartley")
    page.goto(address + "/messages/")
    look(page, shots, "one is late")
    page.get_by_role("link", name=ANSWERED_LATE).first.click()
    page.get_by_role("link", name="Monday", exact=True).click()
    expect(page.get_by_text("Your answer was due").first).to_be_visible()
    look(page, shots, "the late conversation")
