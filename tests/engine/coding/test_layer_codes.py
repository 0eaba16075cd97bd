"""What the annotation layer's heads say becomes codes, each by the form of its labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code
from holdfast.coding.decode import Logits, likeliest_code
from holdfast.coding.layer import layer_codes, with_answers
from holdfast.runtime import Card, Head
from holdfast.session import Role, Session, Utterance

LABELS = {
    "behaviour": ("reflection", "question", "input", "other"),
    "said": (
        *("paraphrase", "validation=normalising", "validation=affirming"),
        *("reassurance", "reassurance=premature", "suggestion", "suggestion=with_permission"),
        *("exploration>=1", "exploration>=2"),
    ),
    "heard": ("empathic_opportunity", "empathic_opportunity=stated", "hope"),
    "uptake": ("uptake",),
    "feeling": ("sadness", "anger", "other"),
    "response": ("ignored", "acknowledged", "explored", "met"),
}
ALONE = ("said", "heard", "uptake")
THRESHOLDS = {
    "exploration>=2": 0.4,
    "hope": 0.2,
    "reassurance=premature": 0.7,
    "suggestion=with_permission": 0.3,
    "validation=affirming": 0.3,
}
EXCLUDING = ("paraphrase", "reassurance", "suggestion", "exploration", "empathic_opportunity")


def card_of(labels: Mapping[str, tuple[str, ...]]) -> Card:
    heads, start = {}, 0
    for name, each in labels.items():
        alone = name in ALONE
        thresholds = tuple(THRESHOLDS.get(one, 0.5) for one in each) if alone else (0.6,)
        heads[name] = Head(name, each, start, not alone, 1.0, (0.0,) * len(each), thresholds)
        start += len(each)
    return Card("toy", "1", heads, {}, {})


CARD = card_of(LABELS)
OUTPUTS = sum(map(len, LABELS.values()))


def lacking(*heads: str) -> Card:
    return replace(CARD, heads={name: one for name, one in CARD.heads.items() if name not in heads})


def row(likely: Mapping[str, float], card: Card = CARD) -> Logits:
    """Return logits of one utterance that give labels these probabilities, and the others none."""
    flat = [label for head in card.heads.values() for label in head.labels]
    chances = [likely.get(label, 1e-6) for label in flat]
    return np.array([log(p / (1 - p)) for p in chances], dtype=np.float32)


def heard(name: str, likely: Mapping[str, float], card: Card = CARD) -> Code:
    return layer_codes(row(likely, card), card, *ALONE)[name]


rows = st.lists(st.floats(-12, 12, width=32), min_size=OUTPUTS, max_size=OUTPUTS).map(
    lambda values: np.array(values, dtype=np.float32)
)


def test_a_code_is_there_if_it_is_likely_enough() -> None:
    alternatives = (("none", 0.3), ("present", 0.7))
    expected = Code("paraphrase", "present", 0.7, alternatives=alternatives)
    assert heard("paraphrase", {"paraphrase": 0.7}) == expected


def test_a_code_that_is_not_there_has_the_probability_of_its_absence() -> None:
    code = heard("paraphrase", {"paraphrase": 0.4})
    assert (code.value, code.p) == (None, 0.6)
    assert code.alternatives == (("none", 0.6), ("present", 0.4))


def test_every_label_has_its_own_threshold() -> None:
    found = layer_codes(row({"hope": 0.3, "paraphrase": 0.3}), CARD, "said", "heard")
    assert (found["hope"].value, found["hope"].p) == ("present", 0.3)
    assert found["paraphrase"].value is None


def test_a_probability_that_is_shown_as_the_threshold_passes_it() -> None:
    assert heard("paraphrase", {"paraphrase": 0.49996}).value == "present"
    assert heard("paraphrase", {"paraphrase": 0.49994}).value is None


def test_a_probability_is_calibrated_before_it_is_compared() -> None:
    head = Head("heard", ("hope",), 0, False, 2.0, (-1.0,), (0.74,))
    card = Card("toy", "1", {"heard": head}, {}, {})
    code = layer_codes(np.array([4.0], dtype=np.float32), card, "heard")
    assert code["hope"].alternatives == (("none", 0.2689), ("present", 0.7311))
    assert code["hope"].value is None


VALUES = [
    ("empathic_opportunity", "stated", "hinted"),
    ("reassurance", "premature", "plain"),
    ("suggestion", "with_permission", "without_permission"),
]


@pytest.mark.parametrize(("name", "value", "otherwise"), VALUES)
def test_a_second_label_tells_which_of_two_values(name: str, value: str, otherwise: str) -> None:
    one = heard(name, {name: 0.8, f"{name}={value}": 0.75})
    assert (one.value, one.p) == (value, 0.75)
    assert one.alternatives == (("none", 0.2), (value, 0.75), (otherwise, 0.05))
    other = heard(name, {name: 0.8, f"{name}={value}": 0.1})
    assert (other.value, other.p) == (otherwise, 0.7)


@pytest.mark.parametrize(("name", "value", "otherwise"), VALUES)
def test_a_value_without_its_code_is_not_heard(name: str, value: str, otherwise: str) -> None:
    code = heard(name, {name: 0.2, f"{name}={value}": 0.9})
    assert (code.value, code.p) == (None, 0.8)
    assert code.alternatives == (("none", 0.8), (value, 0.2), (otherwise, 0.0))


def test_a_second_label_has_its_own_threshold() -> None:
    code = heard("suggestion", {"suggestion": 0.8, "suggestion=with_permission": 0.35})
    assert (code.value, code.p) == ("with_permission", 0.35)


def test_a_value_is_never_likelier_than_its_code() -> None:
    code = heard("reassurance", {"reassurance": 0.6, "reassurance=premature": 0.9})
    assert (code.value, code.p) == ("premature", 0.6)
    assert code.alternatives == (("none", 0.4), ("premature", 0.6), ("plain", 0.0))


@pytest.mark.parametrize(
    ("first", "second", "level", "p"),
    [(0.9, 0.3, "1", 0.6), (0.9, 0.7, "2", 0.7), (0.9, 0.45, "2", 0.45), (0.3, 0.2, None, 0.7)],
)
def test_a_level_is_heard_from_its_threshold(
    first: float, second: float, level: str | None, p: float
) -> None:
    code = heard("exploration", {"exploration>=1": first, "exploration>=2": second})
    assert (code.value, code.p) == (level, p)


def test_a_level_needs_every_lower_one() -> None:
    code = heard("exploration", {"exploration>=1": 0.3, "exploration>=2": 0.9})
    assert (code.value, code.p) == (None, 0.7)
    assert code.alternatives == (("none", 0.7), ("1", 0.0), ("2", 0.3))


def test_a_level_above_a_gap_is_not_heard() -> None:
    three = card_of({"said": ("depth>=1", "depth>=2", "depth>=3")})
    code = heard("depth", {"depth>=1": 0.9, "depth>=2": 0.2, "depth>=3": 0.8}, three)
    assert (code.value, code.p) == ("1", 0.7)
    assert code.alternatives == (("none", 0.1), ("1", 0.7), ("2", 0.0), ("3", 0.2))


def test_of_several_values_the_likeliest_comes_first() -> None:
    code = heard("validation", {"validation=normalising": 0.6, "validation=affirming": 0.9})
    assert code.value == ("affirming", "normalising")
    assert code.p == (0.9, 0.6)
    assert code.alternatives == (("normalising", 0.6), ("affirming", 0.9))


def test_of_several_values_each_is_judged_alone() -> None:
    code = heard("validation", {"validation=normalising": 0.4, "validation=affirming": 0.35})
    assert (code.value, code.p) == (("affirming",), (0.35,))


def test_of_several_values_there_may_be_none() -> None:
    code = heard("validation", {"validation=normalising": 0.4, "validation=affirming": 0.2})
    assert (code.value, code.p, code.heard) == ((), (), False)
    assert code.alternatives == (("normalising", 0.4), ("affirming", 0.2))


def test_only_the_heads_that_are_asked_give_codes() -> None:
    names = {name for one in ("said", "uptake") for name in layer_codes(row({}), CARD, one)}
    assert names == {*EXCLUDING[:4], "validation", "uptake"}
    assert set(layer_codes(row({}), CARD, "heard")) == {"empathic_opportunity", "hope"}


def test_a_head_that_the_card_does_not_have_gives_no_code() -> None:
    assert set(layer_codes(row({}), lacking("said"), "said", "uptake")) == {"uptake"}
    assert layer_codes(row({}), lacking(*ALONE), *ALONE) == {}


@given(rows)
def test_alternatives_that_exclude_each_other_add_up_to_one(values: Logits) -> None:
    found = layer_codes(values, CARD, *ALONE)
    for name in (*EXCLUDING, "hope", "uptake"):
        assert sum(p for _, p in found[name].alternatives) == pytest.approx(1, abs=1e-9)


@given(rows)
def test_no_alternative_is_less_than_nothing_or_more_than_certain(values: Logits) -> None:
    for code in layer_codes(values, CARD, *ALONE).values():
        assert all(0 <= p <= 1 for _, p in code.alternatives)


@given(rows)
def test_the_probability_codesis_that_of_the_value_given(values: Logits) -> None:
    for code in layer_codes(values, CARD, *ALONE).values():
        known = dict(code.alternatives)
        if isinstance(code.value, tuple):
            assert code.p == tuple(known[value] for value in code.value)
        else:
            assert code.p == known[code.value or "none"]


@given(rows)
def test_every_value_is_one_that_the_codebook_defines(values: Logits) -> None:
    book = load_codebook()
    for name, code in layer_codes(values, CARD, *ALONE).items():
        held = code.value if isinstance(code.value, tuple) else (code.value,)
        assert set(held) - {None} <= {value.name for value in book.code(name).values}


@given(rows, rows)
def test_what_grows_likelier_is_never_heard_less(values: Logits, others: Logits) -> None:
    likelier = np.maximum(values, others)
    before, after = (layer_codes(one, CARD, *ALONE) for one in (values, likelier))
    for name in (*EXCLUDING, "hope", "uptake"):
        assert after[name].value is not None or before[name].value is None
    assert int(str(after["exploration"].value or 0)) >= int(str(before["exploration"].value or 0))
    assert set(after["validation"].value or ()) >= set(before["validation"].value or ())


Codes = tuple[dict[str, Code], ...]
ROLES = {"T": Role.THERAPIST, "C": Role.CLIENT, "O": Role.OTHER}


def session(*lines: str) -> Session:
    """Return a session of lines such as ``"C It's so empty."``."""
    return Session(
        tuple(
            Utterance(place, line[0], line[2:], place + 1, role=ROLES[line[0]])
            for place, line in enumerate(lines)
        )
    )


def opening(value: str | None) -> dict[str, Code]:
    return {"empathic_opportunity": Code("empathic_opportunity", value)}


def logits(*likely: str) -> NDArray[np.float32]:
    """Return logits in which each utterance is sure of the labels that its words name."""
    return np.array([row(dict.fromkeys(words.split(), 0.999)) for words in likely])


HEARD = session("T So?", "C It's so empty.", "C The flat, I mean.", "T Empty and still.", "T Hm.")
LOGITS = logits("explored anger", "sadness ignored", "other explored", "met anger", "ignored other")
CODES: Codes = ({}, opening("stated"), opening(None), {}, {})


def test_a_feeling_is_read_off_the_opening_and_a_response_off_the_next_answer() -> None:
    found = with_answers(CODES, HEARD, LOGITS, CARD)
    assert found[1]["feeling"] == likeliest_code("feeling", LOGITS[1], CARD.heads["feeling"])
    assert found[1]["feeling"].value == "sadness"
    assert found[1]["response"] == likeliest_code("response", LOGITS[3], CARD.heads["response"])
    assert found[1]["response"].value == "met"


def test_where_no_opening_was_heard_neither_applies() -> None:
    found = with_answers(CODES, HEARD, LOGITS, CARD)[2]
    assert found["feeling"] == Code("feeling", None)
    assert found["response"] == Code("response", None)


def test_a_therapists_line_has_neither_feeling_nor_response() -> None:
    found = with_answers(CODES, HEARD, LOGITS, CARD)
    assert [found[place] for place in (0, 3, 4)] == [{}, {}, {}]


def test_a_clients_line_without_codes_stays_without() -> None:
    silent = session("C [sighs]", "T Take your time.")
    assert with_answers(({}, {}), silent, logits("anger", "met"), CARD) == [{}, {}]


def test_an_opening_after_which_no_therapist_speaks_has_no_response() -> None:
    last = session("T So?", "C It's so empty.", "C The flat, I mean.")
    (_, found, _) = with_answers(CODES[:3], last, LOGITS[:3], CARD)
    assert found["feeling"].value == "sadness"
    assert found["response"] == Code("response", None)


@pytest.mark.parametrize("silence", ["T [sighs]", "T …", "T "])
def test_a_therapists_line_without_words_is_no_answer(silence: str) -> None:
    said = session("C It's so empty.", silence, "T Empty and still.")
    found = with_answers(
        (opening("hinted"), {}, {}), said, logits("sadness", "ignored", "met"), CARD
    )
    assert found[0]["response"].value == "met"
    (alone, _) = with_answers(
        (opening("hinted"), {}), session("C It's so empty.", silence), logits("", "ignored"), CARD
    )
    assert alone["response"].value is None


def test_somebody_else_in_the_room_gives_no_answer() -> None:
    said = session("C It's so empty.", "O Where is the tea?", "T Empty and still.")
    found = with_answers(
        (opening("hinted"), {}, {}), said, logits("sadness", "ignored", "met"), CARD
    )
    assert found[0]["response"].value == "met"
    assert found[1] == {}


def test_openings_before_one_answer_share_it_and_keep_their_feelings() -> None:
    said = session("C It's so empty.", "C And he just laughs!", "T That hurts twice.")
    codes: Codes = (opening("hinted"), opening("hinted"), {})
    first, second, _ = with_answers(codes, said, logits("sadness", "anger", "met"), CARD)
    assert [first["response"].value, second["response"].value] == ["met", "met"]
    assert [first["feeling"].value, second["feeling"].value] == ["sadness", "anger"]


def test_a_feeling_below_its_threshold_is_named_and_unsure() -> None:
    torn = np.array([row({"sadness": 0.5, "anger": 0.45}), row({"met": 0.9})])
    said = session("C I don't know what to feel.", "T Both at once.")
    (found, _) = with_answers((opening("hinted"), {}), said, torn, CARD)
    assert found["feeling"].value == "sadness"
    assert found["feeling"].unsure
    assert not found["response"].unsure


@pytest.mark.parametrize("missing", ["feeling", "response"])
def test_a_card_that_lacks_one_of_the_two_heads_adds_nothing(missing: str) -> None:
    assert with_answers(CODES, HEARD, LOGITS, lacking(missing)) == list(CODES)


def test_the_codes_that_were_codesstay_as_they_are() -> None:
    codes = [{**one, "hope": Code("hope", "present", 0.9)} for one in CODES]
    before = [dict(one) for one in codes]
    found = with_answers(codes, HEARD, LOGITS, CARD)
    assert codes == before
    assert all(one.items() >= was.items() for one, was in zip(found, before, strict=True))


lines = st.tuples(
    st.sampled_from(["T Well.", "T [nods]", "C Well.", "O Well."]),
    st.sampled_from([None, "stated", "hinted"]),
    st.sampled_from(LABELS["response"]),
)


@given(st.lists(lines, max_size=8))
def test_every_opening_has_the_answer_that_comes_first_after_it(
    told: list[tuple[str, str | None, str]],
) -> None:
    codes = [opening(value) if line[0] == "C" else {} for line, value, _ in told]
    values = logits(*(answer for _, _, answer in told)).reshape(-1, OUTPUTS)
    found = with_answers(codes, session(*(line for line, _, _ in told)), values, CARD)
    for place, (line, value, _) in enumerate(told):
        later = [answer for after, _, answer in told[place + 1 :] if after == "T Well."]
        if line[0] == "C":
            assert found[place]["response"].value == (later[0] if value and later else None)
            assert (found[place]["feeling"].value is None) is (value is None)
        else:
            assert found[place] == {}
