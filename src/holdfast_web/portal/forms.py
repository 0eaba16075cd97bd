"""What is typed on the client's own pages."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

LONGEST_NUMBER = 40


class ContactForm(forms.Form):
    """How a client may be reached."""

    email = forms.BooleanField(required=False)
    phone = forms.CharField(
        required=False,
        strip=True,
        max_length=LONGEST_NUMBER,
        validators=[
            RegexValidator(
                r"^[+(]?[0-9][0-9 ()/.\-]{3,}$",
                "Please write the number in digits, such as 01632 960117.",
            )
        ],
        error_messages={
            "max_length": "That is too long for a number. What you wrote is still there."
        },
    )
