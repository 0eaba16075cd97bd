"""AES-256-GCM (NIST SP 800-38D) with a random nonce; associated data binds where a value stands.

A sealed value is ``version byte | nonce (12) | ciphertext and tag``. Moved to another row or
another field it does not open.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotOpen(Exception):  # noqa: N818 - said in the words of the vault
    """A value that this key does not open, or that was changed or moved."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """Encrypt a value so that it opens only where it belongs.

    Parameters
    ----------
    key
        32 bytes.
    plain
        The value.
    bound_to
        Where it stands, such as ``"goals.goal.words:ID"``.

    Examples
    --------
    >>> key = new_key()
    >>> open_sealed(key, seal(key, b"calm", "here"), "here")
    b'calm'
    """
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def open_sealed(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """Decrypt a value.

    Raises
    ------
    CannotOpen
        If key or place is another one, or a byte was changed.
    """
    if sealed[:1] != VERSION:
        raise CannotOpen("A sealed value has an unknown version. It may be from a newer Holdfast.")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, bound_to.encode())
    except InvalidTag:
        raise CannotOpen(
            f"What stands in {bound_to.partition(':')[0]} does not open with its key: "
            "the key is another one, or the value was changed or moved. Restore it from a backup."
        ) from None
