"""What a transcript format is: a name, how to recognise it, and how to parse it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from holdfast.formats.document import Document
from holdfast.session import Session


@dataclass(frozen=True, slots=True)
class Format:
    """One transcript format; each module of this package defines one as ``FORMAT``.

    Attributes
    ----------
    name
        Short and stable: ``"webvtt"``. Accepted by ``--format``.
    title
        For people: "WebVTT (Zoom, Teams, YouTube)".
    suffixes
        Usual file suffixes, with the dot.
    recognise
        Whether a document's content looks like this format. Cheap, never raises.
    parse
        Reads the document; raises :class:`holdfast.errors.TranscriptError`.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Document], bool]
    parse: Callable[[Document], Session]
