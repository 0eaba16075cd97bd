"""A practice's own instruments and words: checked, kept apart, and never hiding what ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from holdfast.instruments import (
    InstrumentError,
    instrument_names,
    load_instrument,
    load_wording,
    load_wordings,
    practice_folder,
    score,
)
from holdfast.instruments.adding import add_file
from holdfast.instruments.library import SHIPPED, parse_file

DEFINITION = """
name = "mood"
title = "Mood"
full_title = "Two questions on mood"
version = "1"
measures = "Mood this week"
not_meaning = "A diagnosis."
about = "wellbeing"
recall = "this week"
worse = "lower"
status = "unvalidated"

[licence]
name = "Our own"
holder = "This practice"
terms = "Ours."
words = "practice"
source = "own"

[sources.own]
cite = "This practice"
checked = "choice"

[options.five]
values = [0, 1, 2, 3, 4]

[[item]]
name = "q1"

[[item]]
name = "q2"
reverse = true

[[scale]]
name = "total"
title = "Mood"
items = "all"
range = [0, 8]
source = "own"
"""

WORDS = """
instrument = "mood"
language = "en"
title = "Mood"
licence = "Our own."
source = "This practice"

[options.five]
low = "never"
high = "always"

[items]
q1 = "Invented sentence one"
q2 = "Invented sentence two"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write(tmp_path: Path, content: str, name: str = "file.toml") -> Path:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    return file


def files(home: Path) -> list[str]:
    return sorted(one.name for one in home.rglob("*") if one.is_file())


def core_words(**changed: Any) -> str:
    """Return invented words for the CORE-10, whose own are not ours to print."""
    words = {
        "instrument": "core-10",
        "language": "en",
        "title": "Ten invented sentences",
        "licence": "Invented for a test.",
        "source": "A test",
        "items": {f"q{n}": f"Invented sentence {n}" for n in range(1, 11)},
        "options": {"frequency": {"labels": ["a", "b", "c", "d", "e"]}},
    }
    return json.dumps({**words, **changed})


def test_a_definition_is_added_listed_and_scored(tmp_path: Path, home: Path) -> None:
    added = add_file(write(tmp_path, DEFINITION))
    assert (added.instrument, added.what) == ("mood", "definition")
    assert added.files == (practice_folder() / "mood.json",)
    assert files(home) == ["mood.json"]
    assert "mood" in instrument_names()
    assert score(load_instrument("Mood"), {"q1": 4, "q2": 0}).total == 8


def test_a_definition_may_come_as_json(tmp_path: Path) -> None:
    table = parse_file(write(tmp_path, DEFINITION))
    add_file(write(tmp_path, json.dumps(table), "file.json"))
    assert load_instrument("mood").item("q2").reverse


def test_words_are_added_beside_it(tmp_path: Path, home: Path) -> None:
    add_file(write(tmp_path, DEFINITION))
    added = add_file(write(tmp_path, WORDS))
    assert (added.instrument, added.what) == ("mood", "wording")
    assert files(home) == ["mood.en.json", "mood.json"]
    assert load_wording("mood").text("q2") == "Invented sentence two"


def test_words_of_the_core_10_are_added_by_a_practice_that_may_use_them(
    tmp_path: Path, home: Path
) -> None:
    with pytest.raises(
        InstrumentError, match=r"there are: none\. Licence: .*holdfast instrument add"
    ):
        load_wording("core-10")
    add_file(write(tmp_path, core_words(), "core.json"))
    assert files(home) == ["core-10.en.json"]
    assert load_wording("core-10").text("q6") == "Invented sentence 6"
    assert load_wordings("core-10", own=False) == ()


def test_words_in_another_language_or_for_the_therapist_are_added_beside_those_that_ship(
    tmp_path: Path, home: Path
) -> None:
    shipped = dict(parse_file(SHIPPED / "wording" / "gad-2.en.toml"))
    for name, changed in {
        "de": {"language": "de"},
        "pt": {"language": "pt-BR"},
        "guess": {"respondent": "therapist"},
    }.items():
        add_file(write(tmp_path, json.dumps({**shipped, **changed}), f"{name}.json"))
    assert files(home) == ["gad-2.de.json", "gad-2.en.therapist.json", "gad-2.pt-BR.json"]
    assert load_wording("gad-2", "pt-BR").language == "pt-BR"
    assert load_wording("gad-2", respondent="therapist").respondent == "therapist"


# Refusals: nothing is written


def refuse(tmp_path: Path, home: Path, content: str, message: str, name: str = "f.toml") -> None:
    before = files(home)
    with pytest.raises(InstrumentError, match=message):
        add_file(write(tmp_path, content, name))
    assert files(home) == before


@pytest.mark.parametrize("name", ["phq-9", "core-10", "check-in"])
def test_a_definition_that_would_hide_one_that_ships_is_refused(
    tmp_path: Path, home: Path, name: str
) -> None:
    content = DEFINITION.replace('name = "mood"', f'name = "{name}"', 1)
    refuse(tmp_path, home, content, f"{name} ships with Holdfast and stays as it is")
    with pytest.raises(InstrumentError, match="stays as it is"):
        add_file(tmp_path / "f.toml", replace=True)


@pytest.mark.parametrize("name", ["../mood", "a/b", "Mood", "mood.en", "-", "a b", "ä"])
def test_a_name_that_is_no_plain_name_is_refused(tmp_path: Path, home: Path, name: str) -> None:
    content = DEFINITION.replace('name = "mood"', f'name = "{name}"', 1)
    refuse(tmp_path, home, content, "can't be the name of an instrument")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "own"\n\n[sources', "\n[sources", "mood, licence: source is missing"),
        ("[0, 8]", "[0, 10]", "its range is 0 to 10, but the options give 0 to 8"),
        ("[0, 8]", "[0, 8", "f.toml: it is no valid TOML: .*line"),
        ("[[item]]", "[[itme]]", "mood: unknown itme"),
    ],
)
def test_a_definition_with_a_mistake_is_refused(
    tmp_path: Path, home: Path, old: str, new: str, message: str
) -> None:
    refuse(tmp_path, home, DEFINITION.replace(old, new), message)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"items": {"q1": "One"}}, r"wording of core-10 \(en\), items: q2 is missing"),
        ({"items": {f"q{n}": f"S{n}" for n in range(1, 12)}}, "items: unknown q11"),
        ({"items": {f"q{n}": " " for n in range(1, 11)}}, "q1 is ' '. Write some words"),
        ({"items": {f"q{n}": [] for n in range(1, 11)}}, "q1 has no words. Write them"),
        ({"options": {}}, "options"),
        ({"options": {"frequency": {"labels": ["a", "b"]}}}, "there are 5 answers and 2 labels"),
        ({"options": {"frequency": {"low": "never"}}}, "write labels, or low and high"),
        ({"licence": ""}, "licence is ''. Write some words"),
        ({"source": 3}, "source is 3. Write some words"),
        ({"respondent": "mother"}, "respondent is 'mother'. Write one of client, therapist"),
        ({"language": "../../x"}, "is no language tag"),
        ({"language": "english language"}, "is no language tag"),
        ({"instrument": "nothing"}, "There is no instrument 'nothing'"),
        ({"note": "x"}, "unknown note"),
    ],
)
def test_words_with_a_mistake_are_refused(
    tmp_path: Path, home: Path, changed: dict[str, object], message: str
) -> None:
    refuse(tmp_path, home, core_words(**changed), message, "core.json")


def test_words_that_would_hide_those_that_ship_are_refused(tmp_path: Path, home: Path) -> None:
    shipped = dict(parse_file(SHIPPED / "wording" / "gad-2.en.toml"))
    refuse(tmp_path, home, json.dumps(shipped), "they stay as they are", "gad.json")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\xff\xfe\x00", "a.toml", "it is not text in UTF-8"),
        (b"{", "a.json", "it is no valid JSON"),
        (b"[]", "a.json", "it holds a list"),
        (b"", "a.toml", "name is missing"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, home: Path, content: bytes, name: str, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InstrumentError, match=message):
        add_file(tmp_path / name)
    assert files(home) == []


# Replacing


def test_what_was_added_before_stays_until_it_is_replaced_on_purpose(
    tmp_path: Path, home: Path
) -> None:
    add_file(write(tmp_path, DEFINITION))
    add_file(write(tmp_path, WORDS, "words.toml"))
    newer = DEFINITION.replace('version = "1"', 'version = "2"')
    refuse(tmp_path, home, newer, "mood was added before.*--replace")
    refuse(tmp_path, home, WORDS, "was added before.*--replace")
    assert load_instrument("mood").version == "1"
    add_file(write(tmp_path, newer), replace=True)
    add_file(write(tmp_path, WORDS.replace("two", "three")), replace=True)
    assert load_instrument("mood").version == "2"
    assert load_wording("mood").text("q2") == "Invented sentence three"
    assert files(home) == ["mood.en.json", "mood.json"]


def test_a_replacement_with_a_mistake_leaves_the_older_one(tmp_path: Path, home: Path) -> None:
    add_file(write(tmp_path, DEFINITION))
    before = (home / "instruments" / "mood.json").read_bytes()
    with pytest.raises(InstrumentError):
        add_file(write(tmp_path, DEFINITION.replace("[0, 8]", "[0, 9]")), replace=True)
    assert (home / "instruments" / "mood.json").read_bytes() == before


# A new definition beside older words


def with_third_item(content: str) -> str:
    return content.replace("[[scale]]", '[[item]]\nname = "q3"\n\n[[scale]]').replace("8]", "12]")


def test_words_that_no_longer_fit_a_new_definition_are_named_at_once(
    tmp_path: Path, home: Path
) -> None:
    add_file(write(tmp_path, DEFINITION))
    add_file(write(tmp_path, WORDS, "words.toml"))
    assert add_file(write(tmp_path, DEFINITION), replace=True).unfit == ()
    added = add_file(write(tmp_path, with_third_item(DEFINITION)), replace=True)
    assert added.unfit == ("wording of mood (en), items: q3 is missing. Write it.",)
    assert files(home) == ["mood.en.json", "mood.json"]
    mended = WORDS + 'q3 = "Invented sentence three"\n'
    add_file(write(tmp_path, mended, "words.toml"), replace=True)
    assert load_wording("mood").text("q3") == "Invented sentence three"


# Items that are the same as others


def same(content: str, item: str, other: str) -> str:
    return content.replace(f'name = "{item}"\n', f'name = "{item}"\nsame_as = "{other}"\n')


def named(name: str) -> str:
    content = DEFINITION.replace('name = "mood"', f'name = "{name}"', 1)
    return content.replace("reverse = true\n", "")


def test_an_item_may_be_the_same_as_one_of_another_instrument_of_the_practice(
    tmp_path: Path,
) -> None:
    add_file(write(tmp_path, named("mood")))
    add_file(write(tmp_path, same(named("weather"), "q2", "mood.q1")))
    assert (
        load_instrument("weather").item("q2").options == load_instrument("mood").item("q1").options
    )


def test_a_definition_that_is_the_same_as_itself_is_refused(tmp_path: Path, home: Path) -> None:
    message = "mood: an item of mood is same_as one of mood, which leads nowhere. Write the item"
    refuse(tmp_path, home, same(named("mood"), "q2", "mood.q1"), message)
    add_file(write(tmp_path, named("mood")))
    with pytest.raises(InstrumentError, match=message):
        add_file(write(tmp_path, same(named("mood"), "q2", "mood.q1")), replace=True)
    assert load_instrument("mood").item("q2")


def test_definitions_that_are_the_same_as_each_other_in_a_ring_are_refused(
    tmp_path: Path,
) -> None:
    add_file(write(tmp_path, named("mood")))
    add_file(write(tmp_path, same(named("weather"), "q2", "mood.q1")))
    add_file(write(tmp_path, same(named("season"), "q2", "weather.q2")))
    ring = "an item of mood is same_as one of season is same_as one of weather is same_as one of"
    with pytest.raises(InstrumentError, match=ring):
        add_file(write(tmp_path, same(named("mood"), "q2", "season.q2")), replace=True)
    assert load_instrument("season").item("q2")


@pytest.mark.parametrize("other", ["mood.q1", "weather.q1"])
def test_a_ring_in_files_that_somebody_put_there_is_refused_when_it_is_read(
    home: Path, other: str
) -> None:
    folder = home / "instruments"
    folder.mkdir(parents=True)
    (folder / "mood.toml").write_text(same(named("mood"), "q2", other), encoding="utf-8")
    (folder / "weather.toml").write_text(same(named("weather"), "q2", "mood.q2"), encoding="utf-8")
    for name in ("mood", "weather"):
        with pytest.raises(InstrumentError, match="which leads nowhere"):
            load_instrument(name)
