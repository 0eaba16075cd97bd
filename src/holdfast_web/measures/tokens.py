"""Tokens of links for the waiting room.

A token is worked out from its link's id with the practice's secret, so that the therapist's page
can show it again while it holds; the database has only its SHA-256, which opens nothing.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import Link

SALT = "holdfast.waiting-room"


def token_of(link_id: UUID) -> str:
    """Return a link's token: 256 bits, written for an address."""
    digest = salted_hmac(SALT, str(link_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return sha256(token.encode()).hexdigest()


def opened_by(token: str, links: object, now: datetime, *, done_too: bool = False) -> Link:
    """Return the link that a token opens.

    Parameters
    ----------
    token
        As it came in the address.
    links
        Rows to look in, with their scope said.
    now
        A link holds until its end, and until it was used.
    done_too
        Whether it also opens what was handed in elsewhere meanwhile.

    Raises
    ------
    NotYours
        If there is none, it ended or was used, or what it opened is done: to whoever holds it,
        there is nothing here.
    """
    wanted = hash_of(token)
    link: Link | None = links.filter(token_hash=wanted).first()  # type: ignore[attr-defined]
    if link is None or not hmac.compare_digest(link.token_hash, wanted):
        raise NotYours
    if link.used_at is not None or link.ends_at <= now or link.client.erased_at is not None:
        raise NotYours
    done = link.sheet.handed_in_at is not None or link.sheet.skipped_at is not None
    if done and not done_too:
        raise NotYours
    return link
