"""Keyed fingerprints: two things can be told to be the same, and nothing else can be told."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from holdfast_web.vault.cipher import KEY_BYTES
from holdfast_web.vault.keyring import keyring


def fingerprint(words: str, *, of: str) -> str:
    """Return the fingerprint of words: HMAC-SHA-256 under a key that only the practice has.

    Whoever has the database and guesses the words can't try them out. The key is derived (HKDF)
    from the part of the keyring that stays when practice keys are rotated.

    Parameters
    ----------
    words
        What is to be told again, already in one spelling.
    of
        What kind of thing it is; fingerprints of other kinds never match.
    """
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"holdfast fingerprint of {of}".encode())
    key = derived.derive(keyring().audit)
    return hmac.new(key, words.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
