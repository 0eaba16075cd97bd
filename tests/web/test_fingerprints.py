"""A fingerprint says that two things are the same, to nobody without the practice's keys."""

from __future__ import annotations

import hashlib

import pytest

from holdfast_web.vault import fingerprints
from holdfast_web.vault.fingerprints import fingerprint
from holdfast_web.vault.keyring import keyring, new_keyring, rotated

WORDS = "how was the week"


def test_the_same_words_have_the_same_fingerprint_and_others_another() -> None:
    assert fingerprint(WORDS, of="a text") == fingerprint(WORDS, of="a text")
    assert fingerprint(WORDS, of="a text") != fingerprint(f"{WORDS}s", of="a text")
    assert fingerprint(WORDS, of="a text") != fingerprint(WORDS, of="a name")
    assert fingerprint("\ud800", of="a text")


def test_whoever_guesses_the_words_cannot_try_them_out_without_the_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = fingerprint(WORDS, of="a text")
    assert mine != hashlib.sha256(WORDS.encode()).hexdigest()
    other = new_keyring()
    monkeypatch.setattr(fingerprints, "keyring", lambda: other)
    assert fingerprint(WORDS, of="a text") != mine


def test_it_stays_when_practice_keys_are_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    before, later = fingerprint(WORDS, of="a text"), rotated(keyring())
    monkeypatch.setattr(fingerprints, "keyring", lambda: later)
    assert fingerprint(WORDS, of="a text") == before
