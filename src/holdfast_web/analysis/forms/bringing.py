"""What is sent to bring a transcript in, to say who is who, and to mend a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from holdfast_web.engine.transcripts import LARGEST_UPLOAD, format_suffixes

SAY = "Choose one."
ROLES = (("therapist", "Therapist"), ("client", "Client"), ("other", "Neither"))
OF_SPEAKER = ("", "As its speaker")
NOBODY = "Nobody is named"
LONGEST_TEXT = 100_000
"""Characters; no line that was read has more."""


class UploadForm(forms.Form):
    """A file."""

    transcript = forms.FileField(
        label="Transcript",
        widget=forms.FileInput(
            attrs={"accept": ",".join(format_suffixes()), "aria-describedby": "transcript-help"}
        ),
        error_messages={
            "required": "Choose a file first.",
            "invalid": "Choose a file first.",
            "missing": "Choose a file first.",
            "empty": "The file is empty. Export the transcript again.",
        },
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            told = (
                f"The file has more than {LARGEST_UPLOAD // 2**20} MB. "
                "Check that it is the transcript and not the recording."
            )
            self.fields["transcript"].error_messages["required"] = told


class RolesForm(forms.Form):
    """Who is who: a choice for each speaker, in order of appearance."""

    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, speakers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = tuple(speakers)
        for place, _ in enumerate(self.speakers):
            self.fields[f"role-{place}"] = forms.ChoiceField(
                choices=ROLES,
                widget=forms.RadioSelect,
                error_messages={"required": SAY, "invalid_choice": SAY},
            )

    def clean(self) -> dict[str, Any]:
        """See that there is a therapist and a client."""
        found = super().clean() or {}
        chosen = {found.get(f"role-{place}") for place, _ in enumerate(self.speakers)}
        if None not in chosen and not chosen >= {"therapist", "client"}:
            raise forms.ValidationError(
                "Somebody has to be the therapist, and somebody the client."
            )
        return found

    @property
    def roles(self) -> dict[str, str]:
        """Return the role of each speaker."""
        told = self.cleaned_data
        return {name: told[f"role-{place}"] for place, name in enumerate(self.speakers)}


class LineForm(forms.Form):
    """A line's words, its speaker, and its own role where it has one."""

    text = forms.CharField(
        label="What was said",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "A line needs words. What nobody said can be written as [silence]."
        },
    )
    speaker = forms.ChoiceField(label="Who said it")
    role = forms.ChoiceField(
        label="Role of this line alone", choices=(OF_SPEAKER, *ROLES), required=False
    )
    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, speakers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = tuple(speakers)
        choices = [(str(at), name or NOBODY) for at, name in enumerate(self.speakers)]
        self.fields["speaker"] = forms.ChoiceField(label="Who said it", choices=choices)

    def clean_speaker(self) -> str:
        """Return the name: on its way a browser would change odd spaces in it."""
        return self.speakers[int(self.cleaned_data["speaker"])]
