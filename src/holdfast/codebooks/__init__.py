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
from holdfast.codebooks.crosswalk import (
    Crosswalk,
    Scheme,
    crosswalk_page,
    load_crosswalk,
    parse_crosswalk,
)
from holdfast.codebooks.labels import in_words
from holdfast.codebooks.page import codebook_page

__all__ = [
    "CodeDefinition",
    "Codebook",
    "CodebookError",
    "Crosswalk",
    "Example",
    "Scheme",
    "ValueDefinition",
    "codebook_page",
    "crosswalk_page",
    "in_words",
    "load_codebook",
    "load_crosswalk",
    "parse_codebook",
    "parse_crosswalk",
]
