"""Every address that there is, and one of it that leads to a row of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from holdfast_web.accounts.actions import invite
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.encounters.actions import plan_session
from holdfast_web.fit.actions.beginning import begin_intake
from holdfast_web.measures.models import Sheet
from tests.web.conftest import Cast
from tests.web.looking_for import described
from tests.web.record import WHY, Record, full_record

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
OWN_PAGES = (
    "account/login/",
    "account/logout/",
    "account/password/change/",
    "account/password/reset/",
    "account/password/reset/done/",
    "account/reauthenticate/",
    "account/2fa/",
    "account/2fa/totp/activate/",
    "account/2fa/webauthn/",
    "account/2fa/webauthn/add/",
)
"""Pages of one's own account."""
PLAIN = {
    "clause": "fees",
    "kind": "supervision",
    "wants": "talk",
    "line": "1",
    "step": "2",
    "problem": "anxiety",
}
ROWS = {
    "client_id": "client",
    "care_id": "care",
    "version_id": "version",
    "question_id": "question",
    "share_id": "share",
    "session_share_id": "session_share",
    "session_id": "session",
    "sheet_id": "sheet",
    "link_id": "link",
    "assignment_id": "assignment",
    "answer_id": "answer",
    "signal_id": "signal",
    "rupture_id": "rupture",
    "goal_id": "goal",
    "help_id": "help",
    "review_id": "review",
    "intake_id": "intake",
    "concern_id": "own_concern",
    "hand_over_id": "hand_over",
    "thread_id": "conversation",
    "message_id": "message",
    "attachment_id": "attachment",
    "access_id": "emergency",
    "invitation_id": "invitation",
    "person_id": "colleague",
}
"""Which row of a record an address is made with, by the name of its argument."""
TOKENS = {"w": "token", "i": "intake_token"}
"""Which token opens an address that begins so."""
ELSEWHERE = {
    "me/shares/<uuid:share_id>/agree/": {"share_id": "offer"},
    "me/session-shares/<uuid:session_share_id>/agree/": {"session_share_id": "session_offer"},
    "inbox/<uuid:concern_id>/": {"concern_id": "concern"},
    "sessions/<uuid:session_id>/held/": {"session_id": "past_session"},
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/after/": {"session_id": "open_session"},
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/after/kept/": {
        "session_id": "open_session"
    },
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/note/": {"session_id": "held"},
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/private-note/": {"session_id": "held"},
    "clients/<uuid:client_id>/sheets/<uuid:sheet_id>/": {"sheet_id": "answered"},
    **{
        f"clients/<uuid:client_id>/sessions/<uuid:session_id>/{page}/": {"session_id": "held"}
        for page in (
            "transcript",
            "transcript/roles",
            "transcript/lines/<int:line>",
            "transcript/remove",
            "analysis",
            "analysis/transcript",
            "analysis/start",
            "analysis/cancel",
            "analysis/progress",
            "analysis/lines/<int:line>",
            "analysis/read-through",
            "threads/<int:line>",
            "show",
            "shares",
            "shares/<uuid:session_share_id>/close",
        )
    },
}
"""Where another row is the one that can be opened."""

PLACES = {"agreement/change/<slug:clause>/leave/": "reviews"}
"""Where another clause is the one that was changed."""
SENT = {
    "me/agreement/consent/<slug:kind>/": {
        "given": "no",
        "seen": "00000000-0000-4000-8000-000000000000",
    },
    "me/agreement/change/<slug:clause>/leave/": {"edition": "1"},
    "clients/<uuid:client_id>/agreement/change/<slug:clause>/leave/": {"edition": "1"},
    "practice/agreement/<slug:clause>/put-back/": {"edition": "0"},
}
"""What is sent to an address that says "not found" to an empty form."""


def routes() -> list[str]:
    """Return every address as it is written in the lists of addresses."""
    return sorted(_walk(get_resolver()))


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def arguments(route: str) -> list[str]:
    """Return the names of a route's arguments."""
    return ARGUMENT.findall(route)


def address(route: str, record: Record, **others: Any) -> str:
    """Return a route with the rows of a record in it.

    Parameters
    ----------
    route
        As :func:`routes` has it.
    record
        Whose rows; ``others`` by the names of arguments.
    """

    def value(name: str) -> str:
        if name in others:
            return str(others[name])
        if name in PLAIN:
            return next((one for end, one in PLACES.items() if route.endswith(end)), PLAIN[name])
        if name == "token":
            return str(record[TOKENS.get(route.partition("/")[0], "invitation_token")])
        row = ELSEWHERE.get(route, {}).get(name, ROWS.get(name))
        assert row is not None, f"{route}: say in addresses.py which row {name} is"
        return str(record[row].pk)

    return "/" + ARGUMENT.sub(lambda found: value(found[1]), route)


def whole_record(cast: Cast, care: Any = None) -> Record:
    """Return a full record, with what else addresses need."""
    record = full_record(cast, care)
    client, therapist = record.client, record.therapist
    handed = Sheet.objects.for_the_practice(WHY).filter(
        client=client, respondent="client", instrument="check-in", handed_in_at__isnull=False
    )
    told = {"by": cast.owner, "email": f"{client.pk}@example.org", "name": "Newt", "role": "owner"}
    invitation, token = invite(**told)
    record.rows |= {
        "answered": handed.latest("due_at"),
        "past_session": plan_session(
            by=therapist, client=client, starts_at=timezone.now() - timedelta(minutes=55)
        ),
        "emergency": _emergency_before(cast, record),
        "invitation": invitation,
        "invitation_token": token,
        "intake_token": begin_intake(by=None, name="Newt"),
        "colleague": cast.other_therapist,
    }
    described(cast.other_therapist)
    return record


def _emergency_before(cast: Cast, record: Record) -> EmergencyAccess:
    """Return an emergency access that is over."""
    then = timezone.now() - timedelta(days=2)
    access = EmergencyAccess(
        client=record.client,
        person=cast.supervisor,
        reason="Nobody could be reached.",
        opened_at=then,
        ends_at=then + timedelta(hours=1),
    )
    access.save()
    return access
