from __future__ import annotations

import argparse
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.errors import RoleError
from holdfast.roles import Suggestion, assign_roles, needs_roles_error, speakers_of
from holdfast.roles.speakers import option, printable
from holdfast.session import Role, Session, Utterance


def session(*said: tuple[str | None, str]) -> Session:
    return Session(
        tuple(Utterance(i, name, text, 2 * i + 1) for i, (name, text) in enumerate(said)),
        source="lee.vtt",
    )


def test_speakers_come_with_their_share_of_the_words() -> None:
    found = speakers_of(session(("Dana", "How was it?"), ("Lee", "Hard."), ("Dana", "")))
    assert [(one.name, one.words, one.share, one.utterances, one.line) for one in found] == [
        ("Dana", 3, 0.75, 2, 1),
        ("Lee", 1, 0.25, 1, 3),
    ]


def test_without_a_word_there_is_no_share() -> None:
    assert speakers_of(session(("Dana", "")))[0].share is None
    assert "Dana" in str(needs_roles_error(session(("Dana", ""), ("Lee", ""))))


def test_the_message_names_the_file_and_never_what_was_said() -> None:
    message = str(needs_roles_error(session(("Dana", "How was it?"), ("Lee", "Hard."))))
    assert message.startswith(
        "lee.vtt: it does not say who is the therapist and who is the client."
    )
    assert "How was it" not in message


def test_a_suggestion_is_told_with_its_confidence() -> None:
    read = session(("Dana", "How was it?"), ("Lee", "Hard."))
    message = str(needs_roles_error(read, Suggestion("Dana", "Lee", 0.934)))
    assert "Dana seems to be the therapist and Lee the client (93 % sure)" in message
    assert message.endswith("add --accept-roles.")


def test_only_what_is_missing_is_asked() -> None:
    read = session(("Dana", "Hm?"), ("Lee", "Hard."), ("Kim", "Yes."))
    known = Session(
        tuple(
            Utterance(
                one.index, one.speaker, one.text, one.line,
                role=Role.THERAPIST if one.speaker == "Dana" else None,
            )
            for one in read.utterances
        )
    )  # fmt: skip
    message = str(needs_roles_error(known))
    assert "it does not say who is the client." in message
    assert "--therapist Dana --client Lee\n" in message
    assert "--client Dana" not in message


def test_thirty_speakers_are_not_all_listed() -> None:
    message = str(needs_roles_error(session(*((f"S{i}", "Hm.") for i in range(30)))))
    assert "and 18 more" in message
    assert "or another two of them" in message
    assert len(message.splitlines()) < 30


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80) | st.text(min_size=1, max_size=80).map("-".__add__))
def test_a_name_survives_the_shell_and_the_command_line(name: str) -> None:
    words = shlex.split(option("--client", name))
    client = argparse.ArgumentParser()
    client.add_argument("--client")
    assert client.parse_args(words).client == printable(name)


def test_a_long_name_is_offered_whole() -> None:
    name = "Dr. Maria-Elisabeth Schmidt-Hohenstaufen-Sigmaringen"
    read = session((name, "Hm?"), ("Lee", "Hard."))
    offered = str(needs_roles_error(read)).splitlines()[4]
    assert shlex.split(offered) == ["--therapist", name, "--client", "Lee"]
    known = assign_roles(read, therapist=name, client="Lee")
    assert known.utterances[0].role is Role.THERAPIST


def test_a_name_that_begins_with_a_dash_is_offered_so_that_it_is_no_option() -> None:
    message = str(needs_roles_error(session(("-X Y", "Hm?"), ("--help", "Hard."))))
    assert '--therapist="-X Y" --client=--help\n' in message


def test_accepting_is_offered_only_with_a_suggestion() -> None:
    assert "--accept-roles" not in str(needs_roles_error(session(("Dana", "Hm?"), ("Lee", "Yes."))))


def test_with_three_speakers_a_suggestion_comes_without_a_percentage() -> None:
    read = session(("Dana", "How was it?"), ("Lee", "Hard."), ("Kim", "Yes."))
    message = str(needs_roles_error(read, Suggestion("Dana", "Lee", 0.93)))
    assert "Dana seems to be the therapist and Lee the client.\n" in message
    assert "sure" not in message
    assert message.endswith("add --accept-roles.")


def test_with_three_speakers_the_option_for_the_third_is_named() -> None:
    assert "with --other" in str(needs_roles_error(session(*((n, "Hm.") for n in "XYZ"))))


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\nb", "\u202eabc", "x" * 10_000])
def test_a_name_cannot_speak_to_the_terminal(name: str) -> None:
    message = str(needs_roles_error(session((name, "Hm."), ("Lee", "Hard."))))
    assert name not in message
    assert "\x1b" not in message
    assert len(message) < 1000


def test_it_is_an_error_of_holdfast() -> None:
    with pytest.raises(RoleError, match="names no speaker"):
        raise needs_roles_error(session((None, "Hm.")))
