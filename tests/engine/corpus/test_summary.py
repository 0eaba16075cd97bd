"""The page of a corpus says what there is, how the coder fares, and what failed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from holdfast.corpus.columns import TABLES, columns
from holdfast.corpus.reference import reference_lines
from holdfast.corpus.run import analyze_corpus
from holdfast.corpus.store import Store
from holdfast.corpus.summary import summarise
from holdfast.corpus.summary_page import render_summary
from holdfast.errors import HoldfastError
from holdfast.pipeline import shipped_model
from holdfast.testing import write_sessions


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summary")
    (folder / "in").mkdir()
    write_sessions(folder / "in", 12, seed=4, minutes=(1.5, 2))
    (folder / "in" / "<b>bad.vtt").write_text("")
    analyze_corpus([folder / "in"], folder / "out", workers=1)
    return folder / "out"


def test_it_counts_what_there_is(tables: Path) -> None:
    summary = summarise(tables, shipped_model().card)
    assert (summary.sessions, summary.english, summary.with_times) == (12, 12, 12)
    assert summary.with_dates == 0
    assert summary.failures == {"unreadable": 1}
    assert summary.utterances == Store(tables).read("utterances").num_rows


def test_the_coder_is_set_beside_its_card(tables: Path) -> None:
    drifts = {one.code: one for one in summarise(tables, shipped_model().card).drifts}
    expected = shipped_model().card.accuracy["behaviour"]["accuracy"]
    assert drifts["behaviour"].p_expected == expected
    assert 0 < drifts["talk"].p < 1
    for one in drifts.values():
        assert sum(here for here, _ in one.labels.values()) == pytest.approx(1)


def test_the_page_loads_nothing_and_holds_no_markup_from_outside(tables: Path) -> None:
    page = render_summary(summarise(tables, shipped_model().card))
    assert "default-src &#x27;none&#x27;" in page
    assert not re.findall(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "<b>bad" not in page
    assert "What this can&#x27;t tell" in page


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError, match="corpus analyze"):
        summarise(tmp_path, shipped_model().card)


def test_every_column_is_in_the_files_with_its_meaning(tables: Path) -> None:
    for table in TABLES:
        schema = Store(tables).read(table).schema
        assert schema.names == [one.name for one in columns(table)]
        assert all(field.metadata[b"meaning"] for field in schema)


def test_reference_figures_by_group(tables: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups.csv"
    sources = Store(tables).read("sessions", ("source",))["source"].to_pylist()
    groups.write_text("source,kind\n" + "".join(f"{one},made\n" for one in sources))
    lines = "\n".join(reference_lines(tables, groups, key="source", group="kind"))
    assert "[spreads.talk_share.made]" in lines
    assert "sessions = 12" in lines
    assert "[spreads.reflections.made]" not in lines
    with pytest.raises(HoldfastError, match="--key"):
        list(reference_lines(tables, groups, key="transcript_id", group="kind"))
