"""What is offered to a supervisor, and what is written at a line."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.supervising import LONGEST_COMMENT, LONGEST_PURPOSE


class SessionShareForm(forms.Form):
    """Who would read which lines, what for, and until when."""

    supervisor = forms.ModelChoiceField(
        queryset=Person.objects.none(), label="Who would read it", empty_label=None
    )
    first = forms.IntegerField(min_value=1, label="From line")
    last = forms.IntegerField(
        min_value=1, label="To line", help_text="As it stands here, it is the whole session."
    )
    purpose = forms.CharField(
        max_length=LONGEST_PURPOSE,
        label="What it is for",
        help_text="Your client and the supervisor read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label="Until the end of this day", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, supervisors: Any, lines: int, sent: Any = None) -> None:
        super().__init__(sent, initial={"first": 1, "last": lines})
        field = self.fields["supervisor"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it stands above
        field.queryset = supervisors

    @property
    def offered(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        told = self.cleaned_data
        return {
            "supervisor": told["supervisor"],
            "lines": (told["first"] - 1, told["last"] - 1),
            "purpose": told["purpose"],
            "ends_at": timezone.make_aware(datetime.combine(told["until"], time.max)),
        }


class CommentForm(forms.Form):
    """Something at a line."""

    line = forms.IntegerField(min_value=1)
    words = forms.CharField(
        max_length=LONGEST_COMMENT, error_messages={"required": "Please write something."}
    )
