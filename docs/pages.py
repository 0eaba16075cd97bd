"""Writes the pages that are made from data: ``python -m docs.pages``, or ``make docs``.

A test fails when one of them is stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path

from rich.console import Console

from holdfast.codebooks import (
    codebook_page,
    crosswalk_page,
    in_words,
    load_codebook,
    load_crosswalk,
)
from holdfast.corpus.dictionary import dictionary_page
from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.instruments import load_instrument
from holdfast.instruments.page import instruments_page
from holdfast.instruments.responses import read_responses, score_response
from holdfast.instruments.rows import read_rows
from holdfast.reports.scores import Scored, print_scores
from holdfast.reports.trajectory.terminal import print_trajectories
from holdfast.runtime import SHIPPED
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD
from holdfast.runtime.page import accuracy_table, card_page
from holdfast.trajectories import load_rules
from holdfast.trajectories.reading import read_cases
from holdfast.trajectories.trajectory import follow
from holdfast_web.fit.assessment.page import rules_page
from tests.web.access import access_page

ROOT = Path(__file__).parent.parent
WIDTH = 80


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each page that is made from data, with what it should hold."""
    card = read_card(SHIPPED / CARD)
    codebook = load_codebook()
    readme = ROOT / "README.md"
    outcome = ROOT / "docs/validity/outcome-signals.md"
    walk = ROOT / "docs/tutorial/follow-ratings.md"
    yield ROOT / "docs/reference/access.md", access_page()
    yield ROOT / "docs/reference/assessment-rules.md", rules_page()
    yield ROOT / "docs/reference/codebook.md", codebook_page(codebook)
    yield ROOT / "docs/reference/corpus.md", dictionary_page()
    yield ROOT / "docs/reference/crosswalk.md", crosswalk_page(load_crosswalk(), codebook)
    yield ROOT / "docs/reference/instruments.md", instruments_page()
    words = partial(in_words, codebook=codebook)
    yield ROOT / "docs/validity/model.md", card_page(card, words)
    yield outcome, between(outcome.read_text(encoding="utf-8"), "rules", rules_table("outcome"))
    yield walk, follow_ratings(walk.read_text(encoding="utf-8"))
    yield readme, between(readme.read_text(encoding="utf-8"), "accuracy", accuracy_table(card))


def rules_table(family: str) -> str:
    """Return a family of signal rules as a Markdown table.

    Examples
    --------
    >>> rules_table("outcome").splitlines()[0]
    '| Signal |  | Rule | Source | Does not mean |'
    """
    lines = ["| Signal |  | Rule | Source | Does not mean |", "|---|---|---|---|---|"]
    for name, one in load_rules(family).items():
        amounts = ", ".join(f"`{key}` {value:g}" for key, value in one.amounts.items())
        rule = f"{one.formula} {amounts}".strip()
        source = f"{one.source} *{one.checked}*"
        cells = (f"{one.title} (`{name}`)", one.attention, rule, source, one.not_meaning)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines)


def follow_ratings(page: str) -> str:
    """Return the walk with what the terminal shows on its way."""
    rows = RATINGS.read_text(encoding="utf-8").splitlines()
    page = between(page, "ratings", fenced("\n".join((*rows[:5], "…", *rows[23:25]))))
    page = between(page, "score", fenced(scores()))
    page = between(page, "trajectory", fenced(course(RATINGS, "check-in")))
    return between(page, "outcome", fenced(course(PHQ9_ANSWERS, "phq-9")))


def scores() -> str:
    """Return what ``holdfast score phq-9 phq-9.csv`` prints."""
    console, phq9 = paper(), load_instrument("phq-9")
    responses = read_responses(read_rows(PHQ9_ANSWERS), phq9).responses
    print_scores(phq9, [Scored(one, score_response(phq9, one)) for one in responses], console)
    return printed(console)


def course(path: Path, instrument: str) -> str:
    """Return what ``holdfast trajectory`` prints of an example."""
    console = paper()
    case = read_cases(read_rows(path), default=instrument).cases[0]
    report = path.with_suffix(".html").name
    print_trajectories(follow(case), console=console, report=report)
    return printed(console)


def paper() -> Console:
    """Return a terminal without colours that keeps what is printed."""
    return Console(file=StringIO(), width=WIDTH, color_system=None, highlight=False)


def printed(console: Console) -> str:
    """Return what was printed, without spaces at the ends of lines."""
    assert isinstance(console.file, StringIO)  # noqa: S101 - it comes from paper()
    return "\n".join(line.rstrip() for line in console.file.getvalue().rstrip().splitlines())


def fenced(words: str) -> str:
    """Return words as a block of text."""
    return f"```text\n{words}\n```"


def between(page: str, mark: str, content: str) -> str:
    r"""Return a page with what stands between two marks replaced.

    Examples
    --------
    >>> between("<!-- a -->old<!-- /a -->", "a", "new")
    '<!-- a -->\nnew\n<!-- /a -->'
    """
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    whole = f"{begin}\n{content}\n{end}"
    return re.sub(f"{begin}.*{end}", lambda _: whole, page, flags=re.DOTALL)


def write_pages() -> None:
    """Write every page."""
    for path, page in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
