"""What is typed about something that doesn't feel right."""

from __future__ import annotations

from django import forms

from holdfast_web.inbox.rules import fits

PRACTICE, THERAPIST = "practice", "therapist"


class SayForm(forms.Form):
    """What the client says, and who reads it."""

    words = forms.CharField(required=False, strip=True)
    reader = forms.ChoiceField(
        choices=[(PRACTICE, PRACTICE), (THERAPIST, THERAPIST)],
        error_messages={
            "required": "Please choose who is to read it.",
            "invalid_choice": "Please choose one of the people shown.",
        },
    )

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], needed=False)


class AnswerForm(forms.Form):
    """An answer to it."""

    words = forms.CharField(required=False, strip=True)

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], needed=True)


def _fitting(words: str, *, needed: bool) -> str:
    allowed = fits(words, needed=needed)
    if not allowed:
        raise forms.ValidationError(allowed.reason)
    return words
