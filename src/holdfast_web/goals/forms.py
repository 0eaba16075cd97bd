"""What is typed about goals and about what helps."""

from __future__ import annotations

from typing import Any

from django import forms

from holdfast_web.goals.models import Goal, Help
from holdfast_web.goals.rules import HIGHEST, LONGEST, LONGEST_WORD, LOWEST, fits

HELPED = {"yes": True, "no": False, "unsure": None}


class AddForm(forms.Form):
    """A new goal, or something new that may help."""

    words = forms.CharField(required=False, strip=True)

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], LONGEST)


class RewordForm(AddForm):
    """Other words for one that is there."""

    edition = forms.IntegerField()


class ProgressForm(forms.Form):
    """How far a goal feels."""

    edition = forms.IntegerField()
    value = forms.IntegerField(
        min_value=LOWEST,
        max_value=HIGHEST,
        error_messages={
            "required": "Please tap a number first.",
            "invalid": "Please tap one of the numbers.",
            "min_value": "Please tap one of the numbers.",
            "max_value": "Please tap one of the numbers.",
        },
    )
    words = forms.CharField(required=False, strip=True)

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], LONGEST_WORD, needed=False)


class TriedForm(forms.Form):
    """How it went with something that may help."""

    edition = forms.IntegerField()
    helped = forms.ChoiceField(choices=[(one, one) for one in HELPED])
    words = forms.CharField(required=False, strip=True)

    def clean_words(self) -> str:
        """Return the words, if they fit."""
        return _fitting(self.cleaned_data["words"], LONGEST_WORD, needed=False)

    def clean_helped(self) -> bool | None:
        """Return whether it helped; ``None`` where one can't tell."""
        return HELPED[self.cleaned_data["helped"]]


class GoalStatusForm(forms.Form):
    """Where a goal stands."""

    edition = forms.IntegerField()
    status = forms.ChoiceField(choices=Goal.Status.choices)


class HelpStatusForm(forms.Form):
    """Where something that may help stands."""

    edition = forms.IntegerField()
    status = forms.ChoiceField(choices=Help.Status.choices)


def _fitting(words: Any, longest: int, *, needed: bool = True) -> str:
    allowed = fits(words, longest, needed=needed)
    if not allowed:
        raise forms.ValidationError(allowed.reason)
    return str(words)
