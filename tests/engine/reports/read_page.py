"""A page as a browser takes it apart, and words that would like to be more than words."""

from __future__ import annotations

from html.parser import HTMLParser

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></script><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "${style} $script {{7*7}}",
    "]]><!--",
    "javascript:alert(1)",
)


class Page(HTMLParser):
    """Collects what matters of a page and checks that its elements are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))
        if name not in ("meta", "input", "br", "hr"):
            self.open.append(name)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.said.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for one, attributes in self.tags if one == name]

    @property
    def words(self) -> str:
        return " ".join(self.said)
