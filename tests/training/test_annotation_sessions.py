from __future__ import annotations

from pathlib import Path

import pytest

from training.annotation.choose import choose, coded_twice, written
from training.annotation.sessions import Chosen, Row, chosen, listing
from training.annotation.sheet import sheet, table

TEXT = (
    "transcript_id,utterance_id,interlocutor,utterance_text,main_therapist_behaviour,"
    "client_talk_type\n"
    '7,1,client,"I want to,\nI think.",n/a,change\n7,0,therapist,Why now?,question,n/a\n'
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "annomi"
    folder.mkdir()
    (folder / "sessions.csv").write_text(
        "transcript_id,mi_quality,topic,n_utt,series_group,fold5\n12,low,diet,30,2,1\n"
        "7,high,sleep,2,1,3\n"
    )
    (folder / "AnnoMI-simple.csv").write_text(TEXT)
    return tmp_path


def test_a_sheet_has_one_line_per_utterance_and_hides_the_experts_labels(data: Path) -> None:
    assert list(sheet(data, "7")) == ["0\tT\tWhy now?", "1\tC\tI want to, I think."]


def test_the_experts_labels_are_shown_when_asked_for(data: Path) -> None:
    lines = list(sheet(data, "7", hints=True))
    assert lines == ["0\tT\tquestion\tWhy now?", "1\tC\tchange\tI want to, I think."]


def test_a_transcript_that_is_not_there_is_named(data: Path) -> None:
    with pytest.raises(SystemExit, match="no transcript 8"):
        list(sheet(data, "8"))


def test_the_list_marks_what_was_chosen(data: Path) -> None:
    head, seven, twelve = table(data, Chosen(("7", "12"), ("12",)))
    assert head.startswith("transcript\tchosen")
    assert seven == "7\tx\t2\thigh\t3\t1\tsleep"
    assert twelve == "12\txx\t30\tlow\t1\t2\tdiet"


def rows() -> list[Row]:
    return [
        Row(str(n), 10 + n * 7 % 190, "low" if n % 6 == 0 else "high", f"t{n % 9}", str(n), n % 5)
        for n in range(150)
    ]


def test_all_poor_sessions_are_chosen_and_no_good_one_beyond_the_longest() -> None:
    found = choose(rows())
    assert sum(row.quality == "low" for row in found) == 25
    good = [row for row in found if row.quality == "high"]
    assert len(good) == 45
    assert max(row.utterances for row in good) <= 160
    assert choose(rows()) == found


def test_every_fold_has_three_to_code_twice_of_both_qualities() -> None:
    twice = coded_twice(choose(rows()))
    assert len(twice) == 16
    for fold in range(5):
        here = [row.quality for row in twice if row.fold == fold]
        assert len(here) >= 3
        assert set(here) == {"high", "low"}


def test_the_list_that_is_kept_is_whole(tmp_path: Path) -> None:
    kept = chosen()
    assert len(set(kept.sessions)) >= 60
    assert len(set(kept.twice)) == 16
    assert set(kept.twice) <= set(kept.sessions)
    found = choose(rows())
    path = tmp_path / "sessions.toml"
    path.write_text(written(found, coded_twice(found)))
    assert chosen(path).sessions == tuple(row.name for row in found)


def test_the_corpus_is_listed_by_number(data: Path) -> None:
    assert [row.name for row in listing(data)] == ["7", "12"]
