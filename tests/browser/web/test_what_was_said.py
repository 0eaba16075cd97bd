"""What was said, from the file to its erasure: brought, read, corrected, shown, taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, PHONE, keep_shot, sound
from tests.web.transcripts import TALK, vtt

pytestmark = pytest.mark.browser

THERAPIST, CLIENT, OWNER = "Nuala Brennan", "Marcus Whitlock", "Ruth Adeyemi"
NAMES = {"Tessa": "Nuala", "Cleo": "Marcus"}
SESSION = 6
HURRIED, TAKEN_UP = 10, 11
"""Lines of the talk: the client says that it went too fast, and the therapist hears it."""
SAID = "No. I felt you were a bit quick there, to be honest."
THREAD = "You carry that stone alone. Shall we begin with it next time?"
STORY = {
    "Farid Rahimi": ("a dip", "Rosa Figueira", 9),
    "Imogen Hartley": ("good moments", "Aisha Warsame", 5),
}
"""Sessions of the demo that are looked at: by whom, with whom, which."""
A_WHILE = 120_000
"""Milliseconds: the worker starts, and loads the model, while the page is looked at."""


@dataclass
class Two:
    """The therapist at a desk and the client with a phone, in the practice’s pages.

    Attributes
    ----------
    address
        Of the practice.
    session
        The address of the session’s pages, for the therapist.
    """

    address: str
    page: Page
    client: Page
    shots: Path
    session: str = ""

    def look(self, page: Page, name: str) -> None:
        """Hold a page to what every page must hold, and keep a picture of it."""
        sound(page)
        keep_shot(page, self.shots / "what was said", name)


def test_what_was_said(demo: str, open_page: OpenPage, shots: Path, tmp_path: Path) -> None:
    two = Two(demo, open_page(DESKTOP), open_page(PHONE), shots)
    come_in_as(two.page, demo, THERAPIST)
    come_in_as(two.client, demo, CLIENT)
    file = tmp_path / "session.vtt"
    file.write_text(vtt(tuple((NAMES[who], words) for who, words in TALK)))
    a_transcript_is_brought(two, file)
    who_is_who(two)
    it_is_read(two)
    a_finding_leads_to_its_line(two)
    a_code_is_corrected(two)
    something_is_shown(two)
    the_client_reads_it(two)
    the_client_takes_the_yes_back(two)
    nothing_is_left(two)
    the_audit_says_so(two, open_page(DESKTOP))


def come_in_as(page: Page, address: str, name: str) -> None:
    page.goto(address + "/demo/")
    page.get_by_role("button", name=f"Look as {name}", exact=True).click()
    expect(page).to_have_url(address + "/")


def a_transcript_is_brought(two: Two, file: Path) -> None:
    page = two.page
    page.get_by_role("link", name=CLIENT).first.click()
    held = page.locator("ul.dates li").filter(has_text=f"session {SESSION},")
    held.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=f"Session {SESSION}", exact=True)).to_be_visible()
    two.session = page.url.partition("#")[0]
    page.get_by_role("link", name="What was said").click()
    two.look(page, "bring")
    page.get_by_label("A file with the transcript").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()


def who_is_who(two: Two) -> None:
    page = two.page
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible()
    expect(page.locator("fieldset.speaker")).to_have_count(2)
    two.look(page, "who is who")
    page.get_by_role("button", name="Yes, that is so").click()
    expect(page.get_by_text(f"{len(TALK)} lines")).to_be_visible()
    two.look(page, "brought")


def it_is_read(two: Two) -> None:
    page = two.page
    page.get_by_role("button", name="Have it read").click()
    expect(page.get_by_role("heading", name="What stood out")).to_be_visible(timeout=A_WHILE)
    two.look(page, "findings")
    page.goto(two.session + "analysis/progress/")
    two.look(page, "progress")
    page.get_by_role("link", name="See what was found").click()


def a_finding_leads_to_its_line(two: Two) -> None:
    page = two.page
    page.get_by_role("link", name=re.compile("^Go to line")).first.click()
    expect(page).to_have_url(re.compile(r"/analysis/transcript/#line-\d+$"))
    expect(page.locator("li.line")).to_have_count(len(TALK))
    two.look(page, "transcript")


def a_code_is_corrected(two: Two) -> None:
    page = two.page
    line = page.locator(f"#line-{HURRIED}")
    expect(line).to_contain_text(SAID)
    line.get_by_role("link", name="Correct").click()
    menu = line.locator(".menu")
    menu.get_by_role("button", name="Complaint about the therapist").click()
    expect(menu.get_by_text("you: ")).to_be_visible()
    two.look(page, "corrected")
    page.reload()
    expect(page.locator(f"#line-{HURRIED}")).to_contain_text("Complaint about the therapist")


def something_is_shown(two: Two) -> None:
    page = two.page
    page.get_by_role("link", name="What stood out").click()
    page.get_by_role("link", name=f"Show something of it to {CLIENT}").click()
    page.get_by_label(re.compile("line", re.I)).last.fill(f"{HURRIED}, {TAKEN_UP}")
    page.get_by_label(re.compile("thread", re.I)).first.fill(THREAD)
    page.get_by_role("button", name="Look at it as").click()
    expect(page.get_by_text("Nothing is shown yet.")).to_be_visible()
    two.look(page, "show")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("Not read yet.")).to_be_visible()


def the_client_reads_it(two: Two) -> None:
    client = two.client
    client.goto(two.address + "/me/sessions/")
    two.look(client, "my sessions")
    client.get_by_role("link", name=re.compile(f"^Session {SESSION},")).click()
    expect(client.get_by_text(SAID)).to_be_visible()
    expect(client.get_by_text(THREAD)).to_be_visible()
    two.look(client, "my session")
    two.page.reload()
    expect(two.page.get_by_text(f"{CLIENT} has read it")).to_be_visible()


def the_client_takes_the_yes_back(two: Two) -> None:
    client = two.client
    client.get_by_role("link", name="My sessions").click()
    client.get_by_role("link", name="Your yes or no").click()
    consent = client.locator("#analysis .consent")
    expect(consent.get_by_text("With a no it is erased at once")).to_be_visible()
    two.look(client, "my yes")
    consent.get_by_role("button", name=re.compile("^Take my yes back")).click()
    expect(client.locator("#analysis .consent").get_by_text("You said no")).to_be_visible()


def nothing_is_left(two: Two) -> None:
    client, page = two.client, two.page
    client.goto(two.address + "/me/sessions/")
    expect(client.get_by_text("There is no text of any session that was held.")).to_be_visible()
    two.look(client, "my sessions afterwards")
    page.goto(two.session + "analysis/")
    expect(page.get_by_text("The client said no to")).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)
    two.look(page, "findings afterwards")


def the_audit_says_so(two: Two, owner: Page) -> None:
    come_in_as(owner, two.address, OWNER)
    owner.get_by_role("link", name="Audit").first.click()
    erased = owner.get_by_text("what was said in a session was erased")
    expect(erased).to_have_count(2)


@pytest.mark.parametrize("therapist", STORY)
def test_what_was_said_in_the_story_can_be_read_by_everybody(
    therapist: str, demo: str, open_page: OpenPage, shots: Path
) -> None:
    what, client, number = STORY[therapist]
    two = Two(demo, open_page(DESKTOP), open_page(PHONE), shots)
    come_in_as(two.page, demo, therapist)
    two.page.get_by_role("link", name=client).first.click()
    for earlier in two.page.get_by_text("Earlier sessions").all():
        earlier.click()
    held = two.page.locator("ul.dates li").filter(has_text=f"session {number},")
    held.get_by_role("link", name="What was said").click()
    expect(two.page.get_by_role("heading", name="What stood out")).to_be_visible()
    two.look(two.page, f"story {what}")
    two.page.get_by_role("link", name="The whole transcript").click()
    two.look(two.page, f"story {what} transcript")


@pytest.mark.parametrize(("client", "number"), [("Rosa Figueira", 10), ("Kit Lowry", 12)])
def test_what_clients_are_shown_in_the_story_can_be_read_by_everybody(
    client: str, number: int, demo: str, open_page: OpenPage, shots: Path
) -> None:
    two = Two(demo, open_page(DESKTOP), open_page(PHONE), shots)
    come_in_as(two.client, demo, client)
    two.client.goto(demo + "/me/sessions/")
    two.client.get_by_role("link", name=re.compile(f"^Session {number},")).click()
    expect(two.client.get_by_text("A thread to go on with")).to_be_visible()
    two.look(two.client, f"story shown {number}")


def test_what_is_read_with_a_supervisor_in_the_story_can_be_read_by_everybody(
    demo: str, open_page: OpenPage, shots: Path
) -> None:
    two = Two(demo, open_page(DESKTOP), open_page(PHONE), shots)
    come_in_as(two.page, demo, "Farid Rahimi")
    two.page.get_by_role("link", name="Rosa Figueira").first.click()
    two.page.get_by_text("Earlier sessions").click()
    held = two.page.locator("ul.dates li").filter(has_text="session 9,")
    held.get_by_role("link", name="What was said").click()
    two.page.get_by_role("link", name="Sharing with a supervisor").click()
    two.page.get_by_role("link", name="3 comments").click()
    expect(two.page.get_by_text("What was it like for you to hear it?")).to_be_visible()
    two.look(two.page, "story with a supervisor")
