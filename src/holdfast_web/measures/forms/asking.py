"""What is filled in on a sheet, read from what a browser sent; and what a therapist asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from holdfast_web.engine.forms import Form, Known, Question

PREFIX = "item-"
Sent = Mapping[str, Any] | MultiValueDict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A question on a page, with what is answered.

    Attributes
    ----------
    question, number
        What is asked, and its place.
    answer
        As it was answered; ``None`` while it is open.
    missing
        Whether the page points out that it is still open.
    """

    question: Question
    number: int
    answer: Any = None
    missing: bool = False

    @property
    def field(self) -> str:
        """What its inputs are called."""
        return f"{PREFIX}{self.question.name}"

    @property
    def words(self) -> str:
        """The answer in words."""
        return "" if self.answer is None else self.question.label(self.answer)

    @property
    def gate(self) -> str:
        """When it is asked, for the page's script: ``"q1>=1 q2>=2"``."""
        asked = self.question.asked_if
        if asked is None:
            return ""
        pairs = zip(asked.items, asked.at_least, strict=True)
        return " ".join(f"{name}>={value:g}" for name, value in pairs)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet as it was sent.

    Attributes
    ----------
    answers
        By item; what was left open isn't there.
    edition
        Of the sheet that was filled in; 0 where none was sent.
    as_it_is
        Whether it is to be handed in with questions left open.
    """

    answers: dict[str, Any]
    edition: int
    as_it_is: bool


def read_filled(form: Form, sent: Sent) -> Filled:
    """Read a sheet from what a browser sent; what a form does not offer is no answer."""
    edition = str(sent.get("edition", ""))
    return Filled(
        answers=dict(_answers(form, sent)),
        edition=int(edition) if edition.isdecimal() and len(edition) < 10 else 0,
        as_it_is=sent.get("as_it_is") == "yes",
    )


def lines_of(
    form: Form, answers: Mapping[str, Any], *, missing: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """Return a form's questions with their answers.

    Parameters
    ----------
    missing
        Names of questions that the page should point out.
    """
    return tuple(
        Line(one, number, answers.get(one.name), one.name in missing)
        for number, one in enumerate(form.questions, start=1)
    )


def _answers(form: Form, sent: Sent) -> Iterator[tuple[str, Any]]:
    for one in form.questions:
        told = sent.get(f"{PREFIX}{one.name}")
        if not isinstance(told, str) or not told.strip():
            continue
        if one.kind == "text":
            yield one.name, told.replace("\r\n", "\n").strip()
            continue
        value = next((option.value for option in one.options if str(option.value) == told), None)
        if value is not None:
            yield one.name, value


class AskForm(forms.Form):
    """A questionnaire to ask, once or again and again."""

    instrument = forms.ChoiceField(
        error_messages={
            "required": "Choose what to ask.",
            "invalid_choice": "Choose from the list.",
        }
    )
    how_often = forms.ChoiceField(
        choices=(("once", "once"), ("again", "again and again")), initial="again"
    )
    every_sessions = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=52,
        initial=4,
        error_messages={"invalid": "Write a whole number of sessions."},
    )

    def __init__(self, *args: Any, offered: tuple[Known, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["instrument"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is written so above
        field.choices = [(one.name, one.title) for one in offered]

    def clean(self) -> dict[str, Any]:
        """Ask for the number of sessions only where it matters."""
        told = super().clean() or self.cleaned_data
        if told.get("how_often") == "once":
            told["every_sessions"] = None
        elif "every_sessions" not in self.errors and not told.get("every_sessions"):
            self.add_error("every_sessions", "Say after how many sessions it comes again.")
        return told
