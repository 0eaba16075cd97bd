"""What is typed about an ending."""

from __future__ import annotations

from django import forms

from holdfast_web.handover.endings import LONGEST, QUESTIONS
from holdfast_web.handover.forms.changes import EditionForm

A_DAY = {"invalid": "Write the day like 2027-01-31.", "required": "Please choose a day."}
LONG = {"max_length": f"At most {LONGEST:,} characters. What you wrote is still there."}


class ProposeForm(forms.Form):
    """The day of the last session."""

    last_on = forms.DateField(error_messages=A_DAY)


class MoveForm(EditionForm):
    """Another last day."""

    last_on = forms.DateField(error_messages=A_DAY)


class WordsForm(EditionForm):
    """One's own words, by question, and whether the other may read them at once."""

    gained = forms.CharField(required=False, strip=True, max_length=LONGEST, error_messages=LONG)
    how = forms.CharField(required=False, strip=True, max_length=LONGEST, error_messages=LONG)
    later = forms.CharField(required=False, strip=True, max_length=LONGEST, error_messages=LONG)
    shows = forms.BooleanField(required=False)

    @property
    def words(self) -> dict[str, str]:
        """What was written, by question."""
        return {key: self.cleaned_data[key] for key in QUESTIONS}


class AfterForm(EditionForm):
    """What is there afterwards."""

    words = forms.CharField(
        strip=True,
        max_length=LONGEST,
        error_messages={
            **LONG,
            "required": "There is nothing written yet. A short sentence is enough.",
        },
    )
    open_until = forms.DateField(required=False, error_messages=A_DAY)
