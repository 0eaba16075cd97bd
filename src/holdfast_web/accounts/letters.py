"""E-mails: who they are from, where to click, and never a word of what it is about."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction


def send_letter(to: str, subject: str, *lines: str) -> None:
    """Send a letter once the change that it tells of is safely written."""
    transaction.on_commit(
        lambda: send_mail(
            subject,
            "\n\n".join(lines) + "\n",
            settings.DEFAULT_FROM_EMAIL,
            [to],
            fail_silently=True,
        )
    )


def address_of(path: str) -> str:
    """Return a page's full address, for letters and links on paper."""
    return f"{settings.ADDRESS.rstrip('/')}{path}"
