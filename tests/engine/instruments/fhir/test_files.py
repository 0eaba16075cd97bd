"""FHIR in files: alone, in a list, in a bundle, one per line; and what is said where it is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.instruments import AnswerError, load_instrument, score
from holdfast.instruments.fhir import looks_like_fhir, read_bundle, to_bundle, to_response
from holdfast.instruments.responses import Response

from .foreign import FACTS, answer, form, response

PHQ2, PHQ9 = load_instrument("phq-2"), load_instrument("phq-9")
ONE = to_response(PHQ2, {"q1": 2, "q2": 1}, subject="A", session=1, authored="2026-03-03")
TWO = to_response(PHQ2, {"q1": 3, "q2": 3}, subject="B")
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [{"resource": ONE}, {"resource": TWO}],
}
KINDS = {
    "bundle.json": json.dumps(BUNDLE).encode(),
    "pretty.json": json.dumps(BUNDLE, indent=2).encode(),
    "list.json": json.dumps([ONE, TWO]).encode(),
    "bundles.json": json.dumps([BUNDLE]).encode(),
    "lines.ndjson": f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n".encode(),
    "windows.ndjson": f"{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n".encode(),
    "marked.json": json.dumps([ONE, TWO]).encode("utf-8-sig"),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")


def write(tmp_path: Path, content: bytes | str | object, name: str = "answers.json") -> Path:
    file = tmp_path / name
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


# Kinds of files


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_reads_the_same(tmp_path: Path, name: str) -> None:
    file = write(tmp_path, KINDS[name], name)
    assert looks_like_fhir(file)
    assert read_bundle(PHQ2, file) == (
        Response("phq-2", {"q1": 2, "q2": 1}, "A", 1, "2026-03-03", "client", 1),
        Response("phq-2", {"q1": 3, "q2": 3}, "B", None, None, "client", 2),
    )


def test_a_line_break_inside_words_does_not_end_a_line_of_a_file(tmp_path: Path) -> None:
    check_in = load_instrument("check-in")
    said = "One line.\u2028And another.\x85"
    lines = [to_response(check_in, {"note": said}), to_response(check_in, {"note": "So."})]
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines)
    found = read_bundle(check_in, write(tmp_path, text, "a.ndjson"))
    assert [one.answers["note"] for one in found] == [said, "So."]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"client,q1\nA,1\n",
        b'[{"q1": 1}]',
        b'{"q1": 1}\n{"q1": 2}\n',
        b"[]",
        b"3",
        b"{",
        b"\xff\xfe{}",
        b'["resourceType"]',
    ],
)
def test_what_is_no_fhir_is_not_taken_for_it(tmp_path: Path, content: bytes) -> None:
    assert not looks_like_fhir(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "answers.json: it is not text in UTF-8. Export it again."),
        (b"{", "answers.json, line 1: it is no valid JSON. Export it again."),
        (
            f'{json.dumps(ONE)}\n\n{{"resourceType": so sad\n',
            "answers.json, line 3: it is no valid JSON. Export it again.",
        ),
        ('\n{\n"resourceType":so\n', "answers.json, line 3: it is no valid JSON. Export it again."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, content: bytes | str, said: str
) -> None:
    with pytest.raises(AnswerError) as refusal:
        read_bundle(PHQ2, write(tmp_path, content))
    assert str(refusal.value) == said


# On the command line


def test_answers_go_out_as_a_bundle_and_are_scored_again(tmp_path: Path) -> None:
    table = write(tmp_path, "client,session,q1,q2\nA,1,2,1\nB,2,0,\n", "answers.csv")
    bundle = tmp_path / "bundle.json"
    assert run("score", "phq-2", table, "--fhir", bundle).exit_code == 0
    back = run("score", "phq-2", bundle, "--json")
    assert back.exit_code == 0
    rows = [json.loads(line) for line in back.stdout.splitlines()]
    assert [(one["client"], one["session"], one["total"]) for one in rows] == [
        ("A", 1, 3),
        ("B", 2, None),
    ]


def test_what_somebody_must_see_is_seen_in_fhir_too(tmp_path: Path) -> None:
    answers = {f"q{n}": 0 for n in range(1, 9)} | {"q9": 2}
    scored = [(Response("phq-9", answers, client="A"), score(PHQ9, answers))]
    out = run("score", "phq-9", write(tmp_path, to_bundle(PHQ9, scored))).stdout
    assert "Please look at these answers today" in out
    assert "Thoughts of being better off dead" in out


def test_a_foreign_response_that_cannot_be_read_is_refused_without_its_words(
    tmp_path: Path,
) -> None:
    items = [answer("q1", valueInteger=1), answer("mood", valueString="so sad")]
    result = run("score", "phq-2", write(tmp_path, response(*items)))
    assert result.exit_code == 2
    assert "PHQ-2 has no item 'mood'" in result.stderr
    assert "so sad" not in result.output
    assert result.stdout == ""


def test_a_response_to_another_instrument_is_not_scored(tmp_path: Path) -> None:
    result = run("score", "who-5", write(tmp_path, BUNDLE))
    assert result.exit_code == 2
    assert "There is no response to WHO-5 among 2 QuestionnaireResponses" in result.stderr


def test_a_questionnaire_is_added_with_a_file_of_facts_shown_and_scored(tmp_path: Path) -> None:
    file = write(tmp_path, form(), "tides.json")
    refused = run("instrument", "add", file)
    assert refused.exit_code == 2
    assert "FHIR does not say measures (what a score says)" in refused.stderr
    lines = [f'{key} = "{value}"' for key, value in FACTS.items() if key != "safety"]
    facts = write(tmp_path, "\n".join([*lines, "[safety]"]), "facts.toml")
    added = run("instrument", "add", file, "--facts", facts)
    assert added.exit_code == 0
    assert added.stdout.startswith("Added: tides, definition and wording.")
    assert "Was it rough?" in run("instrument", "show", "tides").stdout
    assert json.loads(run("instrument", "show", "tides", "--fhir").stdout)["title"] == "The Tides"
    table = write(tmp_path, "waves,storm\n2,1\n", "a.csv")
    assert json.loads(run("score", "tides", table, "--json").stdout)["total"] == 3
