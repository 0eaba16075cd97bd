"""What people write about signals, ruptures and answers that must be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from holdfast_web.encounters.models import Session
from holdfast_web.lib.templatetags.holdfast import day
from holdfast_web.measures.models import Rupture

LONGEST = 4000
YEAR = dt.timedelta(days=366)
AWAY = (
    "Moving away: saying little, agreeing too quickly, going off to other things, keeping "
    "feelings out of it"
)
AGAINST = "Moving against: finding fault with you, the work or how it goes, refusing, pressing"
KINDS = (
    (Rupture.Kind.WITHDRAWAL, AWAY),
    (Rupture.Kind.CONFRONTATION, AGAINST),
    (Rupture.Kind.BOTH, "Both"),
    (Rupture.Kind.UNCLEAR, "Not clear yet"),
)


def words(label: str, *, rows: int = 4, help_text: str = "", required: str = "") -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "cols": None}),
        error_messages={"required": required or "Write a few words."},
    )


def date(label: str, *, required: str) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Write the day as a date."},
    )


class EditionForm(forms.Form):
    """Words about something that somebody else may have changed meanwhile."""

    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class AnswerForm(EditionForm):
    """What a therapist will do about a signal, and by when."""

    intent = words("What I’ll do", required="Write in a few words what you will do.")
    by_when = date("By when", required="Choose a day, such as that of the next session.")
    also = forms.TypedMultipleChoiceField(
        label="This answers these as well",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, others: Iterable[tuple[UUID, str]] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices: Any = self.fields["also"]
        choices.choices = list(others)

    def clean_by_when(self) -> dt.date:
        """Refuse a day that is over, or years away."""
        day_: dt.date = self.cleaned_data["by_when"]
        today = timezone.localdate()
        if day_ < today:
            raise forms.ValidationError("That day is over. Choose one to come.")
        if day_ > today + YEAR:
            raise forms.ValidationError("That is more than a year away. Choose a nearer day.")
        return day_


class CloseForm(EditionForm):
    """How it looked afterwards."""

    outcome = words(
        "How it looked afterwards",
        help_text="What you did, what the client said to it, what the next check-in shows.",
        required="Write in a few words how it looked.",
    )


class RuptureForm(forms.Form):
    """Something that strained the relationship."""

    session_number = forms.TypedChoiceField(label="In which session", coerce=int)
    what = words(
        "What happened",
        rows=5,
        help_text="As you saw it, and as the client may have. Your own part belongs to it.",
        required="Write in a few words what happened.",
    )
    kind = forms.ChoiceField(
        label="How it showed",
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=Rupture.Kind.UNCLEAR,
        error_messages={"required": "Choose how it showed."},
    )

    def __init__(self, *args: Any, sessions: Sequence[tuple[int, Session]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices: Any = self.fields["session_number"]
        choices.choices = [
            (number, f"Session {number}, {day(session.starts_at)}") for number, session in sessions
        ]


class StepForm(EditionForm):
    """What was done towards repair."""

    words = words(
        "What was done",
        rows=3,
        help_text="Said, asked, changed, or listened to.",
        required="Write in a few words what was done.",
    )


class ResolveForm(EditionForm):
    """On which day a rupture was resolved."""

    on = date("Made up on", required="Choose the day.")

    def clean_on(self) -> dt.date:
        """Refuse a day that is still to come."""
        day_: dt.date = self.cleaned_data["on"]
        if day_ > timezone.localdate():
            raise forms.ValidationError("That day is still to come.")
        return day_


class DoneForm(forms.Form):
    """What was done about an answer that had to be seen."""

    done = words(
        "What was done",
        rows=3,
        help_text="Whom you reached and how, what you agreed, what comes next.",
        required="Write in a few words what was done.",
    )
