r"""Transcripts in: one module per format, and the reading of any of them.

Examples
--------
>>> from holdfast.formats import read_text
>>> read_text("Dana: How was it?\nLee: Fine.").format
'plain'
"""

from holdfast.formats.document import Document, Said, make_session, open_document
from holdfast.formats.format import Format
from holdfast.formats.jsonl import write_jsonl
from holdfast.formats.registry import (
    FORMATS,
    detect,
    named_format,
    read_bytes,
    read_document,
    read_text,
    read_transcript,
)

__all__ = [
    "FORMATS",
    "Document",
    "Format",
    "Said",
    "detect",
    "make_session",
    "named_format",
    "open_document",
    "read_bytes",
    "read_document",
    "read_text",
    "read_transcript",
    "write_jsonl",
]
