"""The practice's own walls: nothing without its witness, nothing unscoped, nothing that leaks."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from holdfast_web.audit.words import sentences

from .sources import imports
from .web_sources import (
    EVENT,
    WEB,
    called,
    calls,
    inside,
    module_of,
    templates,
    text_of,
    tree_of,
    web_files,
)

NOT_AN_ACTION = {
    "accounts.actions.is_open": "says something of a row, and changes nothing",
    "analysis.actions.taking.beat": "says every second that a worker is still at it, and no more",
    "agreements.actions.holding.hold": "locks, for the actions beside it",
    "agreements.actions.holding.hold_version": "locks, for the actions beside it",
    "agreements.actions.practice.clause_named": "finds a clause of the practice",
    "agreements.actions.sharing.close_shares_without_consent": "a step of giving a consent",
    "agreements.actions.versions.next_review": "counts days",
    "analysis.actions.bringing.bring_transcript": "reads the file, then acts: nothing is locked",
    "analysis.actions.holding.hold": "locks, for the actions beside it",
    "analysis.actions.removing.remove_rows": "a step of removing a transcript",
    "analysis.actions.supervising.close_rows": "a step of taking a consent back",
    "encounters.actions.running_care": "locks, for the actions beside it",
    "keeping.actions.take_copy": "an action notes it before, so that the copy tells of itself",
}
"""Public functions beside actions that need no witness, and why."""
NOT_A_QUERY = {
    "agreements.queries.agreement.latest_care": "a step of the queries beside it: who and when",
    "agreements.queries.agreement.other_of": "a name that the viewer knows",
    "agreements.queries.agreement.question_view": "shapes a row that a query has read",
    "agreements.queries.agreement.versions_in": "a step of the queries beside it, which witness",
    "agreements.queries.shapes.accepted_at": "shapes a row that a query has read",
    "agreements.queries.shapes.compared": "shapes what a query has read",
    "agreements.queries.shapes.grouped": "shapes what a query has read",
    "agreements.queries.shapes.line_of": "shapes a row that a query has read",
    "demo.queries.require_demo": "refuses outside a demo",
}
"""Public functions beside queries that read nothing by themselves, and why."""
COMPUTED = {"word_for(row)": ("sheet", "guess"), "what": ("sheet", "guess")}
"""What a part of an event's name comes to, where code works it out."""
NO_VERB = {"css", "dump", "happened_at", "html", "json", "toml", "txt"}
"""Ends of texts that look like an event and are a file or the name of a variable."""
FOR_THE_PRACTICE = tomllib.loads(
    Path(__file__).with_name("for_the_practice.toml").read_text(encoding="utf-8")
)
PAST_THE_RULES = {
    "_base_manager": {"keeping/erasing.py", "demo/past/moments.py"},
    "_default_manager": set(),
    "_raw_delete": {"keeping/erasing.py"},
    "raw": set(),
    "cursor": {"keeping/databases.py", "keeping/erasing.py"},
    "RawSQL": set(),
}
"""Ways past the managers that ask who looks, and the files that may take them."""
WRITES_LETTERS = {"accounts/letters.py"}
LOGS = {"lib/logs.py", "measures/reminders.py", "analysis/reader.py", "analysis/tasks.py"}
"""Reminders say how many failed; readings say the place of an error in our code (``NoWords``)."""
ACTIONS = ("actions",)
QUERIES = ("queries",)


def offered(part: str) -> Iterator[tuple[str, Any]]:
    """Yield the public functions of every module of a kind, by their names."""
    for path in web_files():
        steps = (*path.parent.relative_to(WEB).parts, path.stem)
        if part not in steps:
            continue
        module = importlib.import_module(module_of(path))
        for name, thing in vars(module).items():
            plain = inspect.unwrap(thing) if callable(thing) else thing
            ours = inspect.isfunction(plain) and plain.__module__ == module.__name__
            if ours and not name.startswith("_"):
                yield f"{module.__name__}.{name}".removeprefix("holdfast_web."), thing


def written_events() -> dict[str, str]:
    """Return every event that code writes, and a file that does."""
    things = {name.partition(".")[0] for name in sentences()}
    found: dict[str, str] = {}
    for path in web_files():
        for call in calls(path, "witness", "witness_each"):
            name = text_of(call.args[0], path) if call.args else ""
            if EVENT.fullmatch(name):
                found[name] = inside(path)
        for node in ast.walk(tree_of(path)):
            # A name that reaches ``witness`` through a variable.
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                thing, _, verb = node.value.partition(".")
                if EVENT.fullmatch(node.value) and thing in things and verb not in NO_VERB:
                    found[node.value] = inside(path)
            elif isinstance(node, ast.JoinedStr):
                found |= dict.fromkeys(_computed(node), inside(path))
    return found


def _computed(node: ast.JoinedStr) -> Iterator[str]:
    """Yield the events that a name with a hole comes to: ``f"{word_for(row)}.saved"``."""
    match node.values:
        case [ast.FormattedValue(value=hole), ast.Constant(value=str(end))]:
            for start in COMPUTED.get(ast.unparse(hole), ()):
                if EVENT.fullmatch(f"{start}{end}"):
                    yield f"{start}{end}"


def test_every_action_leaves_its_witness() -> None:
    found = {name: getattr(one, "witnessed", False) for name, one in offered("actions")}
    assert len(found) > 50
    assert sorted(name for name, well in found.items() if not well) == sorted(NOT_AN_ACTION)


def test_every_query_leaves_its_witness_or_says_why_it_needs_none() -> None:
    found = {
        name: getattr(one, "witnessed", False) or getattr(one, "not_clinical", "")
        for name, one in offered("queries")
    }
    assert len(found) > 40
    assert sorted(name for name, well in found.items() if not well) == sorted(NOT_A_QUERY)


def test_every_event_has_its_sentence_and_every_sentence_its_event() -> None:
    written = written_events()
    without = {name: where for name, where in written.items() if name not in sentences()}
    assert not without, "say them in audit/words.toml"
    assert sorted(set(sentences()) - set(written)) == [], "nothing writes these any more"


def test_every_name_of_an_event_can_be_read_from_the_code() -> None:
    """A witness whose event no reader of the code could name would slip through the test above."""
    unclear = []
    for path in web_files():
        for call in calls(path, "witness", "witness_each"):
            first = call.args[0] if call.args else None
            told = isinstance(first, ast.Constant | ast.Name) or (
                isinstance(first, ast.JoinedStr) and bool(list(_computed(first)))
            )
            if not told:
                unclear.append(f"{inside(path)}:{call.lineno}")
    assert not unclear, "say in COMPUTED what the name comes to"


@pytest.mark.parametrize("name", sorted(sentences()))
def test_sentences_are_said_to_the_client_without_shouting(name: str) -> None:
    said = sentences()[name]
    assert said.endswith(".")
    assert "!" not in said
    assert set(re.findall(r"{(\w+)}", said)) <= {"who"}


def test_clinical_rows_are_read_for_nobody_only_where_this_says_so() -> None:
    found: dict[str, set[str]] = {}
    for path in web_files():
        for call in calls(path, "for_the_practice"):
            if inside(path) == "care/scope.py":
                continue
            assert isinstance(call.func, ast.Attribute)
            rows = ast.unparse(call.func.value).removesuffix(".objects")
            reason = text_of(call.args[0], path)
            found.setdefault(inside(path), set()).add(f"{rows}: {reason}")
    assert {name: sorted(uses) for name, uses in found.items()} == FOR_THE_PRACTICE


@pytest.mark.parametrize("way", PAST_THE_RULES)
def test_nobody_goes_past_the_rules(way: str) -> None:
    users = {
        inside(path)
        for path in web_files()
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Call) and called(node) == way)
        or (way.startswith("_") and isinstance(node, ast.Attribute) and node.attr == way)
    }
    assert users <= PAST_THE_RULES[way]


def test_views_change_nothing_by_themselves() -> None:
    changes = ("save", "create", "delete", "bulk_create", "update_or_create", "get_or_create")
    found = [
        f"{inside(path)}:{call.lineno}"
        for path in web_files()
        if "views" in (*path.parts, path.stem)
        for call in calls(path, *changes)
        if "session" not in ast.unparse(call.func)
    ]
    assert not found


def test_letters_are_written_in_one_place_and_logs_in_another() -> None:
    letters = {inside(path) for path in web_files() if list(calls(path, "send_mail", "send"))}
    logs = {
        inside(path)
        for path in web_files()
        if {"logging", "structlog", "warnings"} & {one.partition(".")[0] for one in imports(path)}
    }
    assert letters <= WRITES_LETTERS
    assert logs <= LOGS


def test_every_file_can_be_read_in_one_go() -> None:
    sizes = {inside(path): len(path.read_text("utf-8").splitlines()) for path in web_files()}
    assert not {name: size for name, size in sizes.items() if size > 400}
    assert median(sizes.values()) <= 120


@pytest.mark.parametrize("path", templates(), ids=inside)
def test_a_template_runs_and_fetches_nothing_of_its_own(path: Path) -> None:
    assert unfit(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        "<p style='color: red'>",
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="https://example.org/pixel.gif">',
        '<link rel="stylesheet" href="//example.org/look.css">',
        '<form action="https://example.org/">',
        "{{ words|safe }}",
        "{% autoescape off %}",
    ],
)
def test_what_a_template_must_not_have_is_found(html: str) -> None:
    assert unfit(html)


def unfit(html: str) -> list[str]:
    """Return what a template has that the content security policy, or good sense, forbids."""
    sought = (
        r"<script(?![^>]*\bsrc=)[^>]*>",
        r"<style|\sstyle\s*=",
        r"""\son[a-z]+\s*=\s*["']""",
        r"javascript:",
        r"""<(?!a\b)[^>]*\b(?:src|href|action)=["'](?:https?:)?//""",
        # Help texts of forms are our own.
        r"(?<!field\.help_text)\|safe\b",
        r"autoescape off",
    )
    return [found for one in sought for found in re.findall(one, html)]


@pytest.mark.parametrize("path", templates(), ids=inside)
def test_a_page_has_a_title_that_tells_nothing_of_anybody(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    title = re.search(r"{% block title %}(.*?){% endblock %}", html, re.S)
    if '{% extends "base.html" %}' in html:
        assert title, "no title"
        assert title[1].strip(), "an empty title"
    if title:
        holes = set(re.findall(r"{{\s*([\w.|]+)", title[1]))
        assert holes <= MAY_STAND_IN_A_TITLE, holes


MAY_STAND_IN_A_TITLE: set[str] = set()
"""What a title may be filled with: nothing of a client, nothing that was written or answered."""
