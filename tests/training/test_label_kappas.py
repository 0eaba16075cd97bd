"""How far two passes agree on each label that the model learns, as its card carries it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from training.annotation import kappas as module
from training.annotation.agreement import Pair
from training.annotation.kappa import Agreement
from training.annotation.kappas import agreed, figures, given, kappas
from training.annotation.labels import Codes, SessionLabels
from training.tasks import HEARD, SAID

ROLES = ("therapist", "client", "therapist", "client")
PARAPHRASE = ("paraphrase", "present")
FOUND = Agreement(
    utterances=40,
    sessions=3,
    first=0.25,
    second=0.1,
    kappa=0.61249,
    interval=(0.40051, 0.79949),
    raw=0.85,
    positive=0.57,
)

Given = dict[int, set[tuple[str, str]]]


def labels(codes: Given, reader: str) -> SessionLabels:
    frozen: dict[int, Codes] = {place: frozenset(said) for place, said in codes.items()}
    return SessionLabels("7", reader, "1", frozen)


def pair(first: Given, second: Given) -> Pair:
    return Pair(ROLES, labels(first, "a"), labels(second, "b"))


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DRAWS", 40)


def test_every_utterance_of_a_labels_role_counts_also_without_a_code() -> None:
    pairs = [pair({0: {PARAPHRASE}}, {}), pair({}, {2: {PARAPHRASE}})]
    assert list(given(pairs, "paraphrase")) == [(1, 0, 0), (0, 0, 0), (0, 0, 1), (0, 1, 1)]


def test_a_clients_label_is_asked_of_the_clients_utterances() -> None:
    pairs = [pair({1: {("hope", "present")}}, {1: {("hope", "present")}, 3: {("hope", "present")}})]
    assert list(given(pairs, "hope")) == [(1, 1, 0), (0, 1, 0)]


def test_passes_that_choose_different_levels_agree_on_the_lower_one() -> None:
    pairs = [pair({0: {("exploration", "2")}}, {0: {("exploration", "1")}})]
    assert agreed(pairs, "exploration>=1").kappa == 1
    assert agreed(pairs, "exploration>=2").kappa == 0


def test_passes_that_choose_different_values_agree_that_the_code_is_there() -> None:
    pairs = [
        pair({2: {("suggestion", "with_permission")}}, {2: {("suggestion", "without_permission")}})
    ]
    assert agreed(pairs, "suggestion").kappa == 1
    assert agreed(pairs, "suggestion=with_permission").kappa == 0


def test_kappa_of_a_hand_example() -> None:
    # Of 8 utterances both say yes to 1, one each says yes to another: raw 6/8;
    # by chance 2/8 · 2/8 + 6/8 · 6/8 = 40/64; κ = (48 - 40) / (64 - 40).
    first = [{0: {PARAPHRASE}, 2: {PARAPHRASE}}, {}, {}, {}]
    second: list[Given] = [{0: {PARAPHRASE}}, {0: {PARAPHRASE}}, {}, {}]
    pairs = [pair(a, b) for a, b in zip(first, second, strict=True)]
    assert agreed(pairs, "paraphrase").kappa == pytest.approx(1 / 3)


def test_a_label_that_neither_pass_gave_has_no_figures() -> None:
    assert figures(agreed([pair({}, {})], "summary")) == {}


def test_the_card_carries_kappa_its_interval_and_how_often_a_label_was_given() -> None:
    # 40 utterances: 10 by one pass, 4 by the other, 7 on average
    expected = {"kappa": 0.612, "given": 7.0, "kappa_interval": (0.401, 0.799)}
    assert figures(FOUND) == expected


def test_one_session_has_no_interval() -> None:
    both: Given = {0: {PARAPHRASE}}
    assert figures(agreed([pair(both, both)], "paraphrase")) == {"kappa": 1.0, "given": 1.0}
    assert "kappa_interval" not in figures(replace(FOUND, interval=None))


TEXT = (
    "transcript_id,utterance_id,interlocutor,utterance_text,reflection_exists,reflection_subtype,"
    "question_exists,question_subtype,therapist_input_exists,therapist_input_subtype,"
    "main_therapist_behaviour,client_talk_type\n"
)
ROWS = "{0},0,therapist,So?,{1},other,n/a\n{0},1,client,Yes.,{1},n/a,neutral\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with three sessions of a therapist's and a client's line."""
    folder = tmp_path / "annomi"
    folder.mkdir()
    splits = "".join(f"{name},high,0\n" for name in (7, 8, 9))
    (folder / "sessions.csv").write_text(f"transcript_id,mi_quality,fold5\n{splits}")
    rows = "".join(ROWS.format(name, "n/a,n/a,n/a,n/a,n/a,n/a") for name in (7, 8, 9))
    (folder / "AnnoMI-full.csv").write_text(TEXT + rows)
    return tmp_path


def write(data: Path, reader: str, name: str, *lines: str) -> None:
    folder = data / "labels" / reader
    folder.mkdir(parents=True, exist_ok=True)
    head = f"# transcript {name} pass {reader} codebook 1"
    (folder / f"{name}.txt").write_text("\n".join([head, *lines]) + "\n")


def test_every_label_has_its_figures_from_the_sessions_that_were_read_twice(data: Path) -> None:
    write(data, "a", "7", "0\tsummary", "1\thope")
    write(data, "b", "7", "0\tsummary", "1\tinsight")
    write(data, "a", "8")
    write(data, "b", "8")
    write(data, "a", "9", "0\tsummary")
    found = kappas(data, data / "labels")
    assert list(found) == [*SAID, *HEARD]
    assert (found["summary"]["kappa"], found["summary"]["given"]) == (1.0, 1.0)
    assert (found["hope"]["kappa"], found["hope"]["given"]) == (0.0, 0.5)
    assert found["paraphrase"] == {}


def test_where_no_session_was_read_twice_nothing_can_be_said(data: Path) -> None:
    write(data, "a", "7", "0\tsummary")
    assert set(map(len, kappas(data, data / "labels").values())) == {0}
