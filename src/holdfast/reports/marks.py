"""The picture's shapes. Each means one thing and can be told from the others without colour."""

from __future__ import annotations

from collections.abc import Callable

from holdfast.reports.page.markup import Markup, join, tag

Shape = Callable[[float, float], Markup]
"""Draws a mark around a point."""

R = 5.0


def _polygon(points: list[tuple[float, float]], kind: str) -> Markup:
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=kind)


def _diamond(x: float, y: float, size: float, kind: str) -> Markup:
    return _polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], kind)


def complex_reflection(x: float, y: float) -> Markup:
    """Draw a filled diamond."""
    return _diamond(x, y, R + 1.5, "full")


def simple_reflection(x: float, y: float) -> Markup:
    """Draw an outlined diamond."""
    return _diamond(x, y, R + 0.5, "open")


def open_question(x: float, y: float) -> Markup:
    """Draw an open ring."""
    return tag("circle", cx=x, cy=y, r=R - 0.5, class_="open")


def closed_question(x: float, y: float) -> Markup:
    """Draw a closed disc."""
    return tag("circle", cx=x, cy=y, r=R - 0.5, class_="full")


def good(x: float, y: float) -> Markup:
    """Draw a triangle that points up, above the line."""
    return _polygon([(x - 4.5, y - 9), (x, y - 18), (x + 4.5, y - 9)], "open")


def difficult(x: float, y: float) -> Markup:
    """Draw a triangle that points down, below the line."""
    return _polygon([(x - 4.5, y + 9), (x, y + 18), (x + 4.5, y + 9)], "full")


def mixed(x: float, y: float) -> Markup:
    """Draw a small diamond on the line."""
    return _diamond(x, y, 3.5, "full")


def met(x: float, y: float) -> Markup:
    """Draw a filled square."""
    return tag("rect", x=x - R, y=y - R, width=2 * R, height=2 * R, class_="full")


def explored(x: float, y: float) -> Markup:
    """Draw a square whose lower half is filled."""
    outline = tag("rect", x=x - R, y=y - R, width=2 * R, height=2 * R, class_="open")
    return join([outline, tag("rect", x=x - R, y=y, width=2 * R, height=R, class_="full")])


def acknowledged(x: float, y: float) -> Markup:
    """Draw an outlined square."""
    return tag("rect", x=x - R, y=y - R, width=2 * R, height=2 * R, class_="open")


def unclear(x: float, y: float) -> Markup:
    """Draw a question mark."""
    return tag("text", "?", x=x, y=y + 5, text_anchor="middle", class_="sign")


def missed(x: float, y: float) -> Markup:
    """Draw a cross."""
    return tag("path", d=f"M{x - R:.1f} {y - R:.1f}l10 10m0 -10l-10 10", class_="cross")


FEELINGS: dict[str, tuple[str, Shape]] = {
    "good": ("good feeling", good),
    "difficult": ("difficult feeling", difficult),
    "mixed": ("mixed feeling", mixed),
}
REFLECTIONS: dict[str, tuple[str, Shape]] = {
    "simple": ("simple reflection", simple_reflection),
    "complex": ("complex reflection", complex_reflection),
    "": ("reflection", simple_reflection),
}
QUESTIONS: dict[str, tuple[str, Shape]] = {
    "open": ("open question", open_question),
    "closed": ("closed question", closed_question),
    "": ("question", open_question),
}
OPENINGS: dict[str, tuple[str, Shape]] = {
    "met": ("opening met", met),
    "explored": ("opening explored", explored),
    "acknowledged": ("opening acknowledged", acknowledged),
    "missed": ("opening missed", missed),
    "unclear": ("answer unclear", unclear),
}
