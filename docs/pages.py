"""Writes the pages that are made from data: ``python -m docs.pages``, or ``make docs``.

A test fails when one of them is stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from holdfast.codebooks import codebook_page, load_codebook
from holdfast.runtime import SHIPPED
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD
from holdfast.runtime.page import accuracy_table, card_page

ROOT = Path(__file__).parent.parent


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each page that is made from data, with what it should hold."""
    card = read_card(SHIPPED / CARD)
    readme = ROOT / "README.md"
    yield ROOT / "docs/reference/codebook.md", codebook_page(load_codebook())
    yield ROOT / "docs/validity/model.md", card_page(card)
    yield readme, between(readme.read_text(encoding="utf-8"), "accuracy", accuracy_table(card))


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
