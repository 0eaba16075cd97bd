"""Forms: which events of the audit, and the name that is typed before a record is erased."""

from __future__ import annotations

from typing import Any

from django import forms

from holdfast_web.audit.words import sentences
from holdfast_web.keeping.queries.trail import Asked, people_of_the_trail


class TrailForm(forms.Form):
    """Which events are shown."""

    who = forms.ChoiceField(required=False, label="Who")
    what = forms.ChoiceField(required=False, label="What")
    client = forms.CharField(required=False, max_length=36, label="About client number")
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "anybody"), *people_of_the_trail()]  # type: ignore[attr-defined]
        self.fields["what"].choices = [("", "anything"), *_events()]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Return what is asked for; what doesn't fit is left out."""
        told = self.cleaned_data if self.is_valid() else {}
        return Asked(
            who=told.get("who") or "",
            what=told.get("what") or "",
            client=told.get("client") or "",
            before=told.get("before"),
        )


class EraseForm(forms.Form):
    """The client's name, typed by hand, and that the law was thought of."""

    name = forms.CharField(
        max_length=120,
        label="Type the client’s name to erase the record",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    law = forms.BooleanField(
        label="I have checked that no law and no open claim makes us keep this record.",
    )

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        self.wanted = wanted
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse another name."""
        told: str = self.cleaned_data["name"]
        if told.strip().casefold() != self.wanted.strip().casefold():
            raise forms.ValidationError("This is not the name in the record.")
        return told


def _events() -> list[tuple[str, str]]:
    """Return the events by what they are about, as ``care began``."""
    return [(name, name.replace(".", ": ").replace("_", " ")) for name in sorted(sentences())]
