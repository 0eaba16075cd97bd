"""What FHIR does not say of an instrument: a person says it, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.instruments.definition import InstrumentError
from holdfast.instruments.fhir.form import Part
from holdfast.instruments.fhir.names import instrument_of

NEEDED = {
    "measures": "what a score says",
    "not_meaning": "what it doesn't say",
    "about": "depression, anxiety, alliance, …",
    "recall": "the time that the answers are about",
    "worse": "higher, lower or neither",
    "safety": "the answers that a person must see at once, by item; {} if there are none",
}
OPTIONAL = frozenset(
    {
        "name", "title", "version", "language", "respondent", "status", "licence", "sources",
        "no_yes", "total", "scale", "criterion", "level",
    }
)  # fmt: skip
SOURCE = "questionnaire"
"""Name of the source that stands for the Questionnaire itself."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A Questionnaire's own words about itself, and the facts that somebody added."""

    resource: Part
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The fact, else our own name, else the Questionnaire's, in small letters."""
        ours = instrument_of(str(self.resource.get("url", "")))
        named = str(self.resource.get("name") or self.resource.get("id") or "")
        return str(self.given.get("name") or ours or _small(named))

    def text(self, key: str) -> str:
        """Return a fact, or what the Questionnaire has under the same name."""
        return str(self.given.get(key) or self.resource.get(key) or "").strip()

    @property
    def citation(self) -> str:
        """The Questionnaire as a source."""
        publisher = self.resource.get("publisher")
        by = f", published by {publisher}" if publisher else ""
        return f"FHIR Questionnaire {self.text('title')}, version {self.text('version')}{by}"

    @property
    def terms(self) -> str:
        """Its licence, in its own words."""
        return str(self.resource.get("copyright", "")).strip()

    @property
    def no_yes(self) -> tuple[str, ...]:
        """The words for no and yes, empty where nobody said them."""
        if "no_yes" in self.given:
            return tuple(self.given["no_yes"])
        return ("No", "Yes") if self.text("language").partition("-")[0] == "en" else ()


def read_facts(resource: Part, given: Mapping[str, Any]) -> Facts:
    """Return all facts, or refuse with the whole list of what is missing.

    Raises
    ------
    InstrumentError
        If a fact is missing or unknown, or licence or source are.

    Examples
    --------
    >>> read_facts({"name": "Tides", "title": "Tides", "version": "1", "language": "en"}, {})
    Traceback (most recent call last):
    ...
    holdfast.instruments.definition.InstrumentError: tides: FHIR does not say measures (what a \
score says), not_meaning (what it doesn't say), about (depression, anxiety, alliance, …), recall \
(the time that the answers are about), worse (higher, lower or neither), safety (the answers that \
a person must see at once, by item; {} if there are none). The questionnaire has no copyright \
(its licence), no url or publisher (where it comes from). Add the former as facts, and the \
latter to the questionnaire.
    """
    facts = Facts(resource, given)
    unknown = sorted(set(given) - {*NEEDED, *OPTIONAL})
    if unknown:
        known = ", ".join([*NEEDED, *sorted(OPTIONAL)])
        raise InstrumentError(f"facts: unknown {', '.join(unknown)}. Known: {known}.")
    unsaid = [f"{key} ({what})" for key, what in NEEDED.items() if key not in given]
    absent = [f"no {what}" for what in _absent(facts)]
    if unsaid or absent:
        parts = [f"FHIR does not say {', '.join(unsaid)}." if unsaid else ""]
        parts.append(f"The questionnaire has {', '.join(absent)}." if absent else "")
        parts.append("Add the former as facts, and the latter to the questionnaire.")
        said = " ".join(part for part in parts if part)
        raise InstrumentError(f"{facts.name or 'a questionnaire without a name'}: {said}")
    return facts


def _absent(facts: Facts) -> list[str]:
    absent = [key for key in ("title", "version", "language") if not facts.text(key)]
    if not facts.name:
        absent.append("name")
    if not facts.terms:
        absent.append("copyright (its licence)")
    if not (facts.resource.get("url") or facts.resource.get("publisher")):
        absent.append("url or publisher (where it comes from)")
    return absent


def _small(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
