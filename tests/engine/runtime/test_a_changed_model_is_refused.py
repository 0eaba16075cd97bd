from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from holdfast.errors import ModelError
from holdfast.runtime import SHIPPED, check_folder, load_model
from holdfast.runtime.folder import CARD, CHECKSUMS, GRAPH, TOKENIZER, write_checksums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_the_shipped_model_is_whole() -> None:
    check_folder(SHIPPED)


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER, CARD, CHECKSUMS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"lacks {name}"):
        load_model(folder)


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER, CARD])
def test_one_changed_byte_is_found(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match="SHA-256 differs"):
        load_model(folder)


def test_checksums_may_name_only_the_files_of_a_model(folder: Path) -> None:
    with (folder / CHECKSUMS).open("a") as file:
        file.write(f"{'0' * 64}  ../../secret\n")
    with pytest.raises(ModelError, match="which no model folder holds"):
        check_folder(folder)


def test_checksums_must_cover_every_file(folder: Path) -> None:
    lines = (folder / CHECKSUMS).read_text().splitlines(keepends=True)
    (folder / CHECKSUMS).write_text("".join(lines[1:]))
    with pytest.raises(ModelError, match="does not cover"):
        check_folder(folder)


def test_a_graph_that_is_none_is_refused_with_its_folder(folder: Path) -> None:
    (folder / GRAPH).write_bytes(b"no graph")
    write_checksums(folder)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(folder)


def test_a_card_that_lacks_its_heads_is_refused(folder: Path) -> None:
    card = json.loads((folder / CARD).read_text())
    del card["heads"]
    (folder / CARD).write_text(json.dumps(card))
    write_checksums(folder)
    with pytest.raises(ModelError, match="not a model card"):
        load_model(folder)


def test_the_card_gives_figures_with_intervals_for_every_learned_code() -> None:
    accuracy = load_model().card.accuracy
    learned = (
        *("behaviour", "reflection", "question", "input", "talk", "emotions"),
        *("reflection_kind", "question_kind", "input_kind"),
        *("reflection_each", "question_each", "input_each"),
        *("feeling", "response"),
    )
    for name in learned:
        low, high = accuracy[name]["interval"]
        assert 0 < low < accuracy[name]["macro_f1"] < high < 1
    for figures in accuracy["layer"].values():
        low, high = figures["interval"]
        assert 0 <= low <= figures["f1"] <= high <= 1


def test_the_model_beats_bag_of_words_on_both_tasks() -> None:
    accuracy = load_model().card.accuracy
    assert accuracy["behaviour"]["macro_f1"] > 0.73
    assert accuracy["talk"]["macro_f1"] > 0.50
