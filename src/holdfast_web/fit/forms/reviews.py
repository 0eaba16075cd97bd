"""What is typed in a review."""

from __future__ import annotations

from typing import Any

from django import forms

from holdfast_web.fit.models import Review
from holdfast_web.fit.reviewing import LONGEST, QUESTIONS

TOO_LONG = (
    f"That is longer than the {LONGEST:,} characters that fit here. What you wrote is still there: "
    "please shorten it."
)
WHEN = {"both": "When we have both finished", "now": "As soon as I have finished"}


class WriteForm(forms.Form):
    """One's own words, question by question; any may stay empty."""

    edition = forms.IntegerField()
    when = forms.ChoiceField(choices=list(WHEN.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in QUESTIONS:
            self.fields[one.key] = forms.CharField(
                required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG}
            )

    @property
    def told(self) -> dict[str, str]:
        """The words, by question."""
        return {one.key: self.cleaned_data[one.key] for one in QUESTIONS}


class SettleForm(forms.Form):
    """What the two settled on."""

    edition = forms.IntegerField()
    choice = forms.ChoiceField(
        choices=Review.Choice.choices,
        error_messages={"required": "Please tap one of the four first."},
    )
    words = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG}
    )
