from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from holdfast import assign_roles, code, read, suggest
from holdfast.codebooks import load_codebook
from holdfast.coding.encode import session_logits
from holdfast.errors import RoleError
from holdfast.examples import FIRST_SESSION
from holdfast.pipeline import shipped_model
from holdfast.session import Role, Session, Utterance
from holdfast.testing import synthetic_session


@pytest.fixture(scope="module")
def session() -> Session:
    return assign_roles(read(FIRST_SESSION), therapist="Dana", client="Lee")


def test_every_utterance_has_every_code_of_its_role(session: Session) -> None:
    book = load_codebook()
    for utterance, codes in code(session):
        assert utterance.role is not None
        assert set(codes) == {one.name for one in book.codes_for(utterance.role)}


def test_every_value_is_one_that_the_codebook_defines(session: Session) -> None:
    book = load_codebook()
    for _, codes in code(session):
        for name, one in codes.items():
            known = {value.name for value in book.code(name).values}
            values = one.value if isinstance(one.value, tuple) else (one.value,)
            assert set(values) - {None} <= known


def test_coding_twice_gives_the_same(session: Session) -> None:
    assert code(session) == code(session)


def test_an_utterance_is_not_influenced_by_what_was_said_after_it(session: Session) -> None:
    model = shipped_model()
    whole = session_logits(session, model)
    short = session_logits(replace(session, utterances=session.utterances[:5]), model)
    assert np.abs(whole[:4] - short[:4]).max() < 0.6  # 8-bit arithmetic rounds by the batch


def test_an_utterance_is_influenced_by_what_was_said_before_it(session: Session) -> None:
    model = shipped_model()
    said = session.utterances[3:5]
    alone = Session(tuple(replace(one, index=i) for i, one in enumerate(said[1:])))
    after = Session(tuple(replace(one, index=i) for i, one in enumerate(said)))
    assert np.abs(session_logits(alone, model)[0] - session_logits(after, model)[1]).max() > 0.1


def test_people_who_are_neither_therapist_nor_client_get_no_codes(session: Session) -> None:
    guest = Utterance(len(session), "Kim", "May I come in?", line=999, role=Role.OTHER)
    coded = code(replace(session, utterances=(*session.utterances, guest)))
    assert coded.codes[-1] == {}


def test_a_session_without_a_client_is_refused() -> None:
    lone = Session((Utterance(0, "Dana", "How are you?", line=1, role=Role.THERAPIST),))
    with pytest.raises(RoleError, match="No utterance is the client's"):
        code(lone)


def test_an_utterance_of_a_megabyte_is_coded_like_any_other(session: Session) -> None:
    long = replace(session.utterances[0], text="and then I told her " * 50_000)
    coded = code(replace(session, utterances=(long, *session.utterances[1:])))
    assert len(coded.codes) == len(session)


def test_an_utterance_without_words_is_coded_and_not_lost(session: Session) -> None:
    silent = replace(session.utterances[0], text="")
    assert len(code(replace(session, utterances=(silent, *session.utterances[1:]))).codes) == 120


def test_progress_is_told_up_to_the_last_utterance() -> None:
    told: list[tuple[int, int]] = []
    session = synthetic_session(minutes=10)
    code(session, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(session), len(session))
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_the_model_suggests_who_is_who_in_the_example() -> None:
    suggestion = suggest(read(FIRST_SESSION))
    assert suggestion is not None
    assert (suggestion.therapist, suggestion.client) == ("Dana", "Lee")
    assert 0.5 < suggestion.confidence <= 0.99


def test_nothing_is_suggested_for_a_single_speaker() -> None:
    assert suggest(Session((Utterance(0, "Dana", "Hello.", line=1),))) is None
