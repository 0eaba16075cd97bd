from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from training.corpora import Example
from training.support_corpora import MECHANISMS, epitome, esconv, labelled, post_of

HEAD = "sp_id,rp_id,seeker_post,response_post,level,rationales\n"


def esconv_folder(tmp_path: Path) -> Path:
    dialog = [
        {"speaker": "usr", "text": "My sister moved out."},
        {"speaker": "sys", "text": "You miss her.", "strategy": "Reflection of feelings"},
    ]
    (tmp_path / "test.txt").write_text(json.dumps({"dialog": dialog}) + "\n")
    return tmp_path


def epitome_folder(tmp_path: Path) -> Path:
    for place, name in enumerate(MECHANISMS.values()):
        rows = (
            f"p1,r1,I lost my keys again.,How maddening.,{place},\n"
            f"p1,r1,I lost my keys again.,How maddening.,{2 - place},\n"
            f'p1,r2,I lost my keys again.,"Where, though?",0,\n'
        )
        (tmp_path / f"{name}-reddit.csv").write_text(HEAD + rows)
    return tmp_path


def test_a_supporter_is_the_therapist_and_a_seeker_the_client(tmp_path: Path) -> None:
    (chat,) = esconv(esconv_folder(tmp_path), "test")
    assert [one.role for one in chat.utterances] == ["client", "therapist"]


def test_only_a_supporters_turn_has_a_strategy(tmp_path: Path) -> None:
    seeker, supporter = esconv(esconv_folder(tmp_path), "test")[0].utterances
    assert seeker.targets == {}
    assert supporter.targets == {"strategy": (0, 0, 1, 0, 0, 0, 0, 0)}


def test_a_reply_has_the_levels_of_all_three_files(tmp_path: Path) -> None:
    post, reply = epitome(epitome_folder(tmp_path))[0].utterances
    assert (post.role, reply.role, post.targets) == ("client", "therapist", {})
    assert reply.targets == {
        "emotional_reaction": (1, 0, 0),
        "interpretation": (0, 1, 0),
        "exploration": (0, 0, 1),
    }


def test_a_pair_that_stands_there_twice_is_read_once(tmp_path: Path) -> None:
    pairs = epitome(epitome_folder(tmp_path))
    assert [one.name for one in pairs] == ["p1/r1", "p1/r2"]
    assert {post_of(one) for one in pairs} == {"p1"}


def test_labelled_utterances_keep_their_label_their_row_and_their_group(tmp_path: Path) -> None:
    pairs: list[Example] = epitome(epitome_folder(tmp_path))
    rows = [np.array([[0.0], [1.0]], np.float32), np.array([[2.0], [3.0]], np.float32)]
    said = labelled(pairs, rows, "exploration", post_of)
    assert said.truth.tolist() == [2, 0]
    assert said.rows.tolist() == [[1], [3]]
    assert said.group.tolist() == [0, 0]
