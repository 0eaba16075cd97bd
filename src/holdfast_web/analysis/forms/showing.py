"""What is chosen to be shown to a client."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from holdfast_web.analysis.actions.showing import LONGEST, Chosen

NUMBERS = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")
MOST_IN_A_RANGE = 50
NOT_NUMBERS = "Write line numbers, such as 12, 15–17."


class LineNumbers(forms.CharField):
    """Numbers of lines and ranges of them, as people write them; places from 0 when cleaned."""

    def clean(self, value: Any) -> Any:
        """Return the places."""
        told = super().clean(value)
        found: list[int] = []
        for part in re.split(r"[,;]", str(told or "")):
            if part.strip():
                found += _places(part.strip())
        return found


def _places(part: str) -> range:
    match = NUMBERS.fullmatch(part)
    if match is None:
        raise forms.ValidationError(NOT_NUMBERS)
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last < first + MOST_IN_A_RANGE:
        raise forms.ValidationError(NOT_NUMBERS)
    return range(first - 1, last)


class ShowForm(forms.Form):
    """Lines, a thread to go on with, a note, the picture."""

    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    line = forms.TypedMultipleChoiceField(coerce=int, required=False)
    more = LineNumbers(
        required=False,
        max_length=200,
        label="More lines, by their numbers",
        help_text="Such as 12, 15–17. The numbers stand beside the lines of the transcript.",
    )
    thread = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="A thread to go on with",
        help_text="Something you would like to come back to next time.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="A note beside it",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    picture = forms.BooleanField(required=False, label="The picture of the session over time")

    def __init__(self, *args: Any, lines: int, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - it stands above
        field.choices = [(str(place), str(place + 1)) for place in range(lines)]
        if not has_picture:
            del self.fields["picture"]

    @property
    def chosen(self) -> Chosen:
        """What was chosen, once the form is valid."""
        told = self.cleaned_data
        lines = sorted({*told["line"], *told["more"]})
        return Chosen(tuple(lines), told["thread"], told["note"], told.get("picture", False))

    @property
    def ticked(self) -> frozenset[int]:
        """The lines whose boxes are ticked."""
        sent: Any = self.data
        if not self.is_bound:
            return frozenset(self.initial.get("line", ()))
        told = [one for one in sent.getlist("line") if one.isascii() and one.isdigit()]
        return frozenset(map(int, told))
