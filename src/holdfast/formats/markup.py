"""XML from strangers: read into plain elements, with what could harm refused first.

A document type declaration is where entities are defined, and entities are how a small file
grows until it fills the memory or reads other files. No transcript needs one, so it is refused
before anything in it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from holdfast.errors import TranscriptError

DEEPEST = 200
MOST_ELEMENTS = 1_000_000


@dataclass(slots=True)
class Element:
    """An element of an XML document, without its namespace.

    Attributes
    ----------
    name
        Its name, such as ``"TIER"``.
    line
        The line on which it begins, counted from 1.
    attributes
        Its attributes by name.
    children
        The elements in it, in order.
    text
        The characters that lie directly in it.
    """

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def named(self, name: str) -> Iterator[Element]:
        """Yield the children of that name, in order."""
        return (child for child in self.children if child.name == name)


def read_markup(markup: str | bytes, *, source: str | None, remedy: str) -> Element:
    """Return the root element of an XML document.

    Parameters
    ----------
    markup
        The document; as text, what it declares of its encoding is ignored.
    source
        Name of the file, for errors.
    remedy
        What to do about a broken file, for errors.

    Raises
    ------
    TranscriptError
        If it is no well-formed XML, declares a document type, or is too deep or too large.

    Examples
    --------
    >>> root = read_markup("<a><b>warm</b></a>", source=None, remedy="")
    >>> [child.text for child in root.named("b")]
    ['warm']
    >>> read_markup("<!DOCTYPE a><a/>", source="a.eaf", remedy="Export it again.")
    Traceback (most recent call last):
    ...
    holdfast.errors.TranscriptError: a.eaf, line 1: it declares a document type (DOCTYPE), \
which no transcript needs and which can hide an attack. Export it again.
    """
    tree = _Tree(source, remedy)
    try:
        if isinstance(markup, str):
            tree.parser = _parser(tree, "utf-8")
            tree.parser.Parse(markup.encode("utf-8", "replace"), True)
        else:
            tree.parser = _parser(tree, None)
            tree.parser.Parse(markup, True)
    except expat.ExpatError as error:
        problem = f"it is no well-formed XML ({expat.ErrorString(error.code)})"
        raise TranscriptError(problem, source=source, line=error.lineno, remedy=remedy) from None
    except (LookupError, ValueError):
        problem = "its XML declares an encoding that cannot be read"
        raise TranscriptError(problem, source=source, line=1, remedy=remedy) from None
    return tree.root


def _parser(tree: _Tree, encoding: str | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(encoding, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = tree.refuse_document_type
    parser.StartElementHandler = tree.begin
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.characters
    return parser


class _Tree:
    """Builds elements from what the parser reports."""

    parser: expat.XMLParserType

    def __init__(self, source: str | None, remedy: str) -> None:
        self.source, self.remedy = source, remedy
        self.open: list[Element] = []
        self.count = 0
        self.root: Element

    def refuse_document_type(self, *_: object) -> None:
        raise self._refusal(
            "it declares a document type (DOCTYPE), which no transcript needs"
            " and which can hide an attack"
        )

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise self._refusal("its XML is nested more deeply or is larger than a transcript's")
        element = Element(
            _local(name),
            self.parser.CurrentLineNumber,
            {_local(key): value for key, value in attributes.items()},
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text

    def _refusal(self, problem: str) -> TranscriptError:
        line = self.parser.CurrentLineNumber
        return TranscriptError(problem, source=self.source, line=line, remedy=self.remedy)


def _local(name: str) -> str:
    """Return a name without the namespace that the parser puts before it."""
    return name.rpartition(" ")[2]
