"""Dialogues of our own, written for training, are read with their codes, or refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import written as module
from training.annotation.labels import LabelsError
from training.corpora import Example, one_hot
from training.tasks import FEELINGS, HEARD, RESPONSES, SAID
from training.written import check, dialogues, main, written

HEAD = "# written dialogues, codebook 1"
LONELY = "C\tempathic_opportunity=stated:hurt_loneliness response=met\tEverybody else had a table."
FELT = "T\treflection_of_feelings\tYou felt left out."
LAST = "C\tempathic_opportunity=hinted:sadness\tAnd the chair beside me stayed empty."


def file(tmp_path: Path, *lines: str, head: str = HEAD, name: str = "lunch") -> Path:
    path = tmp_path / f"{name}.txt"
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(LabelsError) as caught:
        dialogues(path)
    return str(caught.value).splitlines()


def yes(example: Example, place: int, head: str) -> set[str]:
    labels = {"said": SAID, "heard": HEARD, "feeling": FEELINGS}[head]
    target = example.utterances[place].targets[head]
    return {label for label, one in zip(labels, target, strict=True) if one}


def test_a_line_gives_who_speaks_the_words_and_the_targets(tmp_path: Path) -> None:
    (found,) = dialogues(file(tmp_path, "", LONELY, FELT))
    client, therapist = found.utterances
    assert (client.role, client.text) == ("client", "Everybody else had a table.")
    assert (therapist.role, therapist.text) == ("therapist", "You felt left out.")
    assert yes(found, 0, "heard") == {"empathic_opportunity", "empathic_opportunity=stated"}
    assert yes(found, 0, "feeling") == {"hurt_loneliness"}
    assert yes(found, 1, "said") == {"reflection_of_feelings"}
    assert therapist.targets["response"] == one_hot("met", RESPONSES)


def test_a_line_with_a_hyphen_was_read_and_holds_no_code(tmp_path: Path) -> None:
    (found,) = dialogues(file(tmp_path, "T\t-\tIs it still on Tuesdays?"))
    assert found.utterances[0].targets == {"said": (0.0,) * len(SAID)}


def test_spaces_around_the_codes_and_the_words_are_left_out(tmp_path: Path) -> None:
    (found,) = dialogues(file(tmp_path, "T\t - \t Is it still on Tuesdays?  "))
    assert found.utterances[0].text == "Is it still on Tuesdays?"


def test_empty_lines_stand_between_dialogues_however_many(tmp_path: Path) -> None:
    path = file(tmp_path, "", "T\t-\tOne.", "C\t-\tTwo.", "", "  ", "", "T\t-\tThree.", "")
    assert [len(one.utterances) for one in dialogues(path)] == [2, 1]


def test_a_dialogue_is_named_by_its_file_and_first_line(tmp_path: Path) -> None:
    path = file(tmp_path, "", "T\t-\tOne.", "C\t-\tTwo.", "", "T\t-\tThree.")
    assert [one.name for one in dialogues(path)] == ["lunch-3", "lunch-6"]
    assert path.read_text().splitlines()[6 - 1] == "T\t-\tThree."


def test_an_opening_at_the_end_is_not_answered_by_the_next_dialogue(tmp_path: Path) -> None:
    first, second = dialogues(file(tmp_path, FELT, LAST, "C\t-\tAll day.", "", FELT))
    assert yes(first, 1, "feeling") == {"sadness"}
    assert "response" not in second.utterances[0].targets


def test_an_opening_that_somebody_answers_says_how(tmp_path: Path) -> None:
    (problem,) = refused(file(tmp_path, LAST, FELT))
    assert problem.endswith("lunch.txt:2: write a response")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("T - Is it still on Tuesdays?", "write: T or C, a tab, codes"),
        ("T\tIs it still on Tuesdays?", "write: T or C, a tab, codes"),
        ("T\t-\tIs it\tstill on Tuesdays?", "write: T or C, a tab, codes"),
        ("X\t-\tIs it still on Tuesdays?", "write: T or C, a tab, codes"),
        ("T\t-\t ", "write: T or C, a tab, codes"),
        ("T\tparaphrases\tOn Tuesdays, then.", "unknown code; did you mean paraphrase?"),
        ("T\thope\tOn Tuesdays, then.", "hope is for the client, the therapist speaks here"),
        ("C\tsummary\tOn Tuesdays, then.", "summary is for the therapist, the client speaks"),
        ("T\texploration=1 exploration=2\tAnd that?", "exploration takes one value"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, line: str, wrong: str) -> None:
    (problem,) = refused(file(tmp_path, "", FELT, line))
    assert "lunch.txt:4: " in problem
    assert wrong in problem


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    problems = refused(file(tmp_path, "T\thopes\tYes.", FELT, "", "C\tsummary\tYes.", "Yes."))
    assert [one.split(":")[1] for one in problems] == ["2", "5", "6"]


def test_no_message_repeats_the_words(tmp_path: Path) -> None:
    words = ("T\t-\tgrandmother\tgrandmother", "grandmother", "T\tgrandmother\tgrandmother")
    problems = refused(file(tmp_path, *words))
    assert len(problems) == 3
    assert "grandmother" not in " ".join(problems)


@pytest.mark.parametrize("head", ["", "# written dialogues", "# written dialogues, codebook 0"])
def test_the_first_line_says_which_codebook(tmp_path: Path, head: str) -> None:
    (problem,) = refused(file(tmp_path, FELT, head=head))
    assert problem.endswith(f"lunch.txt:1: the first line must be: {HEAD}")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lunch.txt"
    path.touch()
    assert "first line must be" in refused(path)[0]


def test_a_folders_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("supper", "lunch", "tea"):
        file(tmp_path, FELT, name=name)
    (tmp_path / "notes.md").write_text("Not a dialogue.")
    assert [one.name for one in written(tmp_path)] == ["lunch-2", "supper-2", "tea-2"]


def test_check_counts_dialogues_lines_and_codes(tmp_path: Path) -> None:
    paths = [
        file(tmp_path, LONELY, FELT, "", LAST),
        file(tmp_path, LONELY, FELT, "C\t-\tYes.", name="tea"),
    ]
    assert [line.split() for line in check(paths)] == [
        ["3", "(dialogues)"],
        ["6", "(lines)"],
        ["1", "-"],
        ["1", "empathic_opportunity=hinted"],
        ["2", "empathic_opportunity=stated"],
        ["2", "reflection_of_feelings"],
        ["2", "response=met"],
    ]


def test_check_names_a_files_mistakes_and_goes_on_with_the_next(tmp_path: Path) -> None:
    wrong = file(tmp_path, "T\tfelt\tYou felt left out.", name="supper")
    first, *counts = check([wrong, file(tmp_path, FELT)])
    assert "supper.txt:2: code 1: unknown code" in first
    assert [line.split() for line in counts] == [
        ["1", "(dialogues)"],
        ["1", "(lines)"],
        ["1", "reflection_of_feelings"],
    ]


def test_the_command_prints_what_check_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, FELT)
    monkeypatch.setattr("sys.argv", ["written", "check", str(path)])
    main()
    assert capsys.readouterr().out.splitlines() == list(check([path]))


@pytest.fixture(scope="module")
def committed() -> list[Example]:
    return written()


def test_every_dialogue_that_is_kept_here_can_be_read(committed: list[Example]) -> None:
    assert {one.name.rpartition("-")[0] for one in committed} == {
        path.stem for path in module.FOLDER.iterdir()
    }
    assert len({one.name for one in committed}) == len(committed)


@pytest.mark.parametrize("head", ["said", "heard"])
def test_every_label_of_the_layer_is_taught_by_some_dialogue(
    committed: list[Example], head: str
) -> None:
    taught = {
        label
        for one in committed
        for place, said in enumerate(one.utterances)
        if head in said.targets
        for label in yes(one, place, head)
    }
    assert taught == set(SAID if head == "said" else HEARD)


def test_every_feeling_and_response_is_taught_by_some_dialogue(committed: list[Example]) -> None:
    said = [one for example in committed for one in example.utterances]
    for name, labels in (("feeling", FEELINGS), ("response", RESPONSES)):
        found = {one.targets[name] for one in said if name in one.targets}
        assert found == {one_hot(label, labels) for label in labels}
