"""A client changes to another therapist: asked for on a phone, without a reason, without a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, PHONE, keep_shot, sound
from tests.browser.web.steps import enter_demo

pytestmark = pytest.mark.browser

CLIENT, BEFORE, NEXT = "Joan Pettifer", "Nuala Brennan", "Farid Rahimi"
LETTER = "We have worked on the evenings, and on driving. Joan knows well when it is too much."
NOTE = "Drove to the garden centre alone."
CLOSED = 404


@dataclass
class Three:
    """The client with a phone, the two therapists at a desk.

    Attributes
    ----------
    record
        The address of the client's record.
    """

    address: str
    client: Page
    before: Page
    after: Page
    shots: Path
    record: str = ""

    def look(self, page: Page, name: str) -> None:
        """Hold a page to what every page must hold, and keep a picture of it."""
        sound(page)
        keep_shot(page, self.shots / "change of therapist", name)


def test_a_client_changes_to_another_therapist(demo: str, open_page: OpenPage, shots: Path) -> None:
    three = Three(demo, open_page(PHONE), open_page(DESKTOP), open_page(DESKTOP), shots)
    enter_demo(three.client, demo, CLIENT)
    enter_demo(three.before, demo, BEFORE)
    enter_demo(three.after, demo, NEXT)
    three.before.get_by_role("link", name=CLIENT).first.click()
    three.record = three.before.url
    the_client_asks(three)
    the_client_chooses(three)
    the_therapist_writes_a_letter(three)
    the_client_lets_pass_on_and_agrees(three)
    the_next_one_says_yes(three)
    the_door_closes_and_another_opens(three)


def the_client_asks(three: Three) -> None:
    page = three.client
    page.goto(three.address + "/me/not-right/")
    three.look(page, "three doors")
    page.get_by_role("link", name=re.compile("^Find somebody else")).click()
    three.look(page, "the third door")
    page.goto(three.address + "/me/change/")
    three.look(page, "begin")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_role("heading", name="Changing to another therapist")).to_be_visible()
    three.look(page, "steps")


def the_client_chooses(three: Three) -> None:
    page = three.client
    page.get_by_role("link", name="Change this").click()
    three.look(page, "who is told what")
    page.get_by_label("That I would like to change", exact=True).check()
    page.get_by_label("That I come from another therapist here", exact=True).check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("link", name="Choose", exact=True).click()
    three.look(page, "who comes next")
    page.get_by_label(NEXT).check()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text(NEXT).first).to_be_visible()


def the_therapist_writes_a_letter(three: Three) -> None:
    page = three.before
    page.goto(three.record + "hand-over/")
    expect(page.get_by_text("It is no verdict on you")).to_be_visible()
    three.look(page, "for the therapist")
    page.get_by_label("The letter").fill(LETTER)
    page.get_by_role("button", name=re.compile("^Keep, and show it")).click()
    expect(page.get_by_label("The letter")).to_have_value(LETTER)


def the_client_lets_pass_on_and_agrees(three: Three) -> None:
    page = three.client
    page.goto(three.address + "/me/change/")
    page.get_by_role("link", name="Look and choose").click()
    expect(page.get_by_text(LETTER)).to_be_visible()
    three.look(page, "what passes on")
    page.get_by_label("This letter passes on").check()
    page.get_by_label(re.compile("^Session 14")).check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="Yes, I would like this").click()
    expect(page.get_by_text("You have agreed.").first).to_be_visible()
    three.look(page, "agreed")


def the_next_one_says_yes(three: Three) -> None:
    page = three.after
    page.goto(three.address + "/hand-overs/")
    three.look(page, "who waits")
    page.get_by_role("link", name=CLIENT).click()
    three.look(page, "for the next therapist")
    page.get_by_role("button", name=re.compile("^Yes, from then on")).click()


def the_door_closes_and_another_opens(three: Three) -> None:
    assert three.before.request.get(three.record).status == CLOSED
    page = three.after
    page.goto(three.record)
    three.look(page, "the new record")
    page.goto(three.record + "hand-over/")
    expect(page.get_by_text(LETTER)).to_be_visible()
    three.look(page, "what passed on")
    page.get_by_role("link", name=re.compile("^Session 14")).click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    three.look(page, "a note that passed on")
    client = three.client
    client.goto(three.address + "/me/change/")
    expect(client.get_by_text(re.compile(f"to {NEXT}")).first).to_be_visible()
    three.look(client, "changed")
    client.goto(three.address + "/")
    three.look(client, "today")
