from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.errors import RoleError
from holdfast.roles import assign_roles
from holdfast.roles.speakers import printable
from holdfast.session import Role, Session, Utterance

T, C, O = Role.THERAPIST, Role.CLIENT, Role.OTHER  # noqa: E741


def session(*speakers: str | None, roles: tuple[Role | None, ...] = ()) -> Session:
    stated = roles or (None,) * len(speakers)
    return Session(
        tuple(
            Utterance(i, one, "I hear you.", i + 1, role=role)
            for i, (one, role) in enumerate(zip(speakers, stated, strict=True))
        ),
        notes=("As it was read.",),
    )


def roles(known: Session) -> list[Role | None]:
    return [said.role for said in known.utterances]


def test_names_are_found_whatever_their_capitals_and_spaces() -> None:
    known = assign_roles(session("Dana  Reed", "Lee"), therapist=" dana reed", client="LEE")
    assert roles(known) == [T, C]


@pytest.mark.parametrize("name", ["Dan", "Dana R", "Reed", "Dana Reed Jr", ""])
def test_a_name_is_never_matched_in_part(name: str) -> None:
    with pytest.raises(RoleError, match="no speaker is called"):
        assign_roles(session("Dana Reed", "Lee"), therapist=name)


def test_an_unknown_name_lists_the_speakers_and_the_options() -> None:
    with pytest.raises(RoleError) as refusal:
        assign_roles(session("Dana Reed", "Lee"), therapist="Danna")
    message = str(refusal.value)
    assert 'no speaker is called "Danna", which was given with --therapist' in message
    assert '--therapist "Dana Reed"' in message
    assert "50 %" in message


def test_with_one_side_named_the_only_other_speaker_is_the_other_side_and_a_note_says_so() -> None:
    known = assign_roles(session("Dana", "Lee", "Dana"), client="Lee")
    assert roles(known) == [T, C, T]
    assert known.notes == (
        "As it was read.",
        "Dana is taken as the therapist: the only other speaker.",
    )


def test_with_three_speakers_the_rest_is_not_guessed() -> None:
    with pytest.raises(RoleError, match="does not say who is the client"):
        assign_roles(session("Dana", "Lee", "Kim"), therapist="Dana")


def test_one_set_aside_leaves_one() -> None:
    assert roles(assign_roles(session("Dana", "Lee", "Kim"), therapist="Dana", other="Kim")) == [
        T,
        C,
        O,
    ]
    assert roles(assign_roles(session("Dana", "Interpreter", "Lee"), client="Lee")) == [T, O, C]


def test_several_names_may_have_one_role() -> None:
    known = assign_roles(session("Dana", "Lee", "Kim"), therapist="Dana", client=["Lee", "Kim"])
    assert roles(known) == [T, C, C]


def test_a_name_with_two_roles_is_refused() -> None:
    with pytest.raises(RoleError, match="given with both --therapist and --client"):
        assign_roles(session("Dana", "Lee"), therapist="Dana", client="dana")


def test_an_exact_name_comes_before_one_in_other_capitals() -> None:
    assert roles(assign_roles(session("Dana", "dana"), therapist="Dana", client="dana")) == [T, C]
    with pytest.raises(RoleError, match="given with both"):
        assign_roles(session("Dana", "dana", "Lee"), therapist="DANA", client="dana")


def test_a_longer_label_that_begins_with_a_role_word_is_asked_about() -> None:
    with pytest.raises(RoleError, match="who is the therapist and who is the client"):
        assign_roles(session("Patient Advocate", "Lee"))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_a_name_is_found_as_it_is_shown(name: str) -> None:
    known = assign_roles(session(name, "Lee (client)"), therapist=printable(name))
    assert roles(known) == [T, C]


def test_role_words_need_no_names_and_a_note_says_so() -> None:
    known = assign_roles(session("Counsellor", "Client"))
    assert roles(known) == [T, C]
    assert "Counsellor is taken as the therapist: by its label." in known.notes


def test_names_win_over_role_words() -> None:
    known = assign_roles(session("Client", "Therapist"), therapist="Client", client="Therapist")
    assert roles(known) == [T, C]


def test_names_that_contradict_the_labels_are_asked_about() -> None:
    with pytest.raises(RoleError, match="does not say who is the client"):
        assign_roles(session("Lee", "Therapist"), therapist="Lee")


def test_roles_that_the_transcript_states_are_kept() -> None:
    known = assign_roles(session("Dana", "Lee", None, roles=(C, T, C)))
    assert roles(known) == [C, T, C]
    assert known.notes == ("As it was read.",)


def test_names_win_over_roles_that_the_transcript_states() -> None:
    stated = session("Dana", "Lee", roles=(C, T))
    assert roles(assign_roles(stated, therapist="Dana", client="Lee")) == [T, C]


def test_one_stated_role_leaves_the_other() -> None:
    assert roles(assign_roles(session("INV", "PAR", roles=(T, None)))) == [T, C]


def test_whoever_is_left_is_other_and_a_note_says_so() -> None:
    known = assign_roles(session("Therapist", "Client", "Kim", None))
    assert roles(known) == [T, C, O, O]
    assert known.notes[-2:] == (
        "Kim is taken as neither therapist nor client: nothing says otherwise.",
        "1 utterance names nobody and cannot be coded.",
    )


def test_utterances_whose_role_the_transcript_leaves_out_are_noted() -> None:
    known = assign_roles(session("Dana", "Lee", "Dana", roles=(T, C, None)))
    assert roles(known) == [T, C, O]
    assert known.notes[-1] == (
        "1 utterance of Dana cannot be coded: the transcript states no role there."
    )


@pytest.mark.parametrize("speakers", [("Dana", "Lee"), ("Dr. Lee", "Dana"), ("T", "M")])
def test_two_unknown_speakers_are_asked_about_with_both_options(speakers: tuple[str, str]) -> None:
    with pytest.raises(RoleError) as refusal:
        assign_roles(session(*speakers))
    assert "who is the therapist and who is the client" in str(refusal.value)
    assert str(refusal.value).count("--therapist") == 2


def test_one_speaker_cannot_be_a_session() -> None:
    with pytest.raises(RoleError, match="it has one speaker"):
        assign_roles(session("Dana", "Dana"), therapist="Dana")


def test_one_speaker_beside_unknown_ones_is_still_one() -> None:
    with pytest.raises(RoleError, match="it has one speaker"):
        assign_roles(session("Dana", None), therapist="Dana")


def test_a_transcript_that_names_nobody_says_what_to_do() -> None:
    with pytest.raises(RoleError, match="names no speaker"):
        assign_roles(session(None, None))


def test_assigning_again_changes_nothing_but_needs_no_names() -> None:
    once = assign_roles(session("Dana", "Lee", "Kim"), therapist="Dana", client="Lee")
    assert roles(assign_roles(once)) == roles(once)


LABELS = st.none() | st.text(max_size=6) | st.sampled_from(["T", "C", "Client", "Therapist", "Kim"])


@settings(deadline=None)
@given(st.lists(LABELS, max_size=8), st.none() | st.text(max_size=4))
def test_roles_are_complete_or_refused(labels: list[str | None], therapist: str | None) -> None:
    read = session(*labels)
    try:
        known = assign_roles(read, therapist=therapist)
    except RoleError as refusal:
        known = None
        message = str(refusal)
    if known is None:
        assert "I hear you" not in message
    else:
        assert {T, C} <= set(roles(known))
        assert None not in roles(known)
        assert tuple(replace(said, role=None) for said in known.utterances) == read.utterances
