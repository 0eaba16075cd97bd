"""What a therapist says of themselves."""

from __future__ import annotations

from typing import Any

from django import forms

from holdfast_web.fit.actions.profiles import TOLD
from holdfast_web.fit.assessment.questions import shipped_questions
from holdfast_web.fit.matching import matching_words
from holdfast_web.fit.models import Profile
from holdfast_web.fit.practical import ACCESS, LANGUAGES, PLACES, TIMES
from holdfast_web.fit.rules.matching import MOST_FREE

WAY = "way_"
OTHER = "other"
NOT_SAID = ("", "I’d rather not say")


def several(words: Any, label: str, help_text: str = "") -> forms.MultipleChoiceField:
    """Return a field in which several can be ticked."""
    choices = list(words.items()) if hasattr(words, "items") else list(words)
    return forms.MultipleChoiceField(
        choices=choices,
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class ProfileForm(forms.Form):
    """All of it; each way of working is one of seven answers in words, or left open."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    about = forms.CharField(
        max_length=600,
        required=False,
        label="In your own words",
        help_text="Two or three sentences, as you would say them at the door.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    free = forms.IntegerField(
        min_value=0,
        max_value=MOST_FREE,
        label="How many people could you take on now?",
        help_text="At 0 nobody is led to you. It goes down by one when somebody begins with you.",
    )
    gender = forms.ChoiceField(
        required=False,
        label="Your gender",
        help_text="Only if you wish. Some people can speak with a woman alone, or with a man.",
        widget=forms.RadioSelect,
    )
    limits_words = forms.CharField(
        max_length=300,
        required=False,
        label="Anybody else whom you can’t see",
        help_text="For the practice’s owner alone, for example “people of St Anne’s School: my "
        "daughter goes there”. No names of clients, please.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = matching_words()
        problems = [(p.key, p.words) for p in shipped_questions().problems if p.key != OTHER]
        for name, made in {
            "focus": several(problems, "What you often work with", "In the words of those who ask"),
            "languages": several(LANGUAGES, "Languages in which you can work"),
            "times": several(TIMES, "When you have time"),
            "places": several(PLACES, "Where"),
            "access": several(ACCESS, "What your room has, or what is welcome there"),
            "limits": several(words.limits, "Whom you can’t see"),
        }.items():
            self.fields[name] = made
        gender = self.fields["gender"]
        if isinstance(gender, forms.ChoiceField):
            gender.choices = [NOT_SAID, *((k, w.capitalize()) for k, w in words.genders)]
        for scale in words.scales:
            self.fields[WAY + scale.key] = forms.TypedChoiceField(
                choices=[*((str(n), said) for n, said in scale.steps), ("", "I leave this open")],
                coerce=int,
                empty_value=None,
                required=False,
                label=scale.title,
                widget=forms.RadioSelect,
            )

    @property
    def ways(self) -> list[forms.BoundField]:
        """The four ways of working."""
        return [self[WAY + one.key] for one in matching_words().scales]

    def told(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the row's fields."""
        data = self.cleaned_data
        plain = {k: v for k, v in data.items() if k != "edition" and not k.startswith(WAY)}
        ways = {
            name.removeprefix(WAY): value
            for name, value in data.items()
            if name.startswith(WAY) and value is not None
        }
        return {**plain, "scales": ways}


def filled_from(profile: Profile) -> dict[str, Any]:
    """Return what the form begins with."""
    ways = {WAY + name: str(value) for name, value in profile.scales.items()}
    return {name: getattr(profile, name) for name in ("edition", *TOLD)} | ways
