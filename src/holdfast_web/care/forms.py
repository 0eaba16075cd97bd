"""Forms: a new client, the practice's settings, an emergency."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms

from holdfast_web.accounts.models import STAFF, Person, Role
from holdfast_web.care.help_lines import countries

LINE = ("name", "number", "hours", "what", "by")


class NewClient(forms.Form):
    """A client and how to reach them."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(
        label="E-mail",
        help_text="The invitation goes there. It says nothing about therapy but the word.",
    )
    brings = forms.CharField(
        label="What brings them",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In their words, if you know them. The client can read it.",
    )


class PracticeSettings(forms.Form):
    """What the practice says of itself."""

    name = forms.CharField(max_length=120, label="Name of the practice")
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False, label="E-mail")
    time_zone = forms.CharField(max_length=40, label="Time zone")
    deputy = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label="Deputy",
        help_text=(
            "Sees answers about safety and what clients tell the practice, beside the therapist. "
            "Never the record."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        deputies = Person.objects.filter(role__in=STAFF, is_active=True).order_by("name")
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        """Refuse a time zone that there is not."""
        told: str = self.cleaned_data["time_zone"]
        if told not in available_timezones():
            raise forms.ValidationError("Write it as Europe/London.")
        return told


class CrisisCountry(forms.Form):
    """For which country crisis help is shown."""

    country = forms.ChoiceField(choices=lambda: list(countries().items()))


class CrisisHelp(forms.Form):
    """The crisis help that clients see on every page, and that somebody called the numbers."""

    emergency = forms.CharField(max_length=20, label="Emergency number")
    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 7}),
        label="Lines to call",
        help_text=(
            "One a line: name | number | hours | what it is for. "
            "Add | text at the end of one that takes written messages only."
        ),
        required=False,
        max_length=4000,
    )
    called = forms.BooleanField(
        label="I have called these numbers today, and they are right.",
        required=False,
    )

    def clean_lines(self) -> list[dict[str, str]]:
        """Return the lines as a list."""
        found = []
        for text in self.cleaned_data["lines"].splitlines():
            if not text.strip():
                continue
            told = [part.strip() for part in f"{text}||||".split("|")[:5]]
            name, number = told[:2]
            if not name or not number:
                raise forms.ValidationError(
                    "Each line needs a name and a number, with a | between them."
                )
            found.append(dict(zip(LINE, told, strict=True)))
        return found


class Emergency(forms.Form):
    """Whose record must be opened now, and why."""

    name = forms.CharField(
        max_length=120, label="Name of the client", help_text="As it stands in the record."
    )
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why this can’t wait",
        help_text="The owner and the client read that you opened it; the owner reads why.",
    )


class Assign(forms.Form):
    """A therapist for a client."""

    therapist = forms.ModelChoiceField(queryset=Person.objects.none())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        therapists = Person.objects.filter(role=Role.THERAPIST, is_active=True).order_by("name")
        self.fields["therapist"].queryset = therapists  # type: ignore[attr-defined]
