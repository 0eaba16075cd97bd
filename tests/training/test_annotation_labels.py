from __future__ import annotations

from pathlib import Path

import pytest

from training.annotation.labels import LabelsError, SessionLabels, check, read
from training.annotation.scheme import FEELING, OPENING, RESPONSE, is_level, scheme
from training.annotation.sessions import LABELS

ROLES = ("therapist", "client", "therapist", "client")


def written(tmp_path: Path, *lines: str, head: str = "# transcript 7 pass a codebook 1") -> Path:
    folder = tmp_path / "a"
    folder.mkdir(exist_ok=True)
    path = folder / "7.txt"
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


def taken(tmp_path: Path, *lines: str) -> SessionLabels:
    return read(written(tmp_path, *lines), ROLES)


def refused(tmp_path: Path, *lines: str) -> str:
    with pytest.raises(LabelsError) as caught:
        taken(tmp_path, *lines)
    return str(caught.value)


def test_the_codebook_is_one_that_holdfast_reads() -> None:
    codebook = scheme().codebook
    assert codebook.label == "annotation 1"
    assert set(scheme().decide) == {code.name for code in codebook.codes}


def test_every_code_has_three_examples_and_a_border_case() -> None:
    for code in scheme().codebook.codes:
        assert sum(len(value.examples) for value in code.values) >= 3, code.name
        assert any(value.counter_examples for value in code.values), code.name
        reasons = [one.why for value in code.values for one in value.counter_examples]
        assert all(reasons), code.name


def test_a_line_gives_codes_with_values_and_an_opening_its_feeling(tmp_path: Path) -> None:
    labels = taken(
        tmp_path,
        "1\tempathic_opportunity=stated:sadness response=met insight",
        "2\tvalidation=affirming validation=normalising emotional_reaction=2",
    )
    assert labels.of(1, OPENING) == {"stated"}
    assert labels.of(1, FEELING) == {"sadness"}
    assert labels.of(1, RESPONSE) == {"met"}
    assert labels.of(1, "insight") == {"present"}
    assert labels.of(2, "validation") == {"affirming", "normalising"}
    assert labels.of(0, "paraphrase") == frozenset()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("0\tparaphrases", "code 1: unknown code; did you mean paraphrase?"),
        ("0\tparaphrase feeling=anger", "code 2: unknown code"),
        ("0\tvalidation=kind", "unknown value of validation; write one of normalising"),
        ("0\tvalidation", "unknown value of validation"),
        ("0\tparaphrase=yes", "unknown value of paraphrase; write no value"),
        ("0\texploration=0", "exploration=0 is not written"),
        ("0\texploration=3", "unknown value of exploration; write one of 1, 2"),
        ("0\tinsight", "insight is for the client, the therapist speaks here"),
        ("1\tparaphrase", "paraphrase is for the therapist, the client speaks here"),
        ("9\tparaphrase", "there is no utterance 9; the last one is 3"),
        ("1\tresponse=met", "response without empathic_opportunity"),
        ("1\tempathic_opportunity=stated:anger", "write a response"),
        ("1\tempathic_opportunity=stated response=met", "write empathic_opportunity=stated:"),
        ("3\tempathic_opportunity=stated:anger response=met", "no therapist speaks afterwards"),
        ("0\tparaphrase:anger", "unknown code"),
        ("0\treassurance=plain:anger", "only an opening has a feeling"),
        ("0\tencourager paraphrase", "encourager fills the whole utterance"),
        ("0\tsummary paraphrase", "summary, and then no paraphrase"),
        ("0\treassurance=plain reassurance=premature", "reassurance takes one value"),
        ("0\tparaphrase paraphrase", "a code stands there twice"),
        ("0 paraphrase", "write: utterance_id, a tab"),
        ("0\t", "write: utterance_id, a tab"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, line: str, wrong: str) -> None:
    message = refused(tmp_path, line)
    assert "7.txt:2: " in message
    assert wrong in message


def test_the_last_opening_may_go_without_a_response(tmp_path: Path) -> None:
    assert taken(tmp_path, "3\tempathic_opportunity=hinted:other").of(3, RESPONSE) == frozenset()


def test_lines_stand_in_order_and_once(tmp_path: Path) -> None:
    assert "twice or out of order" in refused(tmp_path, "2\tsummary", "0\tsummary")
    assert "twice or out of order" in refused(tmp_path, "2\tsummary", "2\tsummary")


@pytest.mark.parametrize(
    "head",
    ["", "# transcript 8 pass a codebook 1", "# transcript 7 pass b codebook 1", "# transcript 7"],
)
def test_the_first_line_says_which_session_pass_and_codebook(tmp_path: Path, head: str) -> None:
    with pytest.raises(LabelsError, match="first line must be: # transcript 7 pass a codebook 1"):
        read(written(tmp_path, "0\tsummary", head=head), ROLES)


def test_no_message_repeats_words_that_got_into_a_file(tmp_path: Path) -> None:
    message = refused(
        tmp_path, "0\tmy grandmother's house", "Her cat\tgrandmother", "2\tgrandmother"
    )
    assert "grandmother" not in message
    assert "cat" not in message


def test_check_reads_the_corpus_and_names_an_unknown_transcript(tmp_path: Path) -> None:
    data = tmp_path / "annomi"
    data.mkdir()
    (data / "sessions.csv").write_text("transcript_id,mi_quality,fold5\n7,high,3\n")
    (data / "AnnoMI-simple.csv").write_text(
        "transcript_id,utterance_id,interlocutor,utterance_text,main_therapist_behaviour,"
        "client_talk_type\n7,0,therapist,So.,other,n/a\n7,1,client,Yes.,n/a,neutral\n"
    )
    fine = written(tmp_path, "0\tencourager")
    assert list(check([fine], tmp_path)) == []
    assert "no transcript" in next(check([tmp_path / "a" / "8.txt"], tmp_path))
    wrong = written(tmp_path, "1\tencourager")
    assert "7.txt:2" in next(check([wrong], tmp_path))


def test_what_is_committed_holds_ids_and_codes_only() -> None:
    known = {code.name for code in scheme().codebook.codes} - {FEELING}
    for path in LABELS.glob("*/*.txt"):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        assert head == f"# transcript {path.stem} pass {path.parent.name} codebook 1"
        for line in filter(None, lines):
            number, codes = line.split("\t")
            assert number.isdigit()
            assert {code.partition("=")[0] for code in codes.split(" ")} <= known, path


def test_levels_are_one_and_two() -> None:
    names = [code.name for code in scheme().codebook.codes if is_level(code)]
    assert names == ["emotional_reaction", "interpretation", "exploration"]
