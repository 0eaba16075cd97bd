from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.instruments import load_instrument, load_wordings
from holdfast.instruments.library import SHIPPED, parse_file, shipped_names
from holdfast.instruments.words import small


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path / "home"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["instrument", *arguments])


def one_line(text: str) -> str:
    return " ".join(text.split())


def words(tmp_path: Path) -> Path:
    """Write invented words for the CORE-10, whose own are not ours to print."""
    file = tmp_path / "core.json"
    table = {
        "instrument": "core-10",
        "language": "en",
        "title": "Ten invented sentences",
        "licence": "Invented for a test.",
        "source": "A test",
        "items": {f"q{n}": f"Invented [b]sentence[/c] {n}" for n in range(1, 11)},
        "options": {"frequency": {"labels": ["a", "b", "c", "d", "e"]}},
    }
    file.write_text(json.dumps(table), encoding="utf-8")
    return file


def own(tmp_path: Path, name: str = "mine") -> Path:
    table = {**parse_file(SHIPPED / "gad-7.toml"), "name": name, "measures": "Odd [/b] brackets"}
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(table), encoding="utf-8")
    return file


def test_list_names_every_instrument_and_whether_its_words_are_here() -> None:
    result = run("list")
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    for name in shipped_names():
        assert name in lines
        assert (" en " in lines[name]) == bool(load_wordings(name))
        assert lines[name].rstrip().endswith(load_instrument(name).status)


@pytest.mark.parametrize("name", shipped_names())
def test_show_gives_items_rules_sources_and_licence(name: str) -> None:
    result = run("show", name)
    assert result.exit_code == 0
    shown, instrument = one_line(result.stdout), load_instrument(name)
    assert instrument.title in shown
    assert f"What it does not say: {one_line(small(instrument.not_meaning))}" in shown
    assert one_line(instrument.licence.terms) in shown
    for number, source in enumerate(instrument.sources, start=1):
        assert f"[{number}] {one_line(source.cite).split()[0]}" in shown
    assert ("Its words are not here" in shown) == (not load_wordings(name))
    for scale in instrument.scales:
        assert f"range {scale.lowest:g} to {scale.highest:g}" in shown


@pytest.mark.parametrize("name", shipped_names())
def test_show_fits_the_width_of_a_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, run("show", name).stdout.splitlines())) <= 80


def test_show_says_which_items_reach_a_person() -> None:
    assert "from 1 on reaches a person at once" in one_line(run("show", "phq-9").stdout)
    assert "from 3 on shown to the therapist" in one_line(run("show", "pcl-5").stdout)


@pytest.mark.parametrize("name", shipped_names())
def test_show_gives_a_fhir_questionnaire(name: str) -> None:
    result = run("show", name, "--fhir")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["resourceType"] == "Questionnaire"


def own_words(tmp_path: Path, items: int = 7) -> Path:
    file = tmp_path / "words.json"
    table = {
        "instrument": "mine",
        "language": "en",
        "title": "Invented",
        "licence": "Invented for a test.",
        "source": "A test",
        "items": {f"q{n}": f"Invented sentence {n}" for n in range(1, items + 1)},
        "options": {"frequency": {"labels": ["a", "b", "c", "d"]}},
    }
    file.write_text(json.dumps(table), encoding="utf-8")
    return file


def test_list_goes_on_past_words_that_no_longer_fit_and_says_what_is_wrong(
    tmp_path: Path,
) -> None:
    run("add", str(own(tmp_path)))
    assert run("add", str(own_words(tmp_path))).exit_code == 0
    table = {**parse_file(tmp_path / "mine.json")}
    table["item"] = [*table["item"], {"name": "q8", "options": "frequency", "scored": False}]
    (tmp_path / "mine.json").write_text(json.dumps(table), encoding="utf-8")
    replaced = run("add", str(tmp_path / "mine.json"), "--replace")
    assert replaced.exit_code == 0
    assert "words no longer fit: wording of mine (en), items: q8 is missing" in replaced.stderr
    result = run("list")
    assert result.exit_code == 2
    assert set(shipped_names()) <= {line.split()[0] for line in result.stdout.splitlines() if line}
    (mine,) = [line for line in result.stdout.splitlines() if line.startswith("mine")]
    assert "can't be read" in mine
    assert mine.rstrip().endswith("validated")
    assert result.stderr == (
        "holdfast: wording of mine (en), items: q8 is missing. Write it. "
        "Mend the words, and add them with --replace.\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('name = "mine"\n', "mine: version is missing"),
        ("name = \n", "mine.toml: it is no valid TOML"),
        (
            'name = "mine"\n[[item]]\nname = "q1"\nsame_as = "gone.q1"\n',
            "mine: There is no instrument 'gone'",
        ),
        ('name = "mine"\n[[item]]\nname = "q1"\nsame_as = "mine.q1"\n', "which leads nowhere"),
    ],
)
def test_list_goes_on_past_a_definition_that_cannot_be_read(
    home: Path, content: str, said: str
) -> None:
    (home / "instruments").mkdir(parents=True)
    (home / "instruments" / "mine.toml").write_text(content, encoding="utf-8")
    result = run("list")
    assert result.exit_code == 2
    assert "phq-9" in result.stdout
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_show_of_what_is_not_there_names_what_is() -> None:
    result = run("show", "ors")
    assert result.exit_code == 2
    assert result.stderr.startswith("holdfast: There is no instrument 'ors'. Known: c-nip, c-ssrs")


def test_add_says_what_was_added_and_where(tmp_path: Path, home: Path) -> None:
    result = run("add", str(words(tmp_path)))
    assert result.exit_code == 0
    place = home / "instruments" / "wording" / "core-10.en.json"
    assert result.stdout.splitlines() == ["Added: core-10, wording.", f"  {place}"]
    assert place.exists()


def test_words_that_were_added_are_shown_as_they_are(tmp_path: Path) -> None:
    run("add", str(words(tmp_path)))
    shown = run("show", "core-10").stdout
    assert "Invented [b]sentence[/c] 10" in shown
    assert "Its words are not here" not in shown


def test_an_instrument_that_was_added_is_listed_shown_and_scored(tmp_path: Path) -> None:
    assert run("add", str(own(tmp_path))).exit_code == 0
    listed = run("list")
    assert listed.exit_code == 0
    assert "Odd [/b] brackets" in listed.stdout
    assert "Odd [/b] brackets" in run("show", "mine").stdout
    file = tmp_path / "a.csv"
    file.write_text("q1,q2,q3,q4,q5,q6,q7\n1,1,1,1,1,1,1\n")
    result = CliRunner().invoke(app, ["score", "mine", str(file), "--json"])
    assert json.loads(result.stdout)["total"] == 7


def test_add_refuses_to_hide_what_ships(tmp_path: Path, home: Path) -> None:
    result = run("add", str(own(tmp_path, "phq-9")), "--replace")
    assert result.exit_code == 2
    assert "phq-9 ships with Holdfast and stays as it is" in result.stderr
    assert not home.exists()


def test_add_replaces_only_if_it_is_told_to(tmp_path: Path) -> None:
    file = str(own(tmp_path))
    assert run("add", file).exit_code == 0
    again = run("add", file)
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    assert run("add", file, "--replace").exit_code == 0


def test_add_names_the_place_of_a_mistake(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\ncolour = "red"\n')
    result = run("add", str(file))
    assert result.exit_code == 2
    assert result.stderr.startswith("holdfast: mine: ")
    file.write_text("name = \n")
    assert "mine.toml: it is no valid TOML" in run("add", str(file)).stderr
    assert "gone.toml" in run("add", str(tmp_path / "gone.toml")).stderr
    assert not home.exists()


def test_reliability_is_computed_from_a_table(tmp_path: Path) -> None:
    rows = [f"P{n},{n % 4},{(n + n % 3) % 4}" for n in range(24)]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(["client,q1,q2", *rows]) + "\n")
    result = run("reliability", "phq-2", str(file))
    assert result.exit_code == 0
    assert "Cronbach's α" in result.stdout
    assert "24" in result.stdout
    assert "retest" in result.stdout


def test_reliability_says_of_each_coefficient_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "client,q1,q2,q3,q4,q5,q6,q7\n" + "".join(f"P{n},1,1,1,1,1,1,{n % 4}\n" for n in range(4))
    )
    result = run("reliability", "gad-7", str(file))
    assert result.exit_code == 0
    shown = one_line(result.stdout)
    assert "4 responses are complete; at least 10 are needed." in shown
    assert "0 people have two scores; at least 10 are needed." in shown
    assert "items are needed" not in shown


def test_reliability_leaves_rows_of_another_instrument_out_and_says_so(tmp_path: Path) -> None:
    rows = [f"phq-{2 if n < 12 else 9},P{n},{n % 4},{(n + n % 3) % 4}" for n in range(24)]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(["instrument,client,q1,q2", *rows]) + "\n")
    result = run("reliability", "phq-2", str(file))
    assert result.exit_code == 0
    assert "12 rows are of another instrument, and left out" in result.stderr
    (alpha,) = [line for line in result.stdout.splitlines() if "Cronbach" in line]
    assert alpha.rstrip().endswith("12")


def test_reliability_does_not_repeat_what_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("client,q1,q2\nA,1,so very sad\n")
    result = run("reliability", "phq-2", str(file))
    assert result.exit_code == 2
    assert "a.csv, row 2, column q2" in result.stderr
    assert "so very sad" not in result.output
