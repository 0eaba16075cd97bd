"""HTML that can't be made by accident: every text is escaped unless it already is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape

VOID = frozenset({"meta", "br", "hr", "input", "rect", "circle", "line", "path", "polygon"})
# What no browser should be handed: controls, lone surrogates, non-characters.
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is HTML already. Only this module and fixed assets make it."""

    __slots__ = ()


Child = str | Markup | None


def text(words: str) -> Markup:
    """Escape words for an element or an attribute.

    Examples
    --------
    >>> text('<b onclick="x">')
    '&lt;b onclick=&quot;x&quot;&gt;'
    """
    if isinstance(words, Markup):
        return words
    return Markup(escape(UNSPEAKABLE.sub("\ufffd", words), quote=True))


def tag(name: str, *children: Child, **attributes: str | float | bool | None) -> Markup:
    """Return an element. A trailing ``_`` of an attribute goes, other ``_`` become ``-``.

    ``True`` writes a bare attribute; ``None`` and ``False`` leave it out.

    Examples
    --------
    >>> tag("p", "Tea & toast", class_="note", data_line=3)
    '<p class="note" data-line="3">Tea &amp; toast</p>'
    >>> tag("input", type="checkbox", checked=True)
    '<input type="checkbox" checked>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID and not children:
        return Markup(f"<{name}{written}>" if name in HTML_VOID else f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


HTML_VOID = frozenset({"meta", "br", "hr", "input"})


def _attribute(key: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = _written(key)
    if value is True:
        return f" {name}"
    if isinstance(value, str):
        return f' {name}="{text(value)}"'
    shown = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f' {name}="{shown}"'


@cache
def _written(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Join texts (escaped) and markup (kept), leaving out ``None``.

    Examples
    --------
    >>> join(["a < b", None, tag("br")])
    'a &lt; b<br>'
    """
    return Markup(between.join(text(child) for child in children if child is not None))
