"""The codebook as a page of documentation, so that the page and the data cannot part."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.codebooks.codebook import Codebook, CodeDefinition, Example, ValueDefinition
from holdfast.session import Role

_GIVEN_BY = {"model": "the model", "rules": "transparent rules"}
_CHOICE = {"one": "one value at most", "many": "any number of values"}


def codebook_page(codebook: Codebook) -> str:
    """Return a codebook as Markdown.

    Examples
    --------
    >>> from holdfast.codebooks import load_codebook
    >>> codebook_page(load_codebook()).splitlines()[0]
    '# The Holdfast codebook, 0.2.0'
    """
    return "\n".join(_lines(codebook)).rstrip() + "\n"


def _lines(codebook: Codebook) -> Iterator[str]:
    yield from (f"# {codebook.title}, {codebook.version}", "", codebook.description.strip(), "")
    yield "This page is made from the codebook's own files. Every example is invented."
    yield "How the codes lie to those of other schemes: [crosswalk](crosswalk.md)."
    for role in (Role.THERAPIST, Role.CLIENT):
        yield from ("", f"## What the {role.value} says", "")
        for code in codebook.codes_for(role):
            yield from _code(code)


def _code(code: CodeDefinition) -> Iterator[str]:
    yield from (f"### {code.title}: `{code.name}`", "", code.definition, "")
    yield f"- Given by {_GIVEN_BY[code.by]}; {_CHOICE[code.choice]}; status: {code.status}."
    yield f"- Source: {code.source}"
    yield f"- It does not mean: {code.not_meaning}"
    page = "model" if code.by == "model" else code.name
    yield f"- How well it is heard: [docs/validity/{page}.md](../validity/{page}.md)"
    yield ""
    for value in code.values:
        yield from _value(value)


def _value(value: ValueDefinition) -> Iterator[str]:
    group = f" ({value.group})" if value.group and value.group != value.name else ""
    yield from (f"**`{value.name}`: {value.title}{group}.** {value.definition}", "")
    for example in value.examples:
        yield f"- {_example(example)}"
    for example in value.counter_examples:
        yield f"- Not: {_example(example)}"
    yield ""


def _example(example: Example) -> str:
    before = f"(after “{example.before}”) " if example.before else ""
    why = f" ({example.why})" if example.why else ""
    return f"{before}“{example.said}”{why}"
