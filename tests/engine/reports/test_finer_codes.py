"""Codes of our own annotation in a report: few to a line, in words, marked where in doubt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators import INDICATORS, measure
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.accuracy import KEYS, UNMEASURED, Accuracy, accuracy_of, card_accuracy
from holdfast.reports.from_json import from_data
from holdfast.reports.heard import tags_at
from holdfast.reports.html import render_html
from holdfast.reports.json import as_data, render_json
from holdfast.reports.page.lines import line_tags
from holdfast.reports.record import make_record
from holdfast.reports.skills import FAMILIES, by_heading
from holdfast.reports.terminal import render_terminal

from .read_page import Page


def figures(*, usable: bool = True, kappa: float | None = 0.62) -> dict[str, Any]:
    """Return a label's figures as a card has them; made up."""
    known = {"precision": 0.7, "recall": 0.6, "f1": 0.65, "interval": [0.5, 0.7], "found": 90}
    return known | {"usable": usable} | ({} if kappa is None else {"kappa": kappa})


LAYER = {
    "paraphrase": figures(),
    "validation=affirming": figures(),
    "validation=normalising": figures(usable=False, kappa=0.3),
    "interpretation>=1": figures(),
    "interpretation>=2": figures(usable=False),
    "encourager": figures(),
    "empathic_opportunity": figures(),
}
OPENED = {"macro_f1": 0.55, "interval": [0.48, 0.61], "utterances": 312, "labels": {}}
UPTAKE = {"rho": 0.52, "interval": [0.44, 0.6], "exchanges": 250}
KNOWN = card_accuracy({"layer": LAYER, "response": OPENED, "feeling": OPENED, "uptake": UPTAKE})


def said(make: Any, **codes: Code) -> CodedSession:
    session = make.conversation(("Lee", "I cried on the bus."), ("Dana", "You stayed on it."))
    coded: CodedSession = make.coded(session, **{name: {1: code} for name, code in codes.items()})
    return coded


def texts(coded: CodedSession, accuracy: dict[str, Accuracy]) -> list[str]:
    return [one.text for one in tags_at(coded, 1, accuracy=accuracy)]


def test_a_label_of_the_layer_goes_by_code_and_value() -> None:
    assert set(KNOWN) == {
        "paraphrase",
        "empathic_opportunity",
        "validation:affirming",
        "validation:normalising",
        "interpretation:1",
        "interpretation:2",
        "response",
        "feeling",
        "uptake",
    }


def test_what_rules_give_keeps_the_figures_of_the_rules() -> None:
    assert "encourager" not in card_accuracy({"layer": LAYER})


def test_the_sentence_says_whose_marks_they_were_and_how_far_two_readings_agree() -> None:
    plain = KNOWN["paraphrase"].sentence.replace("\u202f", " ")
    assert plain == (
        "The coder finds 60 % of what our own, machine-assisted annotation marks; 70 % of its "
        "marks agree. Two readings agree with κ 0.62."
    )
    assert KNOWN["interpretation:1"].sentence.startswith("This level or a higher one: the coder")
    assert KNOWN["interpretation:2"].sentence.startswith("The coder")
    assert KNOWN["interpretation:2"].sentence.endswith("Experimental.")


def test_a_label_that_was_read_once_has_no_kappa() -> None:
    once = card_accuracy({"layer": {"hope": figures(kappa=None)}})
    assert "κ" not in once["hope"].sentence


def test_how_openings_were_answered_is_experimental_below_its_line() -> None:
    assert not KNOWN["response"].experimental
    assert "312 unseen answers to openings of our own" in KNOWN["response"].sentence
    low = card_accuracy({"response": OPENED | {"interval": [0.39, 0.5]}})
    assert low["response"].experimental
    told = card_accuracy({"response": OPENED | {"usable": False}})
    assert told["response"].experimental


def test_uptake_is_always_marked_as_from_another_domain() -> None:
    assert "classroom talk: ρ 0.52 (0.44 to 0.60) over 250 exchanges" in KNOWN["uptake"].sentence
    assert "Nobody has checked it in therapy. Experimental." in KNOWN["uptake"].sentence
    assert KNOWN["uptake"].experimental


@pytest.mark.parametrize(("indicator", "key"), KEYS.items())
def test_every_indicator_stands_on_a_label_that_the_codebook_has(indicator: str, key: str) -> None:
    name, _, label = key.partition(":")
    assert indicator in INDICATORS
    assert label in {"", *(one.name for one in load_codebook().code(name).values)}


def test_what_a_card_does_not_tell_of_is_unmeasured(make: Any) -> None:
    coded = said(make, paraphrase=Code("paraphrase", "present", 0.9))
    found = {one.name: accuracy_of(one, {}) for one in measure(coded)}
    for name in ("paraphrases", "openings_met_share", "uptake", "suggestions_with_permission"):
        assert found[name] == UNMEASURED


def test_codes_are_shown_in_the_codebooks_words_and_order(make: Any) -> None:
    coded = said(
        make,
        interpretation=Code("interpretation", "1", 0.8),
        paraphrase=Code("paraphrase", "present", 0.7),
    )
    assert texts(coded, KNOWN) == [
        "Paraphrase",
        "Interpretation (understanding): without saying more",
    ]


def test_what_is_experimental_or_not_known_is_marked(make: Any) -> None:
    coded = said(
        make,
        interpretation=Code("interpretation", "2", 0.8),
        validation=Code("validation", ("affirming", "normalising"), (0.9, 0.6)),
        summary=Code("summary", "present", 0.7),
    )
    assert texts(coded, KNOWN) == [
        "Summary (experimental)",
        "Validation: affirming, normalising (experimental)",
        "Interpretation (understanding): put in words (experimental)",
    ]


def test_what_rules_find_carries_no_such_mark(make: Any) -> None:
    coded = said(make, judging=Code("judging", "arguing", by="rules"))
    assert texts(coded, {}) == ["Judging or arguing: arguing"]


def test_a_line_shows_the_likeliest_of_many_and_the_record_has_all(make: Any) -> None:
    coded = said(
        make,
        paraphrase=Code("paraphrase", "present", 0.5),
        exploration=Code("exploration", "2", 0.9),
        summary=Code("summary", "present", 0.7),
        suggestion=Code("suggestion", "with_permission", 0.8),
        encourager=Code("encourager", "present", by="rules"),
    )
    names = [one.code for one in tags_at(coded, 1)]
    assert names == ["summary", "exploration", "suggestion", "encourager"]
    assert as_data(make_record(coded))["utterances"][1]["codes"]["paraphrase"]["p"] == 0.5


def test_the_same_is_not_said_twice(make: Any) -> None:
    early = Code("premature_reassurance", "present", by="rules", words=(0, 3))
    coded = said(
        make, reassurance=Code("reassurance", "premature", 0.9), premature_reassurance=early
    )
    assert [one.code for one in tags_at(coded, 1)] == ["premature_reassurance"]


def test_uptake_and_what_was_not_heard_are_no_codes_of_a_line(make: Any) -> None:
    coded = said(
        make,
        uptake=Code("uptake", "present", 0.9),
        validation=Code("validation", (), ()),
        feeling=Code("feeling", None),
        response=Code("response", None),
    )
    assert texts(coded, KNOWN) == []


def opened(make: Any, response: str = "ignored") -> CodedSession:
    session = make.conversation(("Lee", "I cried on the bus."), ("Dana", "Which bus was it?"))
    coded: CodedSession = make.coded(
        session,
        empathic_opportunity={0: Code("empathic_opportunity", "hinted", 0.7)},
        feeling={0: Code("feeling", "hurt_loneliness", 0.7)},
        response={0: Code("response", response, 0.6)},
    )
    return coded


def test_an_opening_names_its_feeling_and_says_its_answer_once(make: Any) -> None:
    missed = {0: Opening(0, "hinted", 1, Response.MISSED)}
    shown = line_tags(opened(make), 0, missed, KNOWN)
    assert [one.text for one in shown] == ["Opening of hurt or loneliness, missed"]


def test_a_doubtful_feeling_is_left_out_and_a_doubtful_answer_marked(make: Any) -> None:
    missed = {0: Opening(0, "hinted", 1, Response.MISSED)}
    shown = line_tags(opened(make), 0, missed)
    assert [one.text for one in shown] == ["Opening, missed (experimental)"]


def test_the_page_and_the_terminal_mark_what_is_experimental(make: Any) -> None:
    coded = opened(make)
    low = OPENED | {"interval": [0.2, 0.5]}
    record = make_record(coded, measure(coded), make.card(layer=LAYER, response=low))
    words = " ".join(Page(render_html(record)).words.split())
    assert "Opening, missed (experimental)" in words
    assert "Response: Macro-F1 0.55" in words
    assert "Openings missed  1 of 1, experimental" in render_terminal(record)


def test_a_count_of_an_experimental_code_has_a_star_in_the_terminal(make: Any) -> None:
    coded = said(make, judging=Code("judging", "judging", by="rules"))
    screen = render_terminal(make_record(coded, measure(coded)))
    assert "Judging or arguing phrases*" in screen
    assert "*: experimental" in screen


def test_what_the_coder_does_not_hear_takes_no_room_in_the_table(make: Any) -> None:
    before = said(make, reflection=Code("reflection", "simple", 0.9))
    headings = by_heading(measure(before), {})
    assert "Giving back" not in headings
    assert FAMILIES["uptake"] not in headings
    assert "Openings for empathy" not in headings
    after = said(make, paraphrase=Code("paraphrase", "present", 0.9))
    names = [one.indicator.name for one in by_heading(measure(after), {})["Giving back"]]
    assert "paraphrases" in names
    assert "summaries" not in names


def test_what_the_coder_hardly_ever_hears_takes_no_room_either(make: Any) -> None:
    coded = measure(said(make, paraphrase=Code("paraphrase", "present", 0.9)))
    assert "Giving back" in by_heading(coded, KNOWN)
    deaf = card_accuracy({"layer": {"paraphrase": figures(usable=False) | {"recall": 0.05}}})
    assert "Giving back" not in by_heading(coded, deaf)


def test_a_record_kept_before_there_was_such_a_mark_still_opens(make: Any) -> None:
    data = json.loads(render_json(make_record(said(make), card=make.card())))
    for one in data["accuracy"].values():
        del one["experimental"]
    assert not from_data(data).accuracy["reflection"].experimental
