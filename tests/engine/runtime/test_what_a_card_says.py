"""What a card holds beyond its summary becomes sections; what it lacks is passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from holdfast.runtime import SHIPPED, Card
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD
from holdfast.runtime.page import card_page
from holdfast.runtime.sections import Section, sections

LABEL = {
    "true": 290, "found": 300, "precision": 0.81, "recall": 0.84, "f1": 0.825,
    "interval": [0.79, 0.86], "utterances": 2400, "sessions": 64,
    "kappa": 0.95, "kappa_interval": [0.9, 0.98], "usable": True,
}  # fmt: skip
RARE = {key: value for key, value in LABEL.items() if not key.startswith("kappa")} | {
    "f1": 0.3, "interval": [0.1, 0.45], "usable": False,
}  # fmt: skip
INVENTED: dict[str, Any] = {
    "behaviour": {"macro_f1": 0.8, "interval": [0.78, 0.82], "utterances": 10, "labels": {}},
    "layer": {"paraphrase": LABEL, "validation=normalising": RARE},
    "uptake": {"rho": 0.51, "interval": [0.4, 0.6], "exchanges": 220},
    "baselines": {
        "behaviour": {"majority": 0.12, "tfidf": 0.73, "frozen": 0.72},
        "paraphrase": {"majority": 0.0, "tfidf": 0.6},
    },
    "robustness": {
        "as written": {"behaviour": 0.8, "said": 0.6},
        "no punctuation or case": {"behaviour": 0.78, "said": 0.61},
    },
    "elsewhere": [
        {"corpus": "Chats", "what": "Question, F1", "figure": 0.7, "published": {"Others": 0.8}},
        {"corpus": "Posts", "what": "Exploration", "figure": 0.6, "published": None},
    ],
    "session_quality": {"auc": 0.93, "interval": [0.85, 0.98], "sessions": 117},
}


def card(**accuracy: Any) -> Card:
    facts = {"people": {"macro_f1": {"behaviour": 0.796}}}
    return Card("made-up", "1", {}, {}, {}, accuracy, facts)


def section(name: str) -> Section:
    own = {"behaviour": INVENTED["behaviour"], "layer": INVENTED["layer"]}
    wanted = {name: INVENTED[name]}
    return sections(card(**(own if name == "baselines" else {}), **wanted))[-1]


def test_a_card_without_more_has_no_sections() -> None:
    assert sections(card(behaviour=INVENTED["behaviour"])) == ()


def test_each_kind_of_figure_makes_one_section() -> None:
    assert len(sections(card(**INVENTED))) == 6


def test_the_layers_codes_stand_beside_what_two_readings_reach() -> None:
    rows = section("layer").rows
    assert rows[0] == (
        "paraphrase", "0.81", "0.84", "0.82 (0.79–0.86)", "290", "0.95",
    )  # fmt: skip


def test_a_code_told_too_poorly_is_called_experimental_and_no_kappa_is_a_dash() -> None:
    rare = section("layer").rows[1]
    assert (rare[0][-2:], rare[-1]) == (" *", "–")


def test_labels_are_said_in_the_words_that_are_given() -> None:
    found = sections(card(layer=INVENTED["layer"]), str.upper)[0]
    assert [row[0] for row in found.rows] == ["PARAPHRASE", "VALIDATION=NORMALISING *"]


def test_simpler_ways_stand_beside_the_model_and_people() -> None:
    assert section("baselines").rows == (
        ("Behaviour", "0.120", "0.730", "0.720", "0.800", "0.796"),
        ("paraphrase", "0.000", "0.600", "–", "0.825", "–"),
    )


def test_changed_sessions_tell_how_much_is_lost() -> None:
    written, bare = section("robustness").rows
    assert written == ("as written", "0.800", "0.600")
    assert bare == ("no punctuation or case", "0.780 (-0.020)", "0.610 (+0.010)")


def test_other_corpora_stand_beside_what_was_published() -> None:
    assert [row[-1] for row in section("elsewhere").rows] == ["Others: 0.800", "–"]


def test_classroom_talk_is_called_another_domain() -> None:
    assert "0.510 (0.400–0.600)" in section("uptake").text
    assert "another domain" in section("uptake").text


def test_telling_good_from_poor_demonstrations_is_no_grade() -> None:
    text = section("session_quality").text
    assert "0.930 (0.850–0.980) over 117 sessions;" in text
    assert "never a grade" in text


def test_talk_time_alone_stands_beside_it_where_it_is_known() -> None:
    found = INVENTED["session_quality"] | {"talk_time_alone": {"auc": 0.7}}
    assert "(talk time alone: 0.700)" in sections(card(session_quality=found))[0].text


@pytest.mark.parametrize("name", [name for name in INVENTED if name != "behaviour"])
def test_the_page_shows_what_the_card_has(name: str) -> None:
    shipped = read_card(SHIPPED / CARD)
    page = card_page(replace(shipped, accuracy={**shipped.accuracy, name: INVENTED[name]}))
    assert f"## {section(name).title}\n" in page
    for row in section(name).rows[:1] if name not in {"baselines"} else ():
        assert f"| {' | '.join(row)} |" in page
