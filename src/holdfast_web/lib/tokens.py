"""Tokens in links: long, random, kept as a hash, so that a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a token for a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token (SHA-256; a token is random, so no salt is needed)."""
    return hashlib.sha256(token.encode()).hexdigest()
