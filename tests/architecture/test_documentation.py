"""Documentation that cannot rot: links lead somewhere, examples run, lists are complete."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

from .sources import ROOT, place

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
FENCE = re.compile(r"^(?P<tick>`{3,})(?P<what>\w*)[^\n]*\n(?P<code>.*?)^(?P=tick)\s*$", re.M | re.S)
NOT_RUN = "<!-- not run"
"""A comment right above a block of Python that no test runs; it says why."""


def prose(page: Path) -> str:
    """Return a page without its code, where brackets mean other things."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+\s+(.+?)\s*#*$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(page: Path) -> list[str]:
    broken = []
    for target in (one or other for one, other in LINK.findall(prose(page))):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        known = aim.exists() and (not anchor or aim.suffix != ".md" or anchor in headings(aim))
        if not known or not aim.is_relative_to(ROOT):
            broken.append(target)
    return broken


def python_blocks() -> list[tuple[Path, str]]:
    blocks = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in FENCE.finditer(text):
            before = text[: block.start()].rstrip().rsplit("\n", 1)[-1]
            if block["what"] == "python" and not before.startswith(NOT_RUN):
                blocks.append((page, dedent(block["code"])))
    return blocks


def test_there_are_pages() -> None:
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"} <= set(map(place, PAGES))


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See [this](nowhere.md), [that](#no-such-heading) and `[not](this.md)`.")
    assert broken_links(page) == ["nowhere.md", "#no-such-heading"]


@pytest.mark.parametrize(
    ("page", "code"), python_blocks(), ids=lambda part: getattr(part, "name", "")
)
def test_every_python_block_runs(page: Path, code: str, tmp_path: Path) -> None:
    if ">>>" in code:
        code = f"import doctest\nassert not doctest.run_docstring_examples({code!r}, {{}})\n"
    ran = subprocess.run(  # noqa: S603 - our own documentation
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{place(page)}:\n{ran.stderr}"
    assert "Failed example" not in ran.stdout, f"{place(page)}:\n{ran.stdout}"


def test_every_make_target_named_in_the_pages_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        named = re.findall(r"(?:^|`)(?:\$ )?make ([a-z][a-z-]*)", page.read_text("utf-8"), re.M)
        assert set(named) <= targets, place(page)


def test_every_dependency_has_its_line_in_the_decisions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    wanted = {re.split(r"[<>=\[]", one)[0] for group in groups for one in group}
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([\w.-]+)` \|", page, re.M)
    assert sorted(named) == sorted(wanted)
