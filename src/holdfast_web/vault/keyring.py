"""The practice's keys, outside the database: a file that only its owner can read.

The first practice key wraps new client keys; older ones stay until everything is wrapped anew.
The audit's key and Django's secret lie in the same file, so that there is one thing to guard.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from holdfast_web.home import keyring_file
from holdfast_web.vault.cipher import KEY_BYTES, new_key


class KeyringError(Exception):
    """The keyring is missing, unreadable or unfit; the message says what to do."""


@dataclass(frozen=True, slots=True)
class PracticeKey:
    """A key that wraps clients' keys, with its name."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """All that must be kept outside the database.

    Attributes
    ----------
    practice
        Keys that wrap clients' keys, the one in use first.
    audit
        Seals the audit's chain.
    secret
        Django's secret.
    """

    practice: tuple[PracticeKey, ...]
    audit: bytes
    secret: str

    @property
    def current(self) -> PracticeKey:
        """The key that wraps new client keys."""
        return self.practice[0]

    def named(self, name: str) -> bytes:
        """Return the practice key of that name."""
        for one in self.practice:
            if one.name == name:
                return one.key
        raise KeyringError(
            f"A client's key was wrapped with practice key {name}, which isn't in the keyring. "
            "Put back the keyring file that belongs to this database."
        )


def new_keyring() -> Keyring:
    """Return fresh keys."""
    return Keyring((_new_practice_key(),), new_key(), secrets.token_urlsafe(48))


def rotated(keyring: Keyring) -> Keyring:
    """Return the keyring with a new practice key in use, the older ones kept."""
    return replace(keyring, practice=(_new_practice_key(), *keyring.practice))


def without_old_keys(keyring: Keyring, needed: Collection[str] = ()) -> Keyring:
    """Return the keyring without the practice keys that nothing needs any more.

    The key before the one in use stays, for what a running server wrapped with it in the very
    moment in which they changed.

    Parameters
    ----------
    keyring
        The practice's.
    needed
        Names of the keys that clients' keys are wrapped with.
    """
    kept = [one for place, one in enumerate(keyring.practice) if place < 2 or one.name in needed]
    return replace(keyring, practice=tuple(kept))


def write_keyring(keyring: Keyring, path: Path) -> None:
    """Write a keyring for its owner's eyes only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    text = json.dumps(
        {
            "practice": [{"name": one.name, "key": _text(one.key)} for one in keyring.practice],
            "audit": _text(keyring.audit),
            "secret": keyring.secret,
        },
        indent=2,
    )
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_keyring(path: Path) -> Keyring:
    """Read a keyring.

    Raises
    ------
    KeyringError
        If there is none, others may read it, or it isn't one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        mode = path.stat().st_mode
    except OSError:
        raise KeyringError(
            f"There are no keys at {path}. For a new practice: holdfast keys create. "
            "For an old one: put its keyring back, or say where it is (HOLDFAST_KEYS_FILE)."
        ) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringError(f"Others may read the keys at {path}. Close it: chmod 600 {path}")
    return parse_keyring(text)


def parse_keyring(text: str) -> Keyring:
    """Return the keyring that a text holds."""
    try:
        told = json.loads(text)
        practice = tuple(PracticeKey(one["name"], _bytes(one["key"])) for one in told["practice"])
        keyring = Keyring(practice, _bytes(told["audit"]), str(told["secret"]))
    except (ValueError, KeyError, TypeError):
        raise KeyringError("The keyring can't be read. Put back a copy of it.") from None
    if not practice:
        raise KeyringError("The keyring holds no practice key. Put back a copy of it.")
    return keyring


def keyring() -> Keyring:
    """Return this practice's keyring: from ``$HOLDFAST_KEYS``, or from its file as it is now.

    A running server sees that the keys were rotated; else it would go on wrapping with a key that
    is on its way out.
    """
    given = os.environ.get("HOLDFAST_KEYS")
    if given:
        return _parsed(given)
    path = keyring_file()
    return _read(path, _stamp(path))


@lru_cache(maxsize=1)
def _parsed(text: str) -> Keyring:
    return parse_keyring(text)


@lru_cache(maxsize=1)
def _read(path: Path, stamp: tuple[int, ...]) -> Keyring:  # noqa: ARG001 - keys the cache
    return read_keyring(path)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        told = path.stat()
    except OSError:
        return ()
    return (told.st_ino, told.st_mtime_ns, told.st_size)


def _new_practice_key() -> PracticeKey:
    return PracticeKey(secrets.token_hex(4), new_key())


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(text[:0])
    return key
