"""Writing the page: whole or not at all, and never over somebody's other work."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from holdfast.errors import HoldfastError
from holdfast.reports.html import render_html
from holdfast.reports.page_file import write_page
from holdfast.reports.record import Record, make_record


def test_a_page_is_written_for_its_owner_alone(tmp_path: Path, first_record: Record) -> None:
    path = tmp_path / "session.html"
    write_page(path, render_html(first_record))
    assert path.read_text(encoding="utf-8") == render_html(first_record)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_earlier_page_is_replaced(tmp_path: Path, first_record: Record) -> None:
    path = tmp_path / "session.html"
    write_page(path, render_html(first_record))
    write_page(path, render_html(first_record) + "<!-- again -->")
    assert path.read_text(encoding="utf-8").endswith("<!-- again -->")


def test_another_file_of_that_name_is_left_alone(tmp_path: Path, first_record: Record) -> None:
    path = tmp_path / "session.html"
    path.write_text("My own notes.", encoding="utf-8")
    with pytest.raises(HoldfastError, match="not a page that Holdfast made"):
        write_page(path, render_html(first_record))
    assert path.read_text(encoding="utf-8") == "My own notes."


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HoldfastError, match="can't be written"):
        write_page(tmp_path / "nowhere" / "session.html", "")


def test_a_page_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_page(tmp_path / "session.html", "\ud800")
    assert list(tmp_path.iterdir()) == []


def page_of(make: Any, source: str) -> str:
    session = replace(make.conversation(("Dana", "Hello."), ("Lee", "Hi.")), source=source)
    return render_html(make_record(make.coded(session)))


def test_a_page_of_another_transcript_is_left_alone(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "Lee 2024.05.html"
    first, second = 'Lee "2024.05.01" & more.vtt', "Lee 2024.05.08.vtt"
    write_page(path, page_of(make, first), source=first)
    with pytest.raises(HoldfastError, match=r'Lee "2024.05.01" & more.vtt.*--out'):
        write_page(path, page_of(make, second), source=second)
    assert path.read_text(encoding="utf-8") == page_of(make, first)


def test_a_page_of_the_same_transcript_is_replaced(tmp_path: Path, make: Any) -> None:
    path, name = tmp_path / "session.html", 'Lee\'s "first" & <last>\udcff.vtt'
    write_page(path, page_of(make, name), source=name)
    write_page(path, page_of(make, name) + "<!-- again -->", source=name)
    assert path.read_text(encoding="utf-8").endswith("<!-- again -->")


def test_a_page_that_names_no_source_is_replaced(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "session.html"
    write_page(path, page_of(make, ""))
    write_page(path, page_of(make, "Lee.vtt"), source="Lee.vtt")
    assert "Lee.vtt" in path.read_text(encoding="utf-8")
