from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdfast.roles import roles_from_words
from holdfast.roles.words import normalised, role_words
from holdfast.session import Role, Session, Utterance

T, C, O = Role.THERAPIST, Role.CLIENT, Role.OTHER  # noqa: E741


def roles(*speakers: str | None) -> dict[str, Role]:
    return roles_from_words(
        Session(tuple(Utterance(i, one, "Yes.", i + 1) for i, one in enumerate(speakers)))
    )


@pytest.mark.parametrize(
    "label",
    [
        "Therapist", "THERAPIST", "therapist:", " Therapist ", "Therapist 1", "THERAPIST_02",
        "counsellor", "Counselor", "Psychologist", "Clinician", "Doctor", "Dr.", "social worker",
        "Therapeut", "Therapeutin", "Therapeut/in", "Therapeut:in", "Therapeut*in", "Ärztin",
        "Thérapeute", "therapeute", "psychologue", "Psicólogo", "Terapeuta", "Psycholoog",
        "Terapeut", "Psykolog", "Terapeutka", "Терапевт", "治疗师", "カウンセラー", "상담사",
        "Dana (therapist)", "Dana Reed - Therapist", "Reed, Dana, counsellor",
        "Dana | Therapist", "Dana [Therapist 1]", "Dana (social worker)", "מטפלת",
    ],
)  # fmt: skip
def test_a_word_for_the_therapist_says_so(label: str) -> None:
    assert roles(label) == {label: T}


@pytest.mark.parametrize(
    "label",
    [
        "Client", "CLIENT 1", "client_2", "Patient", "Klient", "Klientin", "Klient*in",
        "Patient/in", "Patientin", "client(e)", "patiente", "Paciente", "Cliente", "Paziente",
        "Cliënt", "Pacjentka", "Клиентка", "来访者", "내담자", "Danışan", "Lee (client)",
        "Lee (Client 2)", "Dr. Lee (client)", "Lee (he/him, client)",
    ],
)  # fmt: skip
def test_a_word_for_the_client_says_so(label: str) -> None:
    assert roles(label) == {label: C}


@pytest.mark.parametrize(
    "label",
    [
        "Theresa", "Clive", "Doctorow", "Patience", "Patricia", "Pat", "Clara", "Cl", "Tom", "T",
        "C", "P", "Dr. Lee", "Doctor Lee", "Lee, Dr.", "Thera", "Patientia", "Clientele",
        "The rapist", "Speaker 1", "1", "???", "", "Client's mother", "Therapist's dog", "Host",
        "Dana (she/her)", "Participant",
    ],
)  # fmt: skip
def test_a_name_says_nothing(label: str) -> None:
    assert roles(label) == {}


@pytest.mark.parametrize(
    "label",
    [
        "Patient Advocate", "Client Services", "Therapist Assistant Kim", "Therapist Assistant",
        "Client Lee", "Therapist Dana", "Counsellor Reed", "Client-Services", "Client: Services",
        "Patient (advocate)", "Patient - Advocate", "[Client] Services", "Therapist, Assistant",
        "Doctor's Office", "Interpreter for Client", "Non-therapist", "Lee (not a client)",
        "Lee (client's mother)", "Lee (client)'s mother", "Lee (former client)", "Client 1 mother",
    ],
)  # fmt: skip
def test_a_word_inside_a_longer_label_says_nothing(label: str) -> None:
    assert roles(label) == {}


@given(
    st.sampled_from(sorted(role_words().words)),
    st.from_regex(r"[A-Za-z]{1,12}( [A-Za-z]{1,12})?", fullmatch=True),
)
def test_no_word_says_a_role_with_more_words_behind_it(word: str, rest: str) -> None:
    label = f"{word} {rest}"
    assume(normalised(label) not in role_words().words)
    assert roles(label) == {}


@pytest.mark.parametrize(
    "label", ["Interpreter (client)", "Therapist | Client", "Client, Therapist", "Dana / Client"]
)
def test_a_label_of_two_says_nothing(label: str) -> None:
    assert roles(label) == {}


@pytest.mark.parametrize(
    ("therapist", "client"),
    [("T", "C"), ("T:", "P:"), ("TH", "CL"), ("Ther", "Pat"), ("T1", "C1"), ("T", "K"),
     ("Interviewer", "Client"), ("Therapist", "C"), ("Helper", "Seeker"), ("psy", "Patient")],
)  # fmt: skip
def test_abbreviations_say_it_beside_each_other(therapist: str, client: str) -> None:
    assert roles(therapist, client) == {therapist: T, client: C}


@pytest.mark.parametrize("pair", [("T", "M"), ("C", "P"), ("Pat", "Lee"), ("Coach", "Sam")])
def test_abbreviations_without_the_other_side_say_nothing(pair: tuple[str, str]) -> None:
    assert roles(*pair) == {}


def test_an_abbreviation_yields_to_a_word_of_its_own_side() -> None:
    assert roles("Therapist", "Client", "Nurse") == {"Therapist": T, "Client": C}


def test_an_interpreter_is_neither() -> None:
    assert roles("Therapist", "Interpreter", "Client")["Interpreter"] is O


def test_several_clients_are_all_clients() -> None:
    assert roles("Therapist", "Client 1", "Client 2") == {
        "Therapist": T,
        "Client 1": C,
        "Client 2": C,
    }


def test_nobody_named_says_nothing() -> None:
    assert roles(None, None) == {}


def test_no_word_has_two_roles_and_each_is_found_as_it_is_written() -> None:
    known = role_words()
    assert not known.words.keys() & known.abbreviations.keys()
    for words in (known.words, known.abbreviations):
        assert all(normalised(word) == word for word in words)
    assert len(known.words) > 150
