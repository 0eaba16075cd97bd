"""What the practice's sources say, read without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .sources import ROOT

WEB = ROOT / "src" / "holdfast_web"
EVENT = re.compile(r"[a-z_]+\.[a-z_]+")


def web_files() -> list[Path]:
    """Return every Python file of the practice, but for changes of the database."""
    return sorted(one for one in WEB.rglob("*.py") if "migrations" not in one.parts)


def templates() -> list[Path]:
    """Return every template of the practice."""
    return sorted(WEB.rglob("templates/**/*.html"))


def inside(path: Path) -> str:
    """Return a path as people write it: from the practice's package."""
    return path.relative_to(WEB).as_posix()


def module_of(path: Path) -> str:
    """Return the name by which a file is imported."""
    name = path.relative_to(WEB.parent).with_suffix("").as_posix().replace("/", ".")
    return name.removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions or methods of these names."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def called(node: ast.Call) -> str:
    """Return the last part of the name that is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def constants(path: Path) -> dict[str, str]:
    """Return the texts that a module gives names to, or takes from another of ours."""
    found: dict[str, str] = {}
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    found[target.id] = node.value.value
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("holdfast_web."):
            source = WEB.parent / str(node.module).replace(".", "/")
            file = source.with_suffix(".py")
            if file.exists():
                there = constants(file)
                found |= {
                    alias.asname or alias.name: there[alias.name]
                    for alias in node.names
                    if alias.name in there
                }
    return found


def text_of(node: ast.expr, path: Path) -> str:
    """Return a text that is written there, or named there; the code where it is neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return constants(path).get(node.id, node.id)
    return ast.unparse(node)
