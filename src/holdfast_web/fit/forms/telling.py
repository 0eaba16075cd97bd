"""The fields of an intake's pages, and what a browser sent of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict

from holdfast_web.fit.assessment import Question, shipped_questions
from holdfast_web.fit.pages import Page
from holdfast_web.fit.practical import ACCESS, DAYS, LANGUAGES, ONLY, PARTS, PLACES, TIMES
from holdfast_web.fit.said import YES_NO

Sent = MultiValueDict[str, Any]
LONGEST, SHORT = 4000, 120
OLDEST = 120
LIST_KINDS = ("any_of", "times")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked.

    Attributes
    ----------
    kind
        ``"words"``, ``"line"``, ``"tel"``, ``"email"``, ``"number"``, ``"tick"``, ``"one_of"``,
        ``"any_of"``, ``"select"`` or ``"times"``.
    options
        Keys with their words.
    complete
        What a browser may fill in.
    open
        Whether one of its choices is to say nothing: what was picked can be taken back so.
    """

    name: str
    kind: str
    words: str
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    complete: str = "off"
    open: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what stands in it, and what is wrong with it."""

    field: Field
    value: Any = None
    error: str = ""

    @property
    def choices(self) -> Iterator[tuple[str, str, bool]]:
        """What is offered: key, words, whether it is chosen."""
        told = self.value if isinstance(self.value, list) else [self.value]
        for key, words in self.field.options:
            yield key, words, key in told

    @property
    def days(self) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
        """Times as a week: each day with its parts."""
        told = self.value if isinstance(self.value, list) else []
        for day, name in DAYS.items():
            keys = [(f"{day}-{part}", said) for part, said in PARTS.items()]
            yield name, [(key, said, key in told) for key, said in keys]


WORDS = {
    "brings": Field("brings", "words", "What brings you"),
    "hopes": Field("hopes", "words", "What you hope for"),
}
PRACTICAL = {
    "practical": (
        Field(
            "languages",
            "any_of",
            "Languages you can talk in about feelings",
            options=tuple(LANGUAGES.items()),
        ),
        Field("places", "any_of", "Where", options=tuple(PLACES.items())),
    ),
    "times": (Field("times", "times", "Days and times"),),
    "needs": (
        Field("access", "any_of", "To take part I need", options=tuple(ACCESS.items())),
        Field(
            "only",
            "one_of",
            "With whom you could work",
            options=(("", "With anybody"), *ONLY.items()),
        ),
        Field(
            "limits",
            "words",
            "Anything else that would make it impossible",
            "Somebody you know from elsewhere, or a kind of person you couldn’t talk to.",
        ),
    ),
}
CONTACT = (
    Field(
        "name",
        "line",
        "What shall we call you?",
        "A first name is enough for now.",
        complete="name",
    ),
    Field("phone", "tel", "Phone", complete="tel"),
    Field("no_phone", "tick", "Don’t ring me there"),
    Field(
        "email",
        "email",
        "E-mail",
        "Letters say that there is something to read, and nothing of what.",
        complete="email",
    ),
    Field("no_email", "tick", "Don’t write to me there"),
    Field(
        "how",
        "words",
        "How is it safe to reach you?",
        "When nobody else is in the room, for example, or whether to leave a message.",
    ),
)


def fields_of(page: Page) -> tuple[Field, ...]:
    """Return the fields of a page; none of a questionnaire, which has a form of its own."""
    if page.kind == "words":
        return (WORDS[page.key],)
    if page.kind == "problems":
        return _problems()
    if page.kind == "ours":
        return tuple(_field(one) for one in page.questions)
    return CONTACT if page.kind == "contact" else PRACTICAL.get(page.key, ())


def told_before(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was told on a page before, by field."""
    if page.kind == "words":
        return {page.key: said.get(page.key, "")}
    if page.kind == "problems":
        problems = said.get("problems", [])
        return {"problems": list(problems), "main": problems[0] if problems else ""}
    told = said.get(page.group, {})
    return {one.name: told[one.name] for one in fields_of(page) if one.name in told}


def shown(
    page: Page, values: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> tuple[Shown, ...]:
    """Return a page's fields with what stands in them."""
    wrong = errors or {}
    return tuple(
        Shown(one, values.get(one.name), wrong.get(one.name, "")) for one in fields_of(page)
    )


def read_page(page: Page, sent: Sent) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a page from what a browser sent.

    Returns
    -------
    tuple
        What was told by field, what was left open among it as empty; and what is wrong, by field.
    """
    values = {one.name: _value(one, sent) for one in fields_of(page)}
    return values, dict(_wrong(fields_of(page), values))


def as_told(page: Page, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was read as an intake keeps it: what matters most stands first."""
    if page.kind != "problems":
        return dict(values)
    main, ticked = values["main"], values["problems"]
    return {"problems": [main, *(one for one in ticked if one != main)] if main else ticked}


def _value(field: Field, sent: Sent) -> Any:
    if field.kind in LIST_KINDS:
        return _chosen(sent.getlist(field.name), _keys(field))
    told = str(sent.get(field.name, "")).replace("\r\n", "\n").strip()
    if field.kind in ("one_of", "select"):
        return told if told in _keys(field) else ""
    if field.kind == "tick":
        return told == "yes"
    if field.kind == "number":
        return int(told) if told.isdecimal() and len(told) < 6 else told
    return told


def _chosen(given: Collection[Any], known: Collection[str]) -> list[str]:
    found = [one for one in dict.fromkeys(given) if one in known]
    # Who ticks "none of these" beside something has ticked something.
    return [one for one in found if one != "none"] or found


def _keys(field: Field) -> Collection[str]:
    if field.kind == "times":
        return TIMES
    return [key for key, _ in field.options]


def _wrong(fields: tuple[Field, ...], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one in fields:
        said = _problem_with(one.kind, values[one.name])
        if said:
            yield one.name, said


def _problem_with(kind: str, value: Any) -> str:
    if kind == "number" and value != "" and not (isinstance(value, int) and value <= OLDEST):
        return "Please write it in digits, such as 34, or leave it open."
    if kind in ("words", "line", "tel") and len(value) > (LONGEST if kind == "words" else SHORT):
        return "That is more than fits here. What you wrote is still there: please shorten it."
    if kind == "tel" and value and sum(one.isdigit() for one in value) < 4:
        return "Please write the number in digits, such as 01632 960117."
    if kind == "email" and value:
        return _not_an_address(value)
    return ""


def _not_an_address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        return "Please write it like name@example.org, or leave it open."
    return ""


def _problems() -> tuple[Field, ...]:
    offered = tuple((one.key, one.words) for one in shipped_questions().problems)
    return (
        Field("problems", "any_of", "What is hard just now?", "", offered),
        Field("main", "select", "Which of them matters most?", "", (("", "I can’t say"), *offered)),
    )


def _field(question: Question) -> Field:
    options = tuple((one.key, one.words) for one in question.options)
    if question.kind == "yes_no":
        options = tuple(YES_NO.items())
    if question.none:
        options = (*options, ("none", question.none))
    kind = {"yes_no": "one_of"}.get(question.kind, question.kind)
    return Field(question.key, kind, question.words, question.help, options, open=kind == "one_of")
