"""What is typed in to plan a session and to write a note."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone

from holdfast_web.encounters.models import Session

YEARS = 3


class SessionForm(forms.Form):
    """When, how long and where; ``times`` repeats it weekly."""

    on = forms.DateField(
        label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label="Minutes", min_value=10, max_value=240, initial=50)
    place = forms.ChoiceField(
        label="Where",
        choices=[(value, str(label).capitalize()) for value, label in Session.Place.choices],
        initial=Session.Place.ROOM,
    )
    times = forms.TypedChoiceField(
        label="How often",
        choices=[
            ("1", "Once"),
            *((str(weeks), f"Weekly, {weeks} times") for weeks in (2, 4, 6, 8, 12)),
        ],
        coerce=int,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together."""
        found = super().clean() or {}
        found["times"] = found.get("times") or 1
        if found.get("on") and found.get("at"):
            starts_at = from_current_timezone(datetime.combine(found["on"], found["at"]))
            if abs(starts_at - timezone.now()) > timedelta(days=366 * YEARS):
                raise forms.ValidationError("That is years away. Look at the day again.")
            found["starts_at"] = starts_at
        return found


class NoteForm(forms.Form):
    """The words of a note, and which edition they are a change of."""

    words = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "There is nothing written yet."},
    )
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def initial_of(session: Session) -> dict[str, Any]:
    """Return what the form of an existing session begins with."""
    local = timezone.localtime(session.starts_at)
    return {
        "on": local.date(),
        "at": local.time(),
        "minutes": session.minutes,
        "place": session.place,
    }
