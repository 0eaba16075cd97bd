"""Somebody whom nobody knows asks for help: from the first question to the first session."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, PHONE, keep_shot, sound
from tests.browser.web.steps import come_in, days_ago, enter_demo, plan_weekly

pytestmark = pytest.mark.browser

READER, CHOSEN = "Nuala Brennan", "Imogen Hartley"
NAME, EMAIL = "Wren Alder", "wren.alder@example.org"
BRINGS = "Since the move nothing seems worth getting up for."
ANSWER = "Thank you for telling us. We would like to begin with you: please choose somebody."
NINTH = "item-q9"
"""The line of the PHQ-9 about thoughts of death, which would lead to other pages."""
MOST_PAGES = 25

Fill = Callable[[Page], None]


def tick(*words: str) -> Fill:
    """Return how a page is answered by ticking."""

    def fill(page: Page) -> None:
        for one in words:
            page.get_by_label(one, exact=True).first.check()

    return fill


def write(words: str) -> Fill:
    """Return how a page is answered in one's own words."""
    return lambda page: page.locator("textarea").first.fill(words)


def about_oneself(page: Page) -> None:
    page.get_by_label("How old are you?").fill("34")
    page.locator("#f-partner").get_by_label("No", exact=True).check()


def contact(page: Page) -> None:
    page.get_by_label("What shall we call you?").fill(NAME)
    page.get_by_label("E-mail", exact=True).fill(EMAIL)


ANSWERS: dict[str, Fill] = {
    "Before we begin": tick("None of these"),
    "What brings you": write(BRINGS),
    "What you hope for": write("To sleep, and to laugh with my sister again."),
    "What it is about": tick("Feeling low, empty or without hope"),
    "A little about you": about_oneself,
    "One question by itself": tick("No"),
    "In the last year": tick("None of these"),
    "Practical matters": tick("English", "Online, by video"),
    "When you could come": tick(),
    "What you need": tick("With anybody"),
    "How we reach you": contact,
}


@dataclass
class Walk:
    """The stranger with a phone, and the practice's people at a desk.

    Attributes
    ----------
    link
        The stranger's own link.
    record
        The address of the record, for the therapist, once there is one.
    """

    address: str
    stranger: Page
    staff: Page
    shots: Path
    link: str = ""
    record: str = ""

    def look(self, page: Page, name: str) -> None:
        """Hold a page to what every page must hold, and keep a picture of it."""
        sound(page)
        keep_shot(page, self.shots / "asking for help", name)


def test_asking_for_help(demo: str, demo_said: Path, open_page: OpenPage, shots: Path) -> None:
    walk = Walk(demo, open_page(PHONE), open_page(DESKTOP), shots)
    somebody_begins(walk)
    they_tell_page_by_page(walk)
    they_read_it_over_and_hand_it_in(walk)
    a_person_answers(walk)
    they_choose_among_people(walk)
    the_therapist_says_yes(walk, open_page(DESKTOP))
    they_come_in_and_find_the_agreement(walk, demo_said)


def somebody_begins(walk: Walk) -> None:
    page = walk.stranger
    page.goto(walk.address + "/begin/")
    walk.look(page, "begin")
    page.get_by_label("What shall we call you?").fill("Wren")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Keep this link")).to_be_visible()
    walk.link = page.url
    walk.look(page, "link")
    page.get_by_role("link", name="To the first page").click()


def they_tell_page_by_page(walk: Walk) -> None:
    page = walk.stranger
    for place in range(MOST_PAGES):
        title = page.locator("h1").inner_text()
        if title == "Read it over":
            return
        walk.look(page, f"{place + 1} {title}")
        before = page.url
        if title in ANSWERS:
            ANSWERS[title](page)
            page.get_by_role("button", name="Go on", exact=True).click()
        else:
            fill_in(page, 0 if "PTSD" in page.locator("h1 + .note").inner_text() else 1)
        expect(page).not_to_have_url(before)
    pytest.fail("The questions have no end.")


def fill_in(page: Page, value: int) -> None:
    names = page.eval_on_selector_all(
        "form.asking input[type=radio]", "all => [...new Set(all.map((one) => one.name))]"
    )
    for name in names:
        told = 0 if name == NINTH else value
        line = page.locator(f"input[name='{name}'][value='{told}']").first
        if line.is_visible():  # What follows from a yes is not asked after a no.
            line.check()
    page.locator("form.asking button[value='hand-in']").click()


def they_read_it_over_and_hand_it_in(walk: Walk) -> None:
    page = walk.stranger
    expect(page.get_by_text(BRINGS)).to_be_visible()
    walk.look(page, "read over")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("It is no diagnosis")).to_be_visible()
    expect(page.get_by_text(f"{READER} reads what you told")).to_be_visible()
    walk.look(page, "result")


def a_person_answers(walk: Walk) -> None:
    page = walk.staff
    enter_demo(page, walk.address, READER)
    page.goto(walk.address + "/intakes/")
    walk.look(page, "who waits")
    page.get_by_role("link", name=NAME).first.click()
    expect(page.get_by_text(BRINGS)).to_be_visible()
    walk.look(page, "for the clinician")
    page.get_by_label("supportive therapy here", exact=True).check()
    page.get_by_label("Your words to the person").fill(ANSWER)
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def they_choose_among_people(walk: Walk) -> None:
    page = walk.stranger
    page.goto(walk.link)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    walk.look(page, "answered")
    page.get_by_role("link", name="People who could work with you").click()
    expect(page.locator("article.person")).to_have_count(3)
    walk.look(page, "candidates")
    page.get_by_role("button", name=f"Choose {CHOSEN}").click()
    expect(page.get_by_role("heading", name=f"You have chosen {CHOSEN}")).to_be_visible()
    walk.look(page, "chosen")


def the_therapist_says_yes(walk: Walk, page: Page) -> None:
    enter_demo(page, walk.address, CHOSEN)
    page.goto(walk.address + "/my/profile/")
    expect(page.get_by_role("heading", name="Somebody has chosen you")).to_be_visible()
    walk.look(page, "the chosen one")
    page.get_by_role("button", name=re.compile("^Yes")).first.click()
    page.goto(walk.address + "/")
    page.get_by_role("link", name=NAME).first.click()
    page.wait_for_url(re.compile(r"/clients/[0-9a-f-]+/$"))
    walk.record = page.url
    walk.look(page, "the record")
    page.goto(walk.record + "agreement/change/")
    page.get_by_role("button", name="Offer the agreement").click()
    first = days_ago(-3, hour=17)
    plan_weekly(page, walk.record, first, 1)
    page.goto(walk.record)
    expect(page.get_by_text("17:00").first).to_be_visible()


def they_come_in_and_find_the_agreement(walk: Walk, demo_said: Path) -> None:
    page = walk.stranger
    letters = demo_said.read_text(encoding="utf-8")
    (link,) = re.findall(
        rf"To: {re.escape(EMAIL)}\n.*?(http\S+/invitation/\S+)", letters, re.DOTALL
    )[-1:]
    come_in(page, link)
    page.goto(walk.address + "/me/agreement/")
    page.get_by_role("button", name="I accept this agreement").first.click()
    expect(page.get_by_text("Both of you accepted this")).to_be_visible()
    walk.look(page, "agreement")
    page.goto(walk.address + "/")
    expect(page.get_by_text("17:00").first).to_be_visible()
    walk.look(page, "today")
