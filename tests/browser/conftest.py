"""Tests in a real browser run only when asked for: ``make test-browser``.

Without Chromium they are skipped with a sentence that says so; where HOLDFAST_BROWSER_REQUIRED is
set, as in CI, they fail.
"""

from __future__ import annotations

import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ASK = "asked for with: make test-browser"
INSTALL = "no Chromium is installed (on Debian: apt-get install chromium)"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"browser: needs Chromium; {ASK}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = "browser" in (config.getoption("-m") or "")
    for item in items:
        if item.get_closest_marker("browser") and not wanted:
            item.add_marker(pytest.mark.skip(reason=ASK))


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None and os.environ.get("HOLDFAST_BROWSER_REQUIRED"):
        pytest.fail(INSTALL)
    if found is None:
        pytest.skip(INSTALL)
    return found
