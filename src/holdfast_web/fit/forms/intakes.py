"""What is typed about intakes: a beginning, an invitation, an answer, who reads them."""

from __future__ import annotations

from typing import Any

from django import forms

from holdfast_web.accounts.models import STAFF, Person
from holdfast_web.fit.models import Intake

EDITION = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BeginForm(forms.Form):
    """What somebody wants to be called."""

    name = forms.CharField(
        max_length=120,
        required=False,
        label="What shall we call you?",
        help_text="A first name, or any name. You can also tell us later.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LinkForm(forms.Form):
    """Where to send somebody their own link."""

    email = forms.EmailField(
        label="E-mail",
        help_text="The letter says only that it is a link. Use an address that only you read.",
        error_messages={"required": "Write an address, or keep the link yourself."},
    )


class InviteForm(forms.Form):
    """Whom to send the questions to."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(
        label="E-mail", help_text="The letter holds a link, and nothing of what it is about."
    )


class DisagreeForm(forms.Form):
    """How somebody sees it themselves."""

    words = forms.CharField(
        max_length=4000,
        label="How you see it",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "There is nothing written yet."},
    )
    edition = EDITION


class AnswerForm(forms.Form):
    """What a clinician decides, and the words that the person will read."""

    decision = forms.ChoiceField(
        choices=Intake.Decision.choices, label="What we do", widget=forms.RadioSelect
    )
    words = forms.CharField(
        max_length=4000,
        label="Your words to the person",
        help_text="They read this. Say what happens next, and by when.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    urgency = forms.TypedChoiceField(
        choices=Intake.Urgency.choices,
        coerce=int,
        label="How soon they should be seen",
        help_text="You decide this. Nothing works it out from the answers.",
        initial=Intake.Urgency.USUAL,
    )
    edition = EDITION


class PracticeIntakeForm(forms.Form):
    """Whether anybody may ask for help, and who reads it."""

    intake = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label="Who reads what people tell",
        help_text="Sees the answers of everybody who asks for help, until somebody begins care.",
    )
    intake_is_open = forms.BooleanField(
        required=False, label="Anybody may ask for help on our public page"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = Person.objects.filter(role__in=STAFF, is_active=True).order_by("name")
        self.fields["intake"].queryset = readers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse to open a door behind which nobody is."""
        told = super().clean() or self.cleaned_data
        if told.get("intake_is_open") and not told.get("intake"):
            self.add_error("intake", "Name somebody first: what is told has to reach a person.")
        return told
