"""A real browser accepts the page's own style and script, asks for nothing, and prints it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from holdfast import assign_roles, read
from holdfast.coding.codes import CodedSession
from holdfast.coding.rules import code_by_rules
from holdfast.examples import FIRST_SESSION
from holdfast.indicators import measure
from holdfast.reports.html import render_html
from holdfast.reports.record import make_record

pytestmark = pytest.mark.browser
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--log-level=0",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    session = assign_roles(read(FIRST_SESSION), therapist="Dana", client="Lee")
    coded = CodedSession(session, code_by_rules(session), model="rules only", codebook="holdfast")
    path = tmp_path_factory.mktemp("page") / "session.html"
    path.write_text(render_html(make_record(coded, measure(coded))), encoding="utf-8")
    return path


def browse(chromium: str, page: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [chromium, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", *flags]
    return subprocess.run(  # noqa: S603
        [*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )


def test_the_policy_lets_the_pages_own_script_run(chromium: str, page: Path) -> None:
    assert 'id="controls" hidden' in page.read_text(encoding="utf-8")
    assert 'id="controls" hidden' not in browse(chromium, page, "--dump-dom").stdout


def test_the_browser_refuses_nothing_of_the_page(chromium: str, page: Path) -> None:
    said = browse(chromium, page, "--dump-dom").stderr
    assert "CONSOLE" not in said
    assert "Refused" not in said


def test_a_foreign_script_is_refused(chromium: str, page: Path) -> None:
    foreign = page.with_name("foreign.html")
    added = "<script>document.title = 'taken over'</script></body>"
    foreign.write_text(page.read_text(encoding="utf-8").replace("</body>", added), encoding="utf-8")
    assert "<title>taken over</title>" not in browse(chromium, foreign, "--dump-dom").stdout


def test_it_prints(chromium: str, page: Path) -> None:
    printed = page.with_suffix(".pdf")
    browse(chromium, page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    assert printed.read_bytes().startswith(b"%PDF")
