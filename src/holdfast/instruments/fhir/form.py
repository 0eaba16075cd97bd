"""A Questionnaire laid flat: its questions in order, its totals, the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.instruments.fhir.names import BASE, CALCULATED, CONTROL, HIDDEN, LOINC

Part = Mapping[str, Any]
"""A part of a resource, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes
    ----------
    name
        Our own name where the Questionnaire has it, else the linkId.
    link
        The linkId.
    part
        The item.
    heading
        Words that stand before it, after another question.
    """

    name: str
    link: str
    part: Part
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a Questionnaire asks; ``stem`` and ``closing`` stand before and after its questions."""

    questions: tuple[Question, ...]
    totals: tuple[Part, ...]
    stem: str
    closing: str


def lay_flat(resource: Part) -> Form:
    """Return a Questionnaire's questions without their groups.

    Items that nobody answers (hidden, read only) are left out, totals are kept apart.

    Examples
    --------
    >>> group = {"linkId": "g", "type": "group", "text": "Lately:", "item": [
    ...     {"linkId": "1", "type": "text", "text": "How are you?"}]}
    >>> form = lay_flat({"item": [group]})
    >>> form.stem, form.questions[0].name
    ('Lately:', '1')
    """
    questions: list[Question] = []
    totals: list[Part] = []
    words: list[str] = []
    stem = ""
    for part in _walk(resource.get("item", ())):
        if part["type"] in ("group", "display"):
            words += [part["text"]] if part.get("text") else []
        elif extension(part, CALCULATED) is not None:
            totals.append(part)
        elif not (part.get("readOnly") or _flag(part, HIDDEN)):
            heading = "\n".join(words)
            stem, heading = (stem, heading) if questions else (heading, "")
            questions.append(Question(_name(part, "item"), part["linkId"], part, heading))
            words.clear()
    return Form(tuple(questions), tuple(totals), stem, "\n".join(words))


def extension(part: Part, url: str) -> Part | None:
    """Return an extension of a part, ``None`` where it has none.

    Examples
    --------
    >>> extension({"extension": [{"url": "u", "valueInteger": 3}]}, "u")["valueInteger"]
    3
    """
    return next((one for one in part.get("extension", ()) if one.get("url") == url), None)


def loinc_of(codes: Sequence[Part]) -> str:
    """Return the first LOINC code among some codings, ``""`` where there is none.

    Examples
    --------
    >>> loinc_of([{"system": "http://loinc.org", "code": "44250-9"}])
    '44250-9'
    """
    return next((one.get("code", "") for one in codes if one.get("system") == LOINC), "")


def total_name(part: Part, only: bool) -> str:
    """Return the name of a total: our own, else ``"total"`` for the only one, else its linkId.

    Examples
    --------
    >>> total_name({"linkId": "/70274-6"}, only=True)
    'total'
    """
    name = _name(part, "scale")
    return "total" if only and name == part["linkId"].lstrip("/") else name


def ends(part: Part) -> tuple[str, str]:
    """Return the words at a question's lower and upper end, ``""`` where it has none.

    Examples
    --------
    >>> ends({})
    ('', '')
    """
    found = {"lower": "", "upper": ""}
    for inner in part.get("item", ()):
        control = extension(inner, CONTROL) or {}
        for code in control.get("valueCodeableConcept", {}).get("coding", ()):
            if inner["type"] == "display" and code.get("code") in found:
                found[code["code"]] = inner.get("text", "")
    return found["lower"], found["upper"]


def _walk(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield items in order; of those inside a question, only what is a question itself."""
    for part in parts:
        yield part
        inner = part.get("item", ())
        if part["type"] != "group":
            inner = [one for one in inner if one["type"] != "display"]
        yield from _walk(inner)


def _name(part: Part, kind: str) -> str:
    for code in part.get("code", ()):
        ours = str(code.get("system", "")).startswith(f"{BASE}/CodeSystem/")
        if ours and str(code.get("code", "")).startswith(f"{kind}."):
            return str(code["code"]).partition(".")[2]
    return str(part["linkId"]).lstrip("/")


def _flag(part: Part, url: str) -> bool:
    return bool((extension(part, url) or {}).get("valueBoolean"))
