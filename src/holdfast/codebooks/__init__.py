"""Codebooks: schemes of labels, kept as data."""

from holdfast.codebooks.codebook import (
    Codebook,
    CodebookError,
    CodeDefinition,
    Example,
    ValueDefinition,
    load_codebook,
    parse_codebook,
)
from holdfast.codebooks.page import codebook_page

__all__ = [
    "CodeDefinition",
    "Codebook",
    "CodebookError",
    "Example",
    "ValueDefinition",
    "codebook_page",
    "load_codebook",
    "parse_codebook",
]
