"""What every page must hold: no error, nothing that axe finds, no scrolling to the side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

NARROW = 320
SOURCE = Axe().axe_script
WHOLE = """async () => (await axe.run({resultTypes: ["violations"]})).violations"""
CONTRAST = """async () => (await axe.run({runOnly: ["color-contrast"]})).violations"""


@dataclass(frozen=True)
class Size:
    """A screen."""

    name: str
    width: int
    height: int
    touch: bool

    def __str__(self) -> str:
        return self.name


PHONE = Size("phone", 390, 844, touch=True)
DESKTOP = Size("desktop", 1280, 900, touch=False)
SIZES = (PHONE, DESKTOP)


def watched(page: Page, wrong: list[str]) -> Page:
    """Remember what goes wrong in a page: errors, refusals of its policy, failed answers."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _is_told_elsewhere(message.text):
            wrong.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.request.method} {response.url} answered {response.status}")

    def failed(request: Request) -> None:
        # Whoever clicks on before all has come lets the rest go.
        if request.failure != "net::ERR_ABORTED":
            wrong.append(f"{page.url}: {request.url} failed: {request.failure}")

    page.on("console", said)
    page.on("response", answered)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("requestfailed", failed)
    return page


def violations(page: Page) -> list[str]:
    """Return what axe finds at both sizes, and of its contrast in light and in dark."""
    page.evaluate(SOURCE)
    found = []
    for size in SIZES:
        page.set_viewport_size({"width": size.width, "height": size.height})
        for scheme, script in (("dark", CONTRAST), ("light", WHOLE)):
            page.emulate_media(color_scheme=scheme)
            for one in page.evaluate(script):
                parts = "; ".join(" ".join(node["target"]) for node in one["nodes"][:4])
                found.append(f"{page.url} ({size}, {scheme}): {one['id']}: {one['help']} [{parts}]")
    return found


def scrolls_sideways(page: Page) -> list[str]:
    """Return the parts that stick out of a page on a very narrow screen."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width <= NARROW:
        return []
    parts = page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((one) => `${one.tagName}.${one.className}`)"""
    )
    return [f"{page.url} is {width} px wide: {parts}"]


def sound(page: Page) -> None:
    """Hold a page to all of this, and leave it at the size that it had."""
    before = page.viewport_size
    wrong = [*violations(page), *scrolls_sideways(page)]
    if before:
        page.set_viewport_size(before)
    assert not wrong, "\n".join(wrong)


def keep_shot(page: Page, folder: Path, name: str) -> None:
    """Keep a picture of a page at both sizes, and leave it at the one that it had."""
    before = page.viewport_size
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        page.set_viewport_size({"width": size.width, "height": size.height})
        file = re.sub(r"[^a-z0-9]+", "-", f"{name}-{size}".lower()).strip("-")
        page.screenshot(path=folder / f"{file}.png", full_page=True, animations="disabled")
    if before:
        page.set_viewport_size(before)


def _is_told_elsewhere(text: str) -> bool:
    """Say whether a message repeats a failed answer, which is remembered with its status."""
    return text.startswith("Failed to load resource")
