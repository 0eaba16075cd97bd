"""The labels of a model's card in a codebook's words."""

from __future__ import annotations

import re

from holdfast.codebooks.codebook import Codebook, ValueDefinition

_PARTS = re.compile(r"(?P<code>\w+)(?:(?P<how>>=|=)(?P<value>\w+))?")


def parts_of(label: str) -> tuple[str, str, str]:
    """Take a label apart: the code, how it is bound to a value, the value.

    Examples
    --------
    >>> parts_of("paraphrase"), parts_of("interpretation>=2")
    (('paraphrase', '', ''), ('interpretation', '>=', '2'))
    """
    found = _PARTS.fullmatch(label)
    return (found["code"], found["how"] or "", found["value"] or "") if found else (label, "", "")


def in_words(label: str, codebook: Codebook) -> str:
    """Return a label for people; one that the codebook doesn't have is left as it is.

    Examples
    --------
    >>> from holdfast.codebooks import load_codebook
    >>> codebook = load_codebook()
    >>> in_words("validation=making_sense", codebook)
    'Validation: making sense'
    >>> in_words("exploration>=1", codebook), in_words("exploration>=2", codebook)
    ('Exploration', 'Exploration: of something particular')
    >>> in_words("warmth", codebook)
    'warmth'
    """
    name, how, wanted = parts_of(label)
    code = next((one for one in codebook.codes if one.name == name), None)
    if code is None:
        return label
    value = next((one for one in code.values if one.name == wanted), None)
    if value is None or (how == ">=" and value == code.values[0]):
        return code.title
    return f"{code.title}: {_words(value, how, code.values[-1])}"


def _words(value: ValueDefinition, how: str, highest: ValueDefinition) -> str:
    more = " or more" if how == ">=" and value != highest else ""
    return f"{value.title.lower()}{more}"
