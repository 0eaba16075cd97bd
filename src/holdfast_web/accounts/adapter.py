"""How allauth behaves here: nobody signs up alone, and a sign-in is fresh for some minutes."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

FRESH = "account_authentication_methods"


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, and says when somebody has to sign in anew."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Say no: a person comes in by an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Say whether what comes needs a sign-in anew: not for some minutes after the last one."""
        if settings.DEMO or self._just_came():
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def _just_came(self) -> bool:
        records = self.request.session.get(FRESH) or [{}]
        at = records[-1].get("at", 0)
        fresh: bool = time.time() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return fresh
