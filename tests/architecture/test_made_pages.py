from __future__ import annotations

from docs.pages import pages


def test_pages_made_from_data_are_not_stale() -> None:
    stale = [path.name for path, page in pages() if path.read_text(encoding="utf-8") != page]
    assert not stale, f"{', '.join(stale)}: run make docs"
