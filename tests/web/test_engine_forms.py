"""The bridge: instruments as forms in words, and what filled-in answers come to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from holdfast_web.engine.forms import NoSuchForm, form_of, known_instruments
from holdfast_web.engine.scoring import AnswersRefused, work_out

PHQ9 = {f"q{number}": 1 for number in range(1, 10)}


def test_texts_of_the_check_in_take_turns_and_mean_the_same() -> None:
    texts = {form_of("check-in", turn=turn).questions[0].text for turn in range(6)}
    assert len(texts) == 3
    assert form_of("check-in", turn=1) == form_of("check-in", turn=4)


def test_the_guess_asks_the_same_items_from_the_other_side() -> None:
    own, guess = form_of("check-in", turn=2), form_of("check-in", respondent="therapist", turn=2)
    assert [one.name for one in own.questions] == [one.name for one in guess.questions]
    assert "My client" in guess.questions[0].text


def test_a_rating_is_a_row_between_two_ends_and_a_frequency_a_choice() -> None:
    check_in, phq9 = form_of("check-in"), form_of("phq-9")
    assert [one.value for one in check_in.questions[0].options] == list(range(11))
    assert check_in.questions[-1].kind == "text"
    assert phq9.questions[0].kind == "choice"
    assert phq9.questions[-1].optional


def test_a_statement_on_the_left_is_the_higher_number_as_on_the_form() -> None:
    question = form_of("c-nip").questions[0]
    assert [one.value for one in question.options] == [3, 2, 1, 0, -1, -2, -3]
    assert question.low == "Focus on specific goals"
    assert question.label(-3) == "Strong preference"
    assert question.hint.startswith("3: Strong preference")


def test_a_question_that_follows_says_when_it_is_asked() -> None:
    form = form_of("pc-ptsd-5")
    assert form.questions[1].only_if.startswith("Only if you answered “Yes” to")
    assert form.left_open({"trauma": 0}) == ()
    assert len(form.left_open({"trauma": 1})) == 5
    assert [one.name for one in form.left_open({})] == ["trauma"]


def test_words_of_others_are_shown_with_their_owner_and_our_own_without() -> None:
    assert "Pfizer" in form_of("phq-9").attribution
    assert "World Health Organization" in form_of("who-5").attribution
    assert form_of("check-in").attribution == ""


def test_english_stands_in_for_a_language_without_words() -> None:
    assert form_of("phq-9", language="de-CH") == form_of("phq-9")


def test_an_instrument_without_words_is_known_and_not_askable() -> None:
    known = {one.name: one.askable for one in known_instruments()}
    assert known["phq-9"]
    assert not known["c-ssrs"]
    with pytest.raises(NoSuchForm, match="no words"):
        form_of("c-ssrs")
    with pytest.raises(NoSuchForm):
        form_of("no-such-thing")


def test_words_that_the_practice_adds_are_asked_and_a_broken_file_hinders_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path))
    before = form_of("gad-7", language="de")
    folder = tmp_path / "instruments" / "wording"
    folder.mkdir(parents=True)
    items = "\n".join(f'q{number} = "Frage {number}"' for number in range(1, 8))
    (folder / "gad-7.de.toml").write_text(
        'instrument = "gad-7"\nlanguage = "de"\ntitle = "GAD-7"\nlicence = "frei"\n'
        'source = "hier"\n[options.frequency]\nlabels = ["a", "b", "c", "d"]\n'
        f"[items]\n{items}\n",
        encoding="utf-8",
    )
    (tmp_path / "instruments" / "broken.toml").write_text("name =", encoding="utf-8")
    os.utime(folder.parent)
    assert form_of("gad-7", language="de").questions[0].text == "Frage 1"
    assert before.questions[0].text != "Frage 1"
    assert "broken" not in {one.name for one in known_instruments()}
    assert "gad-7" in {one.name for one in known_instruments()}


def test_answers_come_to_a_value_a_band_and_flags() -> None:
    result = work_out("phq-9", PHQ9)
    assert (result.value, result.band, result.lowest_item, result.missing) == (9, "mild", 1, 0)
    assert [(one.item, one.kind, one.urgent) for one in result.flags] == [("q9", "alert", True)]


def test_too_much_left_open_gives_no_value_and_still_its_flags() -> None:
    result = work_out("phq-9", {"q9": 1})
    assert result.value is None
    assert result.lowest_item is None
    assert result.missing == 8
    assert result.flags[0].urgent


def test_wanting_to_talk_about_discomfort_is_a_note_and_no_alert() -> None:
    (flag,) = work_out("check-in", {"uncomfortable": 2}).flags
    assert (flag.kind, flag.urgent) == ("note", False)


def test_a_guess_raises_no_flag() -> None:
    assert work_out("check-in", {"uncomfortable": 2}, respondent="therapist").flags == ()


@pytest.mark.parametrize(
    ("instrument", "answers"),
    [
        ("phq-9", {"q1": 4}),
        ("phq-9", {"q1": "1"}),
        ("phq-9", {"q1": True}),
        ("phq-9", {"q99": 1}),
        ("check-in", {"note": 7}),
        ("check-in", {"note": "x" * 4001}),
        ("nowhere", {}),
    ],
)
def test_what_is_not_offered_is_refused_in_a_sentence(
    instrument: str, answers: dict[str, int | str | None]
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        work_out(instrument, answers)
    assert "xxx" not in str(refused.value)
