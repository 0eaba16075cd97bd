"""What is typed and ticked about a change of therapist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from holdfast_web.accounts.models import Person
from holdfast_web.encounters.models import Session
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.queries.documents import Documents
from holdfast_web.handover.rules import fits_a_letter, fits_a_reason
from holdfast_web.handover.told import NEXT, PRACTICE, REASONS, THERAPIST, Choices, Knows
from holdfast_web.lib.decision import Decision

PLEASE_CHOOSE = {"required": "Please choose one.", "invalid_choice": "Please choose one of these."}


class EditionForm(forms.Form):
    """Which edition was in front of somebody."""

    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TellForm(EditionForm):
    """Who is told what, why, and whether there is a goodbye."""

    kinds = forms.MultipleChoiceField(required=False, choices=tuple(REASONS.items()))
    words = forms.CharField(required=False, strip=True)
    therapist = forms.ChoiceField(choices=tuple(THERAPIST.items()), error_messages=PLEASE_CHOOSE)
    next = forms.ChoiceField(choices=tuple(NEXT.items()), error_messages=PLEASE_CHOOSE)
    practice = forms.ChoiceField(choices=tuple(PRACTICE.items()), error_messages=PLEASE_CHOOSE)
    goodbye = forms.ChoiceField(required=False, error_messages=PLEASE_CHOOSE)

    def __init__(self, *args: Any, sessions: tuple[Session, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(one.pk): one for one in sessions}
        goodbye = self.fields["goodbye"]
        assert isinstance(goodbye, forms.ChoiceField)  # noqa: S101 - as declared above
        goodbye.choices = [("", ""), *((key, key) for key in self.sessions)]

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], fits_a_reason)

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        data = self.cleaned_data
        return Choices(
            therapist=Knows(data["therapist"]),
            next=Knows(data["next"]),
            practice=Knows(data["practice"]),
            kinds=tuple(data["kinds"]),
            words=data["words"],
        )

    @property
    def chosen_goodbye(self) -> Session | None:
        """The session to say goodbye in, if there is to be one."""
        return self.sessions.get(self.cleaned_data["goodbye"])


class PassesForm(EditionForm):
    """What passes on, document by document."""

    notes = forms.MultipleChoiceField(required=False)
    threads = forms.MultipleChoiceField(required=False)
    letter = forms.BooleanField(required=False)
    signals = forms.BooleanField(required=False)
    ruptures = forms.BooleanField(required=False)
    letter_asked = forms.CharField(required=False, strip=True)

    def __init__(self, *args: Any, documents: Documents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("notes", "threads"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared above
            field.choices = [(str(one.id), "") for one in getattr(documents, name)]

    def clean_letter_asked(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["letter_asked"], fits_a_reason)

    @property
    def passes(self) -> Passes:
        """What was chosen."""
        data = self.cleaned_data
        return Passes(
            notes=frozenset(UUID(one) for one in data["notes"]),
            threads=frozenset(UUID(one) for one in data["threads"]),
            letter=data["letter"],
            signals=data["signals"],
            ruptures=data["ruptures"],
        )


class NextForm(EditionForm):
    """Who comes next: somebody, or nobody yet where the practice is to choose."""

    to = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Please choose one of the people shown."},
    )

    def __init__(self, *args: Any, people: tuple[Person, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101 - as declared above
        to.queryset = Person.objects.filter(pk__in=[one.pk for one in people])


class LetterForm(EditionForm):
    """The short letter."""

    words = forms.CharField(strip=True, required=False)

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], fits_a_letter)


class SettleForm(EditionForm):
    """When the new care begins; today without a day."""

    starts_on = forms.DateField(
        required=False, error_messages={"invalid": "Write the day like 2027-01-31."}
    )


class NeedForm(forms.Form):
    """What the practice tells a client whose therapist it has to change."""

    words = forms.CharField(
        strip=True,
        error_messages={"required": "Tell the client plainly why, in a sentence."},
    )

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], fits_a_reason)


def _fitting(words: str, fits: Any) -> str:
    allowed: Decision = fits(words)
    if not allowed:
        raise forms.ValidationError(allowed.reason)
    return words
