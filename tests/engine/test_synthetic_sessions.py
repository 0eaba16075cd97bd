from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.session import Role
from holdfast.testing import as_plain, as_webvtt, only, synthetic_session, without_times


@pytest.mark.parametrize("seed", range(5))
def test_fifty_minutes_come_to_about_600_utterances_and_9000_words(seed: int) -> None:
    session = synthetic_session(seed=seed)
    assert 550 <= len(session) <= 660
    assert 8_400 <= sum(said.words for said in session.utterances) <= 9_600
    assert 49 * 60 <= (session.utterances[-1].end or 0) <= 51 * 60


def test_a_seed_gives_the_same_session_on_every_machine() -> None:
    written = as_webvtt(synthetic_session(minutes=50, seed=0)).encode()
    assert hashlib.sha256(written).hexdigest()[:16] == "a551c2a426e46bc2"


def test_another_seed_gives_another_session() -> None:
    assert synthetic_session(minutes=5, seed=1) != synthetic_session(minutes=5, seed=2)


def test_the_client_talks_more_than_the_therapist() -> None:
    session = synthetic_session(seed=4)
    words = {role: sum(said.words for said in session.said_by(role)) for role in Role}
    assert words[Role.OTHER] == 0
    assert 0.55 < words[Role.CLIENT] / sum(words.values()) < 0.8


def test_therapists_encourage_and_clients_tell_stories() -> None:
    session = synthetic_session(seed=4)
    therapist, client = session.said_by(Role.THERAPIST), session.said_by(Role.CLIENT)
    assert sum(said.words <= 2 for said in therapist) > 0.2 * len(therapist)
    assert any(said.words >= 60 for said in client)


@given(minutes=st.floats(0.01, 6), seed=st.integers())
@settings(max_examples=50, deadline=None)
def test_a_session_keeps_the_promises_of_its_values(minutes: float, seed: int) -> None:
    session = synthetic_session(minutes=minutes, seed=seed)
    starts = [said.start for said in session.utterances if said.start is not None]
    assert [said.index for said in session.utterances] == list(range(len(session)))
    assert len(starts) == len(session)
    assert starts == sorted(starts)
    assert all(said.text and (said.seconds or 0) > 0 for said in session.utterances)
    assert all("{" not in said.text for said in session.utterances)
    assert {said.role for said in session.utterances} == {Role.THERAPIST, Role.CLIENT}


def test_a_session_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0 minutes"):
        synthetic_session(minutes=0)


def test_speakers_take_the_names_they_are_given() -> None:
    session = synthetic_session(minutes=1, therapist="Ada", client="Grace")
    assert session.speakers == ("Ada", "Grace")
    assert as_plain(session).startswith("Ada: Hello")


def test_webvtt_refuses_a_session_without_times() -> None:
    with pytest.raises(ValueError, match="has no times"):
        as_webvtt(without_times(synthetic_session(minutes=1)))


def test_what_one_role_said_is_numbered_anew() -> None:
    alone = only(synthetic_session(minutes=2), Role.CLIENT)
    assert [said.index for said in alone.utterances] == list(range(len(alone)))
