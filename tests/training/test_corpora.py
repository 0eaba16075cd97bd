from __future__ import annotations

from pathlib import Path

from training.corpora import annomi, goemotions
from training.tasks import EMOTIONS

HEAD = (
    "transcript_id,mi_quality,utterance_id,interlocutor,utterance_text,reflection_exists,"
    "reflection_subtype,question_exists,question_subtype,therapist_input_exists,"
    "therapist_input_subtype,main_therapist_behaviour,client_talk_type\n"
)
ROWS = (
    '7,high,1,client,"I want to, I think.",n/a,n/a,n/a,n/a,n/a,n/a,n/a,change\n'
    "7,high,0,therapist,So it matters. Why now?,True,simple,True,open,False,n/a,question,n/a\n"
)


def folder(tmp_path: Path) -> Path:
    (tmp_path / "sessions.csv").write_text("transcript_id,mi_quality,fold5\n7,high,3\n")
    for name in ("AnnoMI-full.csv", "AnnoMI-simple.csv"):
        (tmp_path / name).write_text(HEAD + ROWS)
    return tmp_path


def test_a_session_is_read_in_order_with_its_fold(tmp_path: Path) -> None:
    (session,) = annomi(folder(tmp_path))
    assert [one.role for one in session.utterances] == ["therapist", "client"]
    assert (session.fold, session.quality) == (3, "high")


def test_a_therapist_row_gives_behaviour_presence_and_kinds(tmp_path: Path) -> None:
    targets = annomi(folder(tmp_path))[0].utterances[0].targets
    assert targets == {
        "behaviour": (0, 1, 0, 0),
        "present": (1, 1, 0),
        "reflection": (1, 0),
        "question": (1, 0),
    }


def test_without_subtypes_only_the_main_behaviour_is_learned(tmp_path: Path) -> None:
    session = annomi(folder(tmp_path), subtypes=False)[0]
    assert session.utterances[0].targets == {"behaviour": (0, 1, 0, 0)}
    assert session.utterances[1].targets == {"talk": (1, 0, 0)}


def test_a_comment_may_hold_several_emotions(tmp_path: Path) -> None:
    (tmp_path / "dev.tsv").write_text('He said "never\t2,25\tabc\n')
    (comment,) = goemotions(tmp_path, "dev")
    target = comment.utterances[0].targets["emotions"]
    assert [EMOTIONS[place] for place, yes in enumerate(target) if yes] == ["anger", "sadness"]
    assert comment.utterances[0].text == 'He said "never'
