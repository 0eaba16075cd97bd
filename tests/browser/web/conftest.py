"""A demo practice and a real one, served; browsers that remember what went wrong in them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.web.pages import Size, watched
from tests.browser.web.servers import HOLDFAST, free_port, running, surroundings

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Real:
    """A practice that was just set up: where it is, and its owner's link to come in by."""

    address: str
    owner_link: str


@pytest.fixture(scope="session")
def chrome(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the demo practice says what it does, the letters that it would send included."""
    return tmp_path_factory.mktemp("demo") / "said.txt"


@pytest.fixture(scope="session")
def demo(demo_said: Path, chromium: str) -> Iterator[str]:
    """Serve the demo practice; return its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["demo", "--home", str(demo_said.parent / "home"), "--port", str(port)]
    with running(command, surroundings(), address + "/demo/", demo_said):
        yield address


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Real]:
    """Set up a practice as its owner does, and serve it, without https on this machine."""
    folder, port = tmp_path_factory.mktemp("real"), free_port()
    address = f"http://127.0.0.1:{port}"
    environment = surroundings(
        HOLDFAST_HOME=str(folder / "home"),
        HOLDFAST_ADDRESS=address,
        HOLDFAST_HTTPS="0",
        HOLDFAST_FRESH_SECONDS="3600",
    )
    said = _set_up(environment)
    command = ["serve", "--port", str(port), "--workers", "1"]
    with running(command, environment, address + "/account/login/", folder / "said.txt"):
        link = re.search(r"https?://\S+/invitation/\S+/", said)
        assert link, said
        yield Real(address, link[0])


def _set_up(environment: dict[str, str]) -> str:
    told = [
        "--practice",
        "Harbour Practice",
        "--name",
        "Olive Ogden",
        "--email",
        "olive@example.org",
    ]
    done = subprocess.run(  # noqa: S603 - our own program
        [*HOLDFAST, "setup", *told],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def open_page(chrome: Browser) -> Iterator[OpenPage]:
    """Return a way to open a browser of one's own; at the end nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(size: Size, *, dark: bool = False, clock: str = "Europe/London") -> Page:
        context = chrome.new_context(
            viewport={"width": size.width, "height": size.height},
            has_touch=size.touch,
            color_scheme="dark" if dark else "light",
            timezone_id=clock,
            locale="en-GB",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return watched(context.new_page(), wrong)

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="session")
def shots() -> Path:
    """Return where screenshots are kept: they are made anew, and no part of the repository."""
    return Path(__file__).parents[3] / "report" / "screenshots"
