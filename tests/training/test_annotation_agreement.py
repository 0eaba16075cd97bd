from __future__ import annotations

import math

import numpy as np
import pytest

from training.annotation.agreement import Line, Pair, lines, row
from training.annotation.expert import CHECKS, against_experts, counted
from training.annotation.kappa import agreement, bootstrap, kappa, tables
from training.annotation.labels import Codes, SessionLabels
from training.corpora import Example, Labelled

ROLES = ("therapist", "client") * 4


def labels(codes: dict[int, set[tuple[str, str]]], reader: str = "a") -> SessionLabels:
    frozen: dict[int, Codes] = {place: frozenset(said) for place, said in codes.items()}
    return SessionLabels("7", reader, "1", frozen)


def pair(first: dict[int, set[tuple[str, str]]], second: dict[int, set[tuple[str, str]]]) -> Pair:
    return Pair(ROLES, labels(first), labels(second, "b"))


def found(pairs: list[Pair]) -> dict[tuple[str, str], Line]:
    return {(line.code, line.value): line for line in lines(pairs, draws=50)}


def test_kappa_of_a_hand_example() -> None:
    # 50 cases, both yes 20, both no 15: raw .7, by chance .5, so κ is .4 (worked by hand)
    assert kappa(np.array([[20, 5], [10, 15]])) == pytest.approx(0.4)


def test_weighted_kappa_of_a_hand_example() -> None:
    # Every margin 2 of 6. Observed: two pairs one step apart, 2 · 1/4 = 0.5.
    # By chance 4/6 in each cell: 4 cells one step apart, 2 cells two: 4/6 · (4/4 + 2) = 2.
    table = np.array([[2, 0, 0], [0, 1, 1], [0, 1, 1]])
    assert kappa(table, weighted=True) == pytest.approx(1 - 0.5 / 2)
    assert kappa(table) == pytest.approx(1 - 2 / 4)


def test_weighting_makes_no_difference_between_yes_and_no() -> None:
    table = np.array([[31, 4], [2, 9]])
    assert kappa(table, weighted=True) == pytest.approx(kappa(table))


def test_kappa_cannot_be_said_where_only_one_value_was_given() -> None:
    assert math.isnan(kappa(np.array([[9, 0], [0, 0]])))
    one = agreement(np.array([[[9, 0], [0, 0]]]))
    assert (one.kappa, one.interval, one.positive, one.raw) == (None, None, None, 1.0)


def test_tables_are_counted_by_session() -> None:
    counts = tables(np.array([0, 1, 1]), np.array([0, 1, 0]), np.array([4, 4, 9]), 2)
    assert counts.tolist() == [[[1, 0], [0, 1]], [[0, 0], [1, 0]]]


def test_prevalence_raw_and_positive_agreement() -> None:
    one = agreement(np.array([[[20, 5], [10, 15]]]))
    assert (one.utterances, one.sessions) == (50, 1)
    assert one.first == pytest.approx(25 / 50)
    assert one.second == pytest.approx(20 / 50)
    assert one.raw == pytest.approx(0.7)
    assert one.positive == pytest.approx(2 * 15 / 45)


def test_the_interval_is_drawn_over_sessions_and_seeded() -> None:
    counts = np.array([[[20, 5], [10, 15]], [[30, 1], [1, 10]], [[8, 4], [4, 2]]])
    once, again = (bootstrap(counts, kappa, draws=200) for _ in range(2))
    assert once is not None
    assert once == again
    assert once[0] < kappa(counts.sum(0)) < once[1]
    assert bootstrap(counts[:1], kappa) is None


def test_every_utterance_of_the_role_counts_also_without_a_code() -> None:
    both = {0: {("paraphrase", "present")}}
    line = found([pair(both, both)])["paraphrase", ""]
    assert line.found.utterances == 4
    assert line.found.kappa == 1
    assert line.found.first == 0.25


def test_a_code_with_values_is_compared_as_a_whole_and_by_value() -> None:
    first = {0: {("suggestion", "with_permission")}}
    second = {0: {("suggestion", "without_permission")}}
    lines_ = found([pair(first, second)])
    assert lines_["suggestion", ""].found.kappa == 1
    assert lines_["suggestion", "with_permission"].found.kappa == 0


def test_levels_are_weighted_and_absence_is_zero() -> None:
    first = {0: {("exploration", "2")}, 2: {("exploration", "1")}}
    second = {0: {("exploration", "1")}, 2: {("exploration", "1")}}
    line = found([pair(first, second)])["exploration", "0–2, weighted"]
    # observed 1 · 1/4; by chance, counts (2,1,1) against (2,2,0) of 4:
    # one step apart (2·2 + 1·2 + 1·0 + 1·2)/4 = 2, two apart (2·0 + 1·2)/4 = 0.5
    assert line.found.kappa == pytest.approx(1 - 0.25 / (2 / 4 + 0.5))


def test_response_is_compared_where_both_heard_an_opening() -> None:
    opening = ("empathic_opportunity", "stated")
    first = {1: {opening, ("response", "met")}, 3: {opening, ("response", "ignored")}}
    second = {1: {opening, ("response", "met")}, 5: {opening, ("response", "ignored")}}
    assert found([pair(first, second)])["response", "which"].found.utterances == 1


def test_nothing_is_said_of_a_code_that_hardly_occurs() -> None:
    line = found([pair({0: {("summary", "present")}}, {})])["summary", ""]
    assert row(line).endswith("| too rare to say (0) |")


def test_codes_that_occur_nowhere_make_no_trouble() -> None:
    assert row(found([pair({}, {})])["response", "which"]).startswith("| `response` | which | n/a")


def session() -> Example:
    def said(reflects: float, behaviour: int, kind: tuple[float, ...] | None = None) -> Labelled:
        target = tuple(float(place == behaviour) for place in range(4))
        targets = {"behaviour": target, "present": (reflects, 0.0, float(kind is not None))}
        return Labelled("therapist", "", targets | ({"input": kind} if kind else {}))

    client = Labelled("client", "", {"talk": (0.0, 1.0, 0.0)})
    advice = (0.0, 1.0, 0.0, 0.0)
    return Example("7", (said(1, 0), client, said(0, 2, advice), client, said(1, 0), said(0, 3)))


def test_the_layer_is_compared_with_the_experts() -> None:
    ours = {"7": labels({0: {("paraphrase", "present")}, 2: {("suggestion", "with_permission")}})}
    sessions = {"7": session()}
    assert counted(CHECKS[0], ours, sessions).sum(0).tolist() == [[2, 1], [0, 1]]
    assert counted(CHECKS[2], ours, sessions).sum(0).tolist() == [[3, 0], [0, 1]]
    table = against_experts(ours, sessions, draws=20)
    assert "| gives back | reflection | 0.50 | 1.00 | 0.50 | 1 | 2 |" in table
