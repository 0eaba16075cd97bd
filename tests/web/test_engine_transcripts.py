"""The bridge to the readers: uploads as lines that can be kept, and stated rules for who is who."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast import Role
from holdfast_web.engine.roles import speakers_in, suggested_by_rule
from holdfast_web.engine.transcripts import (
    TranscriptUnreadable,
    format_suffixes,
    read_upload,
    session_of,
)

NAMES = {"therapist": "Tessa Therapist", "client": "Cleo Client"}


def lines(*speakers: str) -> list[dict[str, Any]]:
    told = {"text": "Yes, quite so.", "start": None, "end": None}
    return [{"speaker": name, "line": n + 1, **told} for n, name in enumerate(speakers)]


def roles(*speakers: str, stated: dict[str, str] | None = None) -> dict[str, str] | None:
    found = suggested_by_rule(lines(*speakers), stated or {}, **NAMES)
    return found.roles if found else None


def test_what_is_read_comes_back_as_the_same_session() -> None:
    found = read_upload(b"[00:01] Dana: How was it?\n[00:04] Lee: Hard.\n")
    session = session_of(found.lines, {"Dana": "therapist", "Lee": "client"})
    assert [(one.speaker, one.text, one.start) for one in session.utterances] == [
        ("Dana", "How was it?", 1.0),
        ("Lee", "Hard.", 4.0),
    ]
    assert [one.role for one in session.utterances] == [Role.THERAPIST, Role.CLIENT]
    assert found.seconds == 4.0


def test_a_line_s_own_role_goes_before_its_speaker_s() -> None:
    told = lines("Dana", "Lee")
    told[0]["role"] = "other"
    session = session_of(told, {"Dana": "therapist"})
    assert [one.role for one in session.utterances] == [Role.OTHER, Role.OTHER]


def test_a_file_that_names_roles_and_nobody_is_read_by_its_roles() -> None:
    rows = b'{"speaker": null, "role": "therapist", "text": "Hm."}\n'
    rows += b'{"speaker": null, "role": "client", "text": "Yes."}\n'
    found = read_upload(rows)
    assert [one["speaker"] for one in found.lines] == ["therapist", "client"]
    assert found.stated == {"therapist": "therapist", "client": "client"}


def test_one_name_with_two_roles_is_told_apart() -> None:
    rows = b'{"speaker": "S", "role": "therapist", "text": "Hm."}\n'
    rows += b'{"speaker": "S", "role": "client", "text": "Yes."}\n'
    found = read_upload(rows)
    assert [one["speaker"] for one in found.lines] == ["S (therapist)", "S (client)"]


def test_an_error_gives_the_line_and_neither_file_nor_talk_nor_an_option() -> None:
    with pytest.raises(TranscriptUnreadable) as refused:
        read_upload(b'{"speaker": "A", "text": "quince"}\n{"speaker": "quince\n', "quince.jsonl")
    said = str(refused.value)
    assert said.startswith("Line 2: ")
    assert "quince" not in said
    assert "--" not in said


def test_the_page_offers_the_suffixes_of_every_format() -> None:
    assert {".vtt", ".srt", ".txt", ".docx", ".csv", ".jsonl", ".eaf"} <= set(format_suffixes())


def test_speakers_have_their_share_and_their_first_lines() -> None:
    first, second = speakers_in(lines("Dana", "Lee", "Dana", "Dana", "Dana"))
    assert (first.name, first.percent, first.utterances, len(first.first)) == ("Dana", 80, 4, 3)
    assert (second.name, second.percent, second.utterances, len(second.first)) == ("Lee", 20, 1, 1)


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (("Tessa", "Cleo"), ("therapist", "client")),
        (("TESSA THERAPIST", "cleo client"), ("therapist", "client")),
        (("Tessa", "Speaker 2"), ("therapist", "client")),
        (("Speaker 1", "Cleo"), ("therapist", "client")),
        (("Therapist", "Client"), ("therapist", "client")),
        (("Cleo", "Tessa", "Kim"), ("client", "therapist", "other")),
        (("Tess", "Cleopatra"), None),
        (("Speaker 1", "Speaker 2"), None),
        (("Tessa", "Kim", "Lee"), None),
        (("Client", "Tessa Client"), ("client", "therapist")),
        (("", "Cleo"), ("therapist", "client")),
    ],
)
def test_a_name_says_who_somebody_is_only_when_it_is_theirs(
    speakers: tuple[str, ...], expected: tuple[str, ...] | None
) -> None:
    found = roles(*speakers)
    assert found == (None if expected is None else dict(zip(speakers, expected, strict=True)))


def test_a_first_name_that_both_have_says_nothing() -> None:
    both = {"therapist": "Kim Lee", "client": "Kim Ray"}
    assert suggested_by_rule(lines("Kim", "Speaker 2"), {}, **both) is None


def test_what_the_file_states_goes_first() -> None:
    stated = {"Tessa": "client", "Cleo": "therapist"}
    assert roles("Tessa", "Cleo", stated=stated) == stated
