"""What tells who somebody is gives way to placeholders, and how often is measured."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.corpus_identifiers import telling
from holdfast import read
from holdfast.corpus.deidentify import Masker
from holdfast.corpus.identifiers import KINDS
from holdfast.corpus.sharing import deidentify_corpus
from holdfast.errors import HoldfastError
from holdfast.testing import as_plain, given_names, planted_identifiers, synthetic_session

LEAST = {"email": 0.99, "phone": 0.95, "address": 0.55, "date": 0.8, "number": 0.7, "name": 0.6}
"""Recall over all ways of saying, those among them that can't be found."""


def test_recall_on_planted_identifiers() -> None:
    planted: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    for one in planted_identifiers(1000, seed=7):
        found = Masker(given_names()).find(one.text)
        covered = {place for each in found for place in range(each.start, each.end)}
        planted[one.kind] += 1
        masked[one.kind] += set(telling(one)) <= covered
    for kind, least in LEAST.items():
        assert masked[kind] / planted[kind] >= least, kind


def test_the_same_name_has_the_same_placeholder() -> None:
    masker = Masker(["Dana Miller", "Lee"])
    assert masker.text("Dana and Lee. Dana Miller, Ms. Miller?") == (
        "[NAME-1] and [NAME-2]. [NAME-1], Ms. [NAME-1]?"
    )


def test_names_that_are_words_are_left_alone_in_small_letters() -> None:
    assert Masker(["Will"]).text("Will said he will come.") == "[NAME-1] said he will come."


@pytest.mark.parametrize(
    "said",
    ["I may go.", "We march on.", "I had two of them.", "It was the third time.", "In 10 minutes."],
)
def test_ordinary_words_stay(said: str) -> None:
    assert Masker(["Lee"]).text(said) == said


@pytest.mark.parametrize("letters", ["1", "a.", "A-", "1-", "-", "1,", "a dot "])
def test_a_line_of_many_letters_without_a_space_holds_nobody_up(letters: str) -> None:
    said = (letters * 20_000)[:20_000]
    began = time.process_time()
    Masker(["Dana Miller"]).text(said)
    assert time.process_time() - began < 2.5  # where a search begins anew at each letter: 4 to 60


@pytest.mark.parametrize(
    "said",
    [
        f"{'a.' * 20}lee@mail.{'b.' * 20}org",
        "lee dot dana underscore marsh at mail dot the dot example dot org",
        "www.a.b.c.example.co.uk/page",
        "AB-12-CD-34-EF-56",
        "1,234,567,890,123",
    ],
)
def test_long_identifiers_are_masked_to_their_ends(said: str) -> None:
    assert Masker().text(said).startswith("[")
    assert Masker().text(said).endswith("]")


def test_a_masked_session_keeps_its_turns_and_times() -> None:
    session = synthetic_session(2, therapist="Dana", client="Lee")
    masked = Masker().session(session).session
    assert [one.start for one in masked.utterances] == [one.start for one in session.utterances]
    assert masked.speakers == ("[NAME-1]", "[NAME-2]")
    assert {one.raw for one in masked.utterances} == {""}
    assert masked.source is None


def test_a_folder_is_written_with_its_report(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Lee Doe.txt").write_text(
        as_plain(synthetic_session(1)) + "Lee: My mail is lee@example.org, ask Mr. Lindqvist.\n"
    )
    done = deidentify_corpus([tmp_path / "in"], tmp_path / "out", ["Dana"])
    (path,) = (tmp_path / "out").glob("*.jsonl")
    text = path.read_text()
    assert not {"Lee", "Dana", "lee@example.org", "Lindqvist"} & set(text.replace('"', " ").split())
    assert "[EMAIL-1]" in text
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["masked"]["email"] == 1
    assert set(report["masked"]) == set(KINDS)
    assert report["limits"]
    assert done.sessions == 1
    assert len(read(path)) > 5
    with pytest.raises(HoldfastError, match="empty"):
        deidentify_corpus([tmp_path / "in"], tmp_path / "out")
