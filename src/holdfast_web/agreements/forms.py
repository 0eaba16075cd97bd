"""What is typed about agreements, clauses, questions and shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import Clause, bracketed, unbracketed
from holdfast_web.agreements.clauses import LONGEST_WORDS, kind_in, shipped
from holdfast_web.agreements.rules import shareable
from holdfast_web.agreements.values import (
    DAYS,
    HIGHEST,
    LONGEST_LIST,
    LONGEST_TEXT,
    Kind,
    Value,
    lowest,
)
from holdfast_web.care.parts import TITLES

WORD = 2000
"""How long a question, an answer or a word to the other one may be."""

PREFIX = "term_"
SET_BY_THE_PRACTICE = frozenset({"written_in", "reason_needed"})
"""Terms that a client isn't asked about when they propose a change."""


class OneEach(forms.CharField):
    """Several short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Return a list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return lines as a list."""
        told = super().clean(value)
        lines = [one.strip() for one in str(told or "").splitlines() if one.strip()]
        if len(lines) > LONGEST_LIST or any(len(one) > LONGEST_TEXT for one in lines):
            raise forms.ValidationError(
                f"At most {LONGEST_LIST} lines, each of at most {LONGEST_TEXT} characters."
            )
        return lines


class TermsForm(forms.Form):
    """The terms of a clause, each in a field of its kind."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, clause: Clause, names: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clause = clause
        for name in names:
            self.fields[PREFIX + name] = _field(clause, name)

    @property
    def term_fields(self) -> Iterator[BoundField]:
        """The fields of the terms."""
        return (self[name] for name in self.fields if name.startswith(PREFIX))

    @property
    def terms(self) -> Mapping[str, Value]:
        """What was filled in, once the form is valid."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }


class ClauseForm(TermsForm):
    """How a clause of an agreement is to read."""

    own_words = forms.CharField(
        required=False,
        max_length=WORD,
        label="In your own words",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = forms.CharField(
        max_length=LONGEST_WORDS,
        label="The words themselves",
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(
        self, clause: Clause, edition: int, *args: Any, by_client: bool, **kwargs: Any
    ) -> None:
        initial = {
            "own_words": clause.own_words,
            "words": bracketed(clause),
            "edition": edition,
        }
        names = _for_client(clause) if by_client else tuple(clause.terms)
        super().__init__(clause, names, *args, initial=initial, **kwargs)

    @property
    def change(self) -> dict[str, Any]:
        """What was filled in, as an action takes it."""
        return {
            "own_words": self.cleaned_data["own_words"].replace("\r\n", "\n"),
            "words": unbracketed(self.cleaned_data["words"], self.clause),
            "terms": self.terms,
        }


class PracticeClauseForm(TermsForm):
    """How a clause of the practice is to read."""

    title = forms.CharField(max_length=120, label="Title")
    words = forms.CharField(
        max_length=LONGEST_WORDS, label="Words", widget=forms.Textarea(attrs={"rows": 14})
    )
    in_use = forms.BooleanField(required=False, label="This clause is part of our agreements")

    def __init__(self, clause: Clause, *args: Any, **kwargs: Any) -> None:
        initial = {
            "title": clause.title,
            "words": bracketed(clause),
            "in_use": clause.in_use,
            "edition": clause.edition,
        }
        names = [one for one in clause.terms if one not in clause.own_terms]
        super().__init__(clause, names, *args, initial=initial, **kwargs)
        if not clause.may_be_left_out:
            del self.fields["in_use"]

    @property
    def written(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        told = self.cleaned_data
        return {
            "title": told["title"],
            "words": unbracketed(told["words"], self.clause),
            "terms": self.terms,
            "in_use": told.get("in_use", True),
            "edition": told["edition"],
        }


class SendForm(forms.Form):
    """A draft on its way."""

    note = forms.CharField(required=False, max_length=WORD)
    seen = forms.UUIDField(required=False)
    edition = forms.IntegerField()


class WordsForm(forms.Form):
    """A question or an answer."""

    words = forms.CharField(max_length=WORD, error_messages={"required": "Please write something."})


class ClosingForm(forms.Form):
    """A word that goes with a no."""

    words = forms.CharField(required=False, max_length=WORD)


class ConsentForm(forms.Form):
    """A yes or a no, and the version whose words were read."""

    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    seen = forms.UUIDField()


class ShareForm(forms.Form):
    """What a supervisor would see, what for, and until when."""

    supervisor = forms.ModelChoiceField(
        queryset=Person.objects.none(), label="Who would see it", empty_label=None
    )
    parts = forms.MultipleChoiceField(
        label="What they would see",
        choices=[(part.value, TITLES[part]) for part in shareable()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one part."},
    )
    purpose = forms.CharField(
        max_length=1000, label="What it is for", widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(
        label="Until the end of this day", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, supervisors: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supervisor"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it stands above
        field.queryset = supervisors

    @property
    def offered(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        told = self.cleaned_data
        end = datetime.combine(told["until"], time.max)
        return {
            "supervisor": told["supervisor"],
            "parts": told["parts"],
            "purpose": told["purpose"],
            "ends_at": timezone.make_aware(end),
        }


def _for_client(clause: Clause) -> tuple[str, ...]:
    """Return the terms that a client may want to be others."""
    ships = next((one for one in shipped() if one.key == clause.key), clause)
    left_out = {*ships.own_terms, *SET_BY_THE_PRACTICE}
    return tuple(one for one in clause.terms if one not in left_out)


def _field(clause: Clause, name: str) -> forms.Field:
    label = clause.label(name)
    label, kind = label[:1].upper() + label[1:], kind_in(clause, name)
    value = clause.terms[name]
    if kind is Kind.NUMBER:
        return forms.IntegerField(
            label=label, initial=value, min_value=lowest(name), max_value=HIGHEST
        )
    if kind is Kind.YES_NO:
        return forms.BooleanField(label=label, initial=value, required=False)
    if kind is Kind.DAYS:
        return forms.MultipleChoiceField(
            label=label,
            initial=value,
            choices=list(DAYS.items()),
            widget=forms.CheckboxSelectMultiple,
        )
    if kind is Kind.LIST:
        return OneEach(label=label, initial=value, required=False, help_text="One on each line.")
    if kind is Kind.TIME:
        return forms.CharField(
            label=label, initial=value, widget=forms.TimeInput(attrs={"type": "time"})
        )
    return forms.CharField(label=label, initial=value, required=False, max_length=LONGEST_TEXT)
