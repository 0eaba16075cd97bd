"""What annotators wrote of a session becomes what the network learns of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.layer import layer_codes
from training import layer
from training.annotation.labels import Codes, LabelsError, SessionLabels
from training.annotation.scheme import FEELING, RESPONSE, scheme
from training.corpora import Example, Labelled, Target, one_hot
from training.layer import annotated, answers, holds, labels_of, targets, with_layer
from training.references import BY_ROLE, CERTAIN, layer_logits
from training.tasks import FEELINGS, HEARD, RESPONSES, SAID

STATED = ("empathic_opportunity", "stated")


def codes(*pairs: tuple[str, str]) -> Codes:
    return frozenset(pairs)


def yes(target: Target, labels: tuple[str, ...]) -> set[str]:
    assert set(target) <= {0.0, 1.0}
    return {label for label, one in zip(labels, target, strict=True) if one}


def opening(response: str) -> Codes:
    return codes(STATED, (FEELING, "anger"), (RESPONSE, response))


def lines(roles: str) -> list[Labelled]:
    names = {"T": "therapist", "C": "client"}
    return [Labelled(names[one], "And then?", {}) for one in roles]


def read(given: dict[int, Codes]) -> SessionLabels:
    return SessionLabels("7", "a", "1", given)


@pytest.mark.parametrize(
    ("label", "held"),
    [
        ("validation=affirming", True),
        ("validation=normalising", False),
        ("suggestion", True),
        ("suggestion=with_permission", False),
        ("exploration>=1", True),
        ("exploration>=2", False),
        ("interpretation>=1", True),
        ("interpretation>=2", True),
        ("summary", False),
        ("emotional_reaction>=1", False),
    ],
)
def test_a_label_asks_for_a_code_a_value_or_a_level(label: str, held: bool) -> None:
    given = codes(
        ("validation", "affirming"),
        ("suggestion", "without_permission"),
        ("exploration", "1"),
        ("interpretation", "2"),
    )
    assert holds(label, given) is held


def test_a_value_of_another_code_does_not_count() -> None:
    assert not holds("judging=judging", codes(("structure", "judging")))
    assert not holds("exploration>=1", codes(("interpretation", "2")))


def test_a_therapists_codes_answer_every_question_of_the_head() -> None:
    given = codes(("interpretation", "2"), ("reassurance", "premature"), ("paraphrase", "present"))
    found = targets("therapist", given)
    assert set(found) == {"said"}
    assert yes(found["said"], SAID) == {
        *("interpretation>=1", "interpretation>=2", "paraphrase"),
        *("reassurance", "reassurance=premature"),
    }


def test_a_clients_opening_has_its_feeling_beside_it() -> None:
    found = targets("client", codes(STATED, (FEELING, "anger"), ("insight", "present")))
    assert yes(found["heard"], HEARD) == {
        *("empathic_opportunity", "empathic_opportunity=stated", "insight")
    }
    assert yes(found["feeling"], FEELINGS) == {"anger"}


@pytest.mark.parametrize(("role", "head"), BY_ROLE.items())
def test_what_was_read_and_not_written_is_absent(role: str, head: str) -> None:
    labels = SAID if head == "said" else HEARD
    assert targets(role, codes()) == {head: (0.0,) * len(labels)}


def test_every_utterance_of_a_session_that_was_read_has_targets() -> None:
    session = annotated(Example("7", tuple(lines("TC"))), read({1: codes(("hope", "present"))}))
    therapist, client = (said.targets for said in session.utterances)
    assert therapist == {"said": (0.0,) * len(SAID)}
    assert yes(client["heard"], HEARD) == {"hope"}


def test_a_session_that_nobody_read_stays_as_it_is() -> None:
    session = Example("7", tuple(lines("TC")))
    assert annotated(session, None) is session


def test_what_else_is_known_of_a_session_is_kept() -> None:
    talk = Labelled("client", "I might.", {"talk": (1.0, 0.0, 0.0)})
    before = Example("7", (talk,), fold=3, quality="high")
    after = annotated(before, read({}))
    assert (after.name, after.fold, after.quality) == ("7", 3, "high")
    assert after.utterances[0].text == "I might."
    assert after.utterances[0].targets["talk"] == (1.0, 0.0, 0.0)
    assert before.utterances[0].targets == {"talk": (1.0, 0.0, 0.0)}


def test_an_answer_is_learned_from_the_therapists_next_utterance() -> None:
    session = Example("7", tuple(lines("TCCTT")))
    found = annotated(session, read({1: opening("met")})).utterances
    assert set(found[3].targets) == {"said", "response"}
    assert found[3].targets["response"] == one_hot("met", RESPONSES)
    assert [place for place, said in enumerate(found) if "response" in said.targets] == [3]


def test_of_several_openings_before_one_answer_the_last_counts() -> None:
    given = [opening("ignored"), opening("explored"), codes()]
    assert answers(lines("CCT"), given) == [(2, one_hot("explored", RESPONSES))]


def test_every_opening_with_an_answer_of_its_own_gives_one() -> None:
    given = [opening("met"), codes(), opening("ignored"), codes()]
    expected = [(1, one_hot("met", RESPONSES)), (3, one_hot("ignored", RESPONSES))]
    assert answers(lines("CTCT"), given) == expected


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ("CC", opening("met")),
        ("CT", codes(STATED, (FEELING, "anger"))),
        ("CT", codes((RESPONSE, "met"))),
    ],
    ids=["nobody answers", "no answer was written", "there is no opening"],
)
def test_where_there_is_no_answer_none_is_learned(roles: str, first: Codes) -> None:
    assert answers(lines(roles), [first, codes()]) == []


def held(role: str) -> st.SearchStrategy[dict[str, set[str]]]:
    """Return codes with values as annotators may give them to one utterance."""
    each = {}
    for code in scheme().codebook.codes:
        if code.role.value == role and code.name not in (FEELING, RESPONSE):
            most = None if code.choice == "many" else 1
            names = [value.name for value in code.values]
            each[code.name] = st.sets(st.sampled_from(names), max_size=most)
    return st.fixed_dictionaries(each)


JOINED = {"earlier_thread"}
"""Codes of which the network learns only whether they are there."""


@pytest.mark.parametrize("role", BY_ROLE)
@given(data=st.data())
def test_the_coder_reads_from_the_targets_what_was_written(role: str, data: st.DataObject) -> None:
    values = data.draw(held(role))
    pairs = codes(*((name, value) for name, each in values.items() for value in each))
    said = Labelled(role, "And then?", targets(role, pairs))
    found = layer_codes(layer_logits(said), CERTAIN, BY_ROLE[role])
    assert set(found) == set(values)
    for name, each in values.items():
        value = found[name].value
        heard = set(value) if isinstance(value, tuple) else {value} - {None}
        assert heard == ({"present"} if each and name in JOINED else each)


@pytest.fixture
def passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for reader, code in (("a", "hope"), ("b", "insight")):
        (tmp_path / reader).mkdir()
        text = f"# transcript 7 pass {reader} codebook 1\n1\t{code}\n"
        (tmp_path / reader / "7.txt").write_text(text)
    monkeypatch.setattr(layer, "LABELS", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("reader", "code"), [("a", "hope"), ("b", "insight")])
@pytest.mark.usefixtures("passes")
def test_a_session_gets_the_codes_of_the_pass_that_is_asked_for(reader: str, code: str) -> None:
    (session,) = with_layer([Example("7", tuple(lines("TC")))], reader=reader)
    assert yes(session.utterances[1].targets["heard"], HEARD) == {code}


@pytest.mark.usefixtures("passes")
def test_the_first_pass_is_learned_from() -> None:
    session = Example("7", tuple(lines("TC")))
    assert with_layer([session]) == with_layer([session], reader="a")


@pytest.mark.usefixtures("passes")
def test_a_session_without_a_file_was_read_by_nobody() -> None:
    unread = Example("8", tuple(lines("TC")))
    assert labels_of(unread) is None
    assert with_layer([unread]) == [unread]


@pytest.mark.usefixtures("passes")
def test_labels_that_do_not_fit_the_session_are_refused() -> None:
    with pytest.raises(LabelsError, match=r"7\.txt:2: code 1: hope is for the client"):
        labels_of(Example("7", tuple(lines("TT"))))
