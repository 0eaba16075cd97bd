"""The whole path in a real practice: invited, agreed, met, asked, noticed, answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.web.conftest import OpenPage, Real
from tests.browser.web.pages import DESKTOP, PHONE, Size, keep_shot, sound
from tests.browser.web.steps import (
    come_in,
    days_ago,
    fill_clause,
    hold_next,
    plan_weekly,
    rate,
    set_up_second_factor,
    sign_in,
)

pytestmark = pytest.mark.browser

BLANKS = {
    "about_your_therapist": {"where the practice is": "2 Harbour Road"},
    "exceptions": {"obliges us to tell": "what the law says about children in danger"},
    "fees": {"fee for a session": "£50"},
    "complaints": {"outside the practice": "the professional body"},
}
GOOD = [9, 8, 9, 9, 8, 9]
BAD = [6, 5, 3, 2, 4, 4]
BETTER = [8, 8, 8, 8, 8, 8]
WEEKS = 8
DIP = 7
INTENT = "Begin with it next time, and listen before I explain."


@dataclass
class Two:
    """A therapist and a client, each in a browser of their own.

    Attributes
    ----------
    address
        Of the practice.
    page
        The therapist's.
    client
        The client's.
    record
        The address of the client's record, for the therapist.
    signal
        The address of what stood out.
    """

    address: str
    page: Page
    client: Page
    name: str
    email: str
    record: str = ""
    signal: str = ""


@pytest.fixture(scope="session")
def owner_secret() -> dict[str, str]:
    """Keep the secret of the owner's second factor, who comes in only once."""
    return {}


@pytest.fixture
def owner(real: Real, open_page: OpenPage, owner_secret: dict[str, str]) -> Page:
    """Return the owner's browser; the first time they come in and fill in the practice's blanks."""
    page = open_page(DESKTOP)
    if owner_secret:
        sign_in(page, real.address, "olive@example.org", owner_secret["totp"])
        return page
    come_in(page, real.owner_link)
    owner_secret["totp"] = set_up_second_factor(page)
    page.goto(real.address + "/practice/settings/")
    page.get_by_label("Phone").fill("01632 960 100")
    page.get_by_label("E-mail").fill("hello@harbour.example.org")
    page.get_by_role("button", name="Save").first.click()
    for clause, told in BLANKS.items():
        page.goto(f"{real.address}/practice/agreement/{clause}/")
        fill_clause(page, told)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page).to_have_url(real.address + "/practice/agreement/")
    return page


@pytest.fixture(params=[PHONE, DESKTOP], ids=str)
def size(request: pytest.FixtureRequest) -> Size:
    found: Size = request.param
    return found


@pytest.fixture
def two(size: Size, real: Real, owner: Page, open_page: OpenPage) -> Two:
    """Bring a therapist and a client in, each by an invitation."""
    therapist = open_page(DESKTOP)
    owner.goto(real.address + "/practice/people/")
    owner.get_by_label("Name").fill(f"Tess on {size}")
    owner.get_by_label("E-mail").fill(f"tess.{size}@example.org")
    owner.get_by_role("button", name="Invite", exact=True).click()
    come_in(therapist, owner.get_by_role("link", name="invitation/").inner_text())
    set_up_second_factor(therapist)

    name, email = f"Cleo on {size}", f"cleo.{size}@example.org"
    therapist.goto(real.address + "/clients/new/")
    therapist.get_by_label("Name").fill(name)
    therapist.get_by_label("E-mail").fill(email)
    therapist.get_by_label("What brings them").fill("I don’t sleep.")
    therapist.get_by_role("button", name="Open the record and invite").click()
    link = therapist.get_by_role("link", name="invitation/").inner_text()
    found = Two(real.address, therapist, open_page(size), name, email)
    come_in(found.client, link)
    therapist.get_by_role("link", name="Begin the working agreement").click()
    found.record = therapist.url.removesuffix("agreement/")
    return found


def test_the_whole_path(two: Two, size: Size, open_page: OpenPage, shots: Path) -> None:
    what_to_expect(two)
    agree(two)
    plan_weekly(two.page, two.record, days_ago(7 * (WEEKS - 1) + 1), WEEKS)
    first_check_in(two, size, open_page, shots)
    guess_and_then_the_rating(two)
    the_client_sees_the_course(two, shots)
    by_keyboard_alone(two)
    on_a_tablet(two, open_page)
    for _ in range(4, DIP):
        met(two, GOOD)
    met(two, BAD, note="You had the answer before I had said it.")
    a_signal_is_answered(two, shots, size)
    met(two, BETTER)
    it_is_followed_up(two)
    a_rupture_is_logged(two, shots, size)


def what_to_expect(two: Two) -> None:
    expect(two.client.get_by_role("heading", name="Welcome")).to_be_visible()
    two.client.get_by_role("link", name="Begin here").click()
    two.client.get_by_role(
        "heading", name=re.compile("uncomfortable|discomfort", re.I)
    ).first.click()
    two.client.get_by_role("link", name="On to today").click()
    expect(two.client.get_by_role("link", name="Read it again")).to_be_visible()


def agree(two: Two) -> None:
    therapist, client = two.page, two.client
    therapist.goto(two.record + "agreement/change/about_your_therapist/")
    fill_clause(
        therapist,
        {"training and qualifications": "diploma", "registered": "the Register, no. 12"},
    )
    therapist.get_by_role("button", name="Keep it, and see the difference").click()
    therapist.goto(two.record + "agreement/change/")
    therapist.get_by_label("A word with it").fill("Take your time with it.")
    therapist.get_by_role("button", name="Offer the agreement").click()

    client.goto(two.address + "/me/agreement/")
    expect(client.get_by_text("Take your time with it.")).to_be_visible()
    client.locator("#fees summary", has_text="Ask about this").click()
    client.locator("#fees").get_by_label("What would you like to know?").fill("Also when I’m ill?")
    client.get_by_role("button", name=re.compile("^Ask ")).locator("visible=true").click()
    expect(client.get_by_text("Also when I’m ill?")).to_be_visible()

    therapist.goto(two.record + "agreement/")
    therapist.get_by_label(re.compile("answer", re.I)).first.fill("No, not then.")
    therapist.get_by_role("button", name=re.compile("answer", re.I)).first.click()

    client.goto(two.address + "/me/agreement/")
    expect(client.get_by_text("No, not then.")).to_be_visible()
    client.get_by_role("button", name="I accept this agreement").first.click()
    expect(client.get_by_text("Both of you accepted this")).to_be_visible()


def first_check_in(two: Two, size: Size, open_page: OpenPage, shots: Path) -> None:
    hold_next(two.page, two.address, two.name)
    client = two.client
    client.goto(two.address + "/")
    client.get_by_role("link", name="Say how it was").click()
    rate(client, GOOD[:3])
    expect(client.locator("#kept")).to_contain_text(re.compile("saved|kept", re.I))

    other = open_page(size)
    sign_in(other, two.address, two.email)
    other.get_by_role("link", name="Say how it was").click()
    for place, value in enumerate(GOOD[:3]):
        row = other.locator("fieldset.a-scale").nth(place)
        expect(row.locator(f"input[value='{value}']")).to_be_checked()
    for place, value in enumerate(GOOD[3:], start=3):
        other.locator("fieldset.a-scale").nth(place).locator(f"input[value='{value}']").check()
    other.locator("fieldset.a-choice").first.locator("input[value='0']").check()
    other.locator("textarea").fill("I didn’t expect to laugh.")
    keep_shot(other, shots / "path", "check-in")
    other.get_by_role("button", name="Hand in").click()
    expect(other.get_by_role("heading", name="Thank you")).to_be_visible()
    sound(other)


def guess_and_then_the_rating(two: Two) -> None:
    page = two.page
    page.goto(two.record)
    expect(page.get_by_text("I didn’t expect to laugh.")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Your guess for session 1")).click()
    expect(page.get_by_text("I didn’t expect to laugh.")).to_have_count(0)
    rate(page, [8] * 6)
    page.get_by_role("button", name="That is my guess").click()
    expect(page.get_by_text("I didn’t expect to laugh.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Your guess")).to_be_visible()


def the_client_sees_the_course(two: Two, shots: Path) -> None:
    two.client.goto(two.address + "/me/course/")
    expect(two.client.get_by_text("I didn’t expect to laugh.")).to_be_visible()
    expect(two.client.get_by_text("guess")).to_have_count(0)
    keep_shot(two.client, shots / "path", "my course")


def by_keyboard_alone(two: Two) -> None:
    hold_next(two.page, two.address, two.name)
    two.client.goto(two.address + "/")
    keyboard, rated = two.client.keyboard, set[str]()
    _tab_to(two.client, lambda told: told["text"] == "Say how it was")
    keyboard.press("Enter")
    expect(two.client.locator("fieldset.a-scale").first).to_be_visible()
    for _ in range(80):
        keyboard.press("Tab")
        told = _focused(two.client)
        if told["type"] == "radio" and told["name"] not in rated:
            rated.add(told["name"])
            keyboard.press("Space")
            for _ in range(8 if told["group"] > 3 else 0):
                keyboard.press("ArrowRight")
        if told["text"] == "Hand in":
            keyboard.press("Enter")
            break
    expect(two.client.get_by_role("heading", name="Thank you")).to_be_visible()
    assert len(rated) == 7
    guess_for(two, GOOD)


def _focused(page: Page) -> dict[str, object]:
    told: dict[str, object] = page.evaluate(
        """() => { const one = document.activeElement; return {
            type: one.type || "", name: one.name || "", text: one.innerText || "",
            group: one.name ? document.getElementsByName(one.name).length : 0,
        }; }"""
    )
    return told


def _tab_to(page: Page, found: object) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if found(_focused(page)):  # type: ignore[operator]
            return
    raise AssertionError("It can't be reached with the keyboard.")


def on_a_tablet(two: Two, open_page: OpenPage) -> None:
    """Answer session 3 in the waiting room, where nobody is signed in."""
    hold_next(two.page, two.address, two.name)
    guess_for(two, GOOD)
    two.page.get_by_role("button", name="Let them answer on a tablet here").click()
    sound(two.page)
    tablet = open_page(DESKTOP)
    tablet.goto(two.page.get_by_label("The address", exact=True).input_value())
    sound(tablet)
    rate(tablet, GOOD)
    tablet.get_by_role("button", name="Hand in").click()
    expect(tablet.get_by_role("heading", name="Thank you")).to_be_visible()
    sound(tablet)
    two.page.goto(two.record)
    expect(two.page.get_by_role("img", name=re.compile("over 3 sessions"))).to_be_visible()


def met(two: Two, values: list[int], note: str = "") -> None:
    hold_next(two.page, two.address, two.name)
    two.client.goto(two.address + "/")
    two.client.get_by_role("link", name="Say how it was").click()
    rate(two.client, values, note=note)
    two.client.get_by_role("button", name="Hand in").click()
    expect(two.client.get_by_role("heading", name="Thank you")).to_be_visible()
    guess_for(two, GOOD)


def guess_for(two: Two, values: list[int]) -> None:
    two.page.goto(two.record)
    two.page.get_by_role("link", name=re.compile("^Your guess for session")).last.click()
    rate(two.page, values)
    two.page.get_by_role("button", name="That is my guess").click()
    expect(two.page.get_by_role("heading", name=re.compile("^Session "))).to_be_visible()


def a_signal_is_answered(two: Two, shots: Path, size: Size) -> None:
    page = two.page
    page.goto(two.address + "/")
    keep_shot(page, shots / "path", f"caseload {size}")
    page.get_by_role("link", name=two.name).first.click()
    page.locator("aside").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="The card")).to_be_visible()
    two.signal = page.url.partition("#")[0]
    keep_shot(page, shots / "path", f"signal {size}")
    page.locator("#answer textarea").first.fill(INTENT)
    for other in page.locator("#answer input[type=checkbox]").all():
        other.check()
    page.get_by_role("button", name="This is what I’ll do").click()
    expect(page.get_by_text(INTENT).first).to_be_visible()
    sound(page)


def it_is_followed_up(two: Two) -> None:
    page = two.page
    page.goto(two.signal)
    expect(page.get_by_text(f"The next rating came in session {DIP + 1}")).to_be_visible()
    page.locator("#answer textarea").first.fill("We talked about it. It was about the pace.")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("It was about the pace.")).to_be_visible()


def a_rupture_is_logged(two: Two, shots: Path, size: Size) -> None:
    page = two.page
    page.get_by_role("link", name="Log a rupture from this").click()
    page.locator("textarea").first.fill("I answered before she had finished.")
    page.locator("input[type=radio][value=withdrawal]").check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.goto(two.record + "ruptures/")
    expect(page.get_by_text("I answered before she had finished.").first).to_be_visible()
    page.goto(two.record)
    keep_shot(page, shots / "path", f"relationship {size}")
