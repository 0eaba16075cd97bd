"""What people do in the practice, step by step, by what they see on the page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.web.pages import sound

PASSWORD = "kelp holds on to its rock"
SLIDERS = 6


def totp(secret: str, at: float | None = None) -> str:
    """Return the code that an authenticator app would show now (RFC 6238).

    Examples
    --------
    >>> totp(base64.b32encode(b"12345678901234567890").decode(), at=59)
    '287082'
    """
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def lasting_totp(secret: str, least: float = 5.0) -> str:
    """Return a code that stays good for some seconds, as somebody waits for the next one."""
    left = 30 - time.time() % 30
    if left < least:
        time.sleep(left)
    return totp(secret)


def come_in(page: Page, link: str) -> None:
    """Accept an invitation with a password."""
    page.goto(link)
    sound(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()


def set_up_second_factor(page: Page) -> str:
    """Set up an authenticator app, as the practice asks of its people; return its secret."""
    expect(page).to_have_url(re.compile(r"/account/2fa/totp/activate/"))
    sound(page)
    secret = page.get_by_label(re.compile("secret", re.IGNORECASE)).input_value()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(lasting_totp(secret))
    page.get_by_role("button", name=re.compile("activate", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile("recovery-codes"))
    sound(page)
    return secret


def sign_in(page: Page, address: str, email: str, secret: str | None = None) -> None:
    """Sign in with the password, and the app's code where there is one."""
    page.goto(f"{address}/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/account/login/"))
    if secret is not None:
        page.get_by_label(re.compile("code", re.IGNORECASE)).fill(lasting_totp(secret))
        page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).first.click()
        # Going on sooner would break off the signing in.
        expect(page).not_to_have_url(re.compile("/account/2fa/"))


def enter_demo(page: Page, address: str, name: str) -> None:
    """Look at the demo practice as somebody of it."""
    page.goto(address + "/demo/")
    page.get_by_role("button", name=f"Look as {name}", exact=True).click()
    expect(page).to_have_url(address + "/")


def fill_clause(page: Page, told: Mapping[str, str]) -> None:
    """Fill in what a clause leaves blank, by its labels."""
    for label, value in told.items():
        page.get_by_label(re.compile(re.escape(label), re.IGNORECASE)).first.fill(value)


def plan_weekly(page: Page, client: str, first: datetime, weeks: int) -> None:
    """Plan sessions at the same hour, week after week."""
    page.goto(client + "sessions/plan/")
    page.get_by_label("Day").fill(f"{first:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill(f"{first:%H:%M}")
    page.get_by_label("How often").select_option(str(weeks))
    page.get_by_role("button", name="Plan", exact=True).click()


def hold_next(page: Page, address: str, client: str) -> None:
    """Mark the earliest session with a client that is still open as held."""
    page.goto(f"{address}/sessions/")
    page.get_by_role("button", name=f"the session with {client}").first.click()


def rate(page: Page, values: list[int], *, uncomfortable: int = 0, note: str = "") -> None:
    """Answer the sliders of a check-in or a guess from the first on, and leave the rest open."""
    rows = page.locator("fieldset.a-scale")
    for place, value in enumerate(values):
        rows.nth(place).locator(f"input[value='{value}']").check()
    if len(values) == SLIDERS:
        page.locator("fieldset.a-choice").first.locator(f"input[value='{uncomfortable}']").check()
    if note:
        page.locator("textarea").first.fill(note)


def days_ago(days: int, hour: int = 10) -> datetime:
    """Return an hour of a day in the past, by the practice's calendar."""
    today = datetime.now(ZoneInfo("Europe/London")).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )
    return today - timedelta(days=days)
