"""The library: everything reads, words follow licences, and the golden cases come out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import holdfast.instruments
from holdfast.instruments import (
    Instrument,
    instrument_names,
    load_instrument,
    load_wording,
    load_wordings,
    loinc,
    score,
)
from holdfast.instruments.score import Score

LIBRARY = Path(holdfast.instruments.__file__).parent / "library"
NAMES = sorted(file.stem for file in LIBRARY.glob("*.toml"))
PHQ_FAMILY = ("phq-2", "phq-4", "phq-8")


def numbered(*answers: float) -> dict[str, float]:
    """Return answers to q1, q2 and so on."""
    return {f"q{place}": answer for place, answer in enumerate(answers, start=1)}


def scored(name: str, answers: dict[str, float]) -> Score:
    return score(load_instrument(name), answers)


def reached(result: Score, scale: str | None = None) -> set[str]:
    of = result.scales[0] if scale is None else result.scale(scale)
    return {one.name for one in of.cutoffs}


def codes(instrument: Instrument) -> Iterator[str]:
    yield from filter(None, [instrument.loinc])
    yield from filter(None, (one.loinc for one in instrument.items))
    yield from filter(None, (one.loinc for one in instrument.scales))


# What ships


def test_the_library_has_the_instruments_that_the_design_names() -> None:
    wanted = {
        *("phq-9", "phq-8", "phq-4", "phq-2", "gad-7", "gad-2", "pcl-5", "pc-ptsd-5", "who-5"),
        *("csi-16", "csi-4", "core-10", "c-ssrs", "c-nip", "check-in"),
    }
    assert wanted <= set(NAMES) <= set(instrument_names())


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_reads_and_is_named_as_its_file(name: str) -> None:
    assert load_instrument(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_words_are_there_exactly_where_the_licence_lets_us_ship_them(name: str) -> None:
    files = list((LIBRARY / "wording").glob(f"{name}.*"))
    if load_instrument(name).licence.words == "shipped":
        assert load_wording(name).language == "en"
    else:
        assert files == []


@pytest.mark.parametrize("name", NAMES)
def test_every_wording_reads_and_says_whose_words_it_has(name: str) -> None:
    for wording in load_wordings(name):
        assert wording.licence
        assert wording.source
        assert wording.url or wording.licence.startswith("CC0")


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_holds_no_words_of_its_items(name: str) -> None:
    definition = (LIBRARY / f"{name}.toml").read_text(encoding="utf-8").lower()
    for wording in load_wordings(name):
        for item, texts in wording.items:
            assert not [text for text in texts if text.lower() in definition], item


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("core-10", ["i have felt", "i made plans", "end my life", "to turn to", "able to cope"]),
        ("core-10", ["too much for me", "panic or terror", "despairing", "unwanted images"]),
        ("c-ssrs", ["you wished", "go to sleep", "killing yourself", "might do this"]),
        ("c-ssrs", ["intention of acting", "work out the details", "ever done anything"]),
    ],
)
def test_words_that_are_not_ours_to_ship_stand_in_no_definition(
    name: str, words: list[str]
) -> None:
    definition = (LIBRARY / f"{name}.toml").read_text(encoding="utf-8").lower()
    assert [one for one in words if one in definition] == []


def test_core_words_count_as_not_commercial_and_not_to_be_changed() -> None:
    assert "NC-ND" in load_instrument("core-10").licence.name


def test_scales_that_may_not_be_shipped_or_imitated_are_not_here() -> None:
    forbidden = {"ors", "srs", "oq-45", "bdi-ii", "bai", "hads"}
    assert not forbidden & set(NAMES)


def test_the_table_of_licences_names_every_instrument() -> None:
    table = (LIBRARY / "wording" / "LICENSES.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if load_instrument(name).title not in table] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_lowest_and_the_highest_answers_give_the_ends_of_every_scale(name: str) -> None:
    instrument = load_instrument(name)
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for item in instrument.items:
        if item.options is None:
            continue
        ends = sorted((item.options.values[0], item.options.values[-1]), key=item.counted)
        low[item.name], high[item.name] = ends
    for scale in instrument.scales:
        assert score(instrument, low).scale(scale.name).value == scale.lowest
        assert score(instrument, high).scale(scale.name).value == scale.highest


# Short forms


@pytest.mark.parametrize("name", PHQ_FAMILY)
def test_a_short_form_has_the_items_and_the_words_of_its_parent(name: str) -> None:
    parents = {
        item.loinc: (item, load_wording(parent).text(item.name))
        for parent in ("phq-9", "gad-7")
        for item in load_instrument(parent).items
    }
    for item in load_instrument(name).items:
        parent, text = parents[item.loinc]
        assert (item.options, item.safety) == (parent.options, parent.safety)
        assert load_wording(name).text(item.name) == text


def test_the_phq_8_lacks_the_item_on_self_harm_and_raises_no_alert() -> None:
    phq8 = load_instrument("phq-8")
    assert "44260-8" not in {one.loinc for one in phq8.items}
    assert scored("phq-8", numbered(*[3] * 8)).safety == ()


def test_the_csi_4_asks_four_items_of_the_csi_16_word_for_word() -> None:
    of = {"q1": "q1", "q2": "q5", "q3": "q7", "q4": "q10"}
    short, long = load_wording("csi-4"), load_wording("csi-16")
    assert [short.text(one) for one in of] == [long.text(one) for one in of.values()]
    for one, other in of.items():
        assert (
            load_instrument("csi-4").item(one).options
            == load_instrument("csi-16").item(other).options
        )


def test_the_phq_2_leads_to_the_phq_9_from_3_on_and_more_carefully_from_2_on() -> None:
    assert reached(scored("phq-2", numbered(1, 1))) == {"sensitive"}
    assert reached(scored("phq-2", numbered(1, 2))) == {"sensitive", "positive"}


def test_the_phq_4_has_a_half_for_anxiety_and_one_for_depression() -> None:
    result = scored("phq-4", numbered(3, 0, 1, 1))
    assert (result.total, result.scales[0].band) == (5, "mild")
    assert reached(result, "anxiety") == {"positive"}
    assert reached(result, "depression") == set()


# Depression and anxiety


def test_phq_9_all_1_is_9_and_mild_and_alerts_to_the_ninth_item() -> None:
    result = scored("phq-9", numbered(*[1] * 9))
    assert (result.total, result.scales[0].band) == (9, "mild")
    assert [(one.item, one.kind) for one in result.safety] == [("q9", "alert")]


def test_phq_9_alerts_at_a_total_of_1() -> None:
    result = scored("phq-9", numbered(*[0] * 8, 1))
    assert (result.total, result.scales[0].band) == (1, "minimal")
    assert [one.item for one in result.safety] == ["q9"]


def test_phq_9_fills_two_missing_answers_with_the_mean_of_the_others() -> None:
    result = scored("phq-9", numbered(*[2] * 7))
    assert result.total == 18
    assert result.scales[0].filled == ("q8", "q9")


def test_phq_9_has_no_score_with_three_missing_answers() -> None:
    result = scored("phq-9", numbered(*[2] * 6))
    assert result.total is None
    assert result.scales[0].missing is not None


def test_phq_9_caseness_is_10_as_the_official_rule_has_it_and_not_9() -> None:
    assert "caseness" not in reached(scored("phq-9", numbered(*[1] * 9)))
    assert "caseness" in reached(scored("phq-9", numbered(2, *[1] * 8)))


@pytest.mark.parametrize(
    ("total", "band"),
    [(4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate"), (15, "severe")],
)
def test_gad_7_bands_begin_at_5_10_and_15(total: int, band: str) -> None:
    answers = [min(3, max(0, total - 3 * place)) for place in range(7)]
    result = scored("gad-7", numbered(*answers))
    assert (result.total, result.scales[0].band) == (total, band)


def test_gad_7_caseness_begins_at_8() -> None:
    assert reached(scored("gad-7", numbered(*[1] * 7))) == set()
    assert reached(scored("gad-7", numbered(2, *[1] * 6))) == {"caseness"}


@pytest.mark.parametrize(
    ("name", "caseness", "points"), [("phq-9", 10, 6), ("gad-7", 8, 4), ("pcl-5", 32, 10)]
)
def test_the_nhs_rules_bear_the_names_that_are_looked_up(
    name: str, caseness: float, points: float
) -> None:
    scale = load_instrument(name).scale()
    assert scale.cutoff("caseness").at == caseness
    assert scale.cutoff("caseness").clinical
    assert scale.change("nhs").threshold == points


# Trauma

PATTERN = {"q3": 2, "q7": 2, "q8": 2, "q14": 2, "q15": 2, "q20": 2}


def pcl5(**answers: float) -> Score:
    none = dict.fromkeys(numbered(*[0] * 20), 0.0)
    return scored("pcl-5", {**none, **answers})


def test_pcl_5_pattern_holds_with_one_b_one_c_two_d_and_two_e() -> None:
    result = pcl5(**PATTERN)
    assert result.total == 12
    assert result.findings[0].holds is True


@pytest.mark.parametrize("item", PATTERN)
def test_pcl_5_pattern_fails_if_any_of_its_answers_is_a_little_bit(item: str) -> None:
    assert pcl5(**{**PATTERN, item: 1}).findings[0].holds is False


def test_pcl_5_pattern_fails_without_avoidance_at_any_total() -> None:
    result = scored("pcl-5", numbered(*[4] * 5, 0, 0, *[4] * 13))
    assert result.total == 72
    assert result.findings[0].holds is False


def test_pcl_5_pattern_is_no_diagnosis_and_says_so() -> None:
    (criterion,) = load_instrument("pcl-5").criteria
    assert "no diagnosis" in criterion.meaning


def test_pcl_5_clusters_add_up_to_the_total() -> None:
    result = scored("pcl-5", numbered(*[1] * 5, *[2] * 2, *[3] * 7, *[4] * 6))
    assert [result.scale(one).value for one in "bcde"] == [5, 4, 21, 24]
    assert result.total == 54


@pytest.mark.parametrize(
    ("total", "names"),
    [
        (28, {"end-state"}),
        (29, set()),
        (31, {"likely-31"}),
        (32, {"likely-31", "caseness"}),
        (33, {"likely-31", "caseness", "likely-33"}),
    ],
)
def test_pcl_5_shows_both_ends_of_the_published_cutoff(total: int, names: set[str]) -> None:
    answers = [min(4, max(0, total - 4 * place)) for place in range(20)]
    assert reached(scored("pcl-5", numbered(*answers))) == names


def test_pcl_5_has_no_bands_and_not_the_rule_of_5_points_that_is_widely_copied() -> None:
    scale = load_instrument("pcl-5").scale()
    assert scale.bands == ()
    reliable = {one.threshold for one in scale.changes if one.kind == "reliable"}
    meaningful = {one.threshold for one in scale.changes if one.kind == "meaningful"}
    assert (reliable, meaningful) == ({10, 15, 18}, {9, 12})


def test_pcl_5_risky_behaviour_is_a_note_from_quite_a_bit_on() -> None:
    assert pcl5(q16=2).safety == ()
    assert [(one.item, one.kind) for one in pcl5(q16=3).safety] == [("q16", "note")]


def test_pc_ptsd_5_is_0_without_a_trauma_and_asks_nothing_more() -> None:
    result = scored("pc-ptsd-5", {"trauma": 0})
    assert (result.total, result.asked) == (0, 0)


def test_pc_ptsd_5_has_no_score_while_the_gate_is_open() -> None:
    assert scored("pc-ptsd-5", {}).total is None
    assert scored("pc-ptsd-5", {"trauma": 1}).total is None


@pytest.mark.parametrize(
    ("yes", "names"),
    [(2, set()), (3, {"consider-for-women"}), (4, {"consider-for-women", "positive"})],
)
def test_pc_ptsd_5_counts_the_yes_and_does_not_count_the_gate(yes: int, names: set[str]) -> None:
    answers = {"trauma": 1, **numbered(*[1] * yes, *[0] * (5 - yes))}
    result = scored("pc-ptsd-5", answers)
    assert result.total == yes
    assert reached(result) == names


# Wellbeing, relationship, distress


@pytest.mark.parametrize(
    ("answers", "total", "names"),
    [
        ((3, 3, 2, 2, 2), 48, {"poor"}),
        ((3, 3, 3, 2, 2), 52, set()),
        ((2, 2, 1, 1, 1), 28, {"poor", "depression"}),
        ((2, 2, 2, 1, 1), 32, {"poor"}),
    ],
)
def test_who_5_is_the_raw_sum_times_4_and_poor_below_13_raw(
    answers: tuple[float, ...], total: float, names: set[str]
) -> None:
    result = scored("who-5", numbered(*answers))
    assert result.total == total
    assert reached(result) == names


@pytest.mark.parametrize(
    ("name", "items", "last"), [("csi-4", 4, 13), ("csi-16", 16, 51)], ids=["csi-4", "csi-16"]
)
def test_csi_is_distressed_below_the_published_half_point(name: str, items: int, last: int) -> None:
    def with_total(total: int) -> Score:
        return scored(name, numbered(*[min(5, max(0, total - 5 * one)) for one in range(items)]))

    assert with_total(last).total == last
    assert reached(with_total(last)) == {"distressed"}
    assert reached(with_total(last + 1)) == set()


def test_csi_16_gives_the_better_word_of_each_pair_the_higher_number() -> None:
    better = {left for _, (left, _) in load_wording("csi-16").sides}
    assert better == {"INTERESTING", "GOOD", "FULL", "STURDY", "HOPEFUL", "ENJOYABLE"}


def test_core_10_counts_its_two_positive_items_the_other_way_round() -> None:
    core = load_instrument("core-10")
    assert [one.name for one in core.items if one.reverse] == ["q2", "q3"]
    assert scored("core-10", numbered(*[0] * 10)).total == 8
    assert scored("core-10", numbered(0, 4, 4, *[0] * 7)).total == 0


def test_core_10_alerts_to_plans_for_suicide_at_any_total() -> None:
    result = scored("core-10", numbered(0, 4, 4, 0, 0, 1, 0, 0, 0, 0))
    assert (result.total, result.scales[0].band) == (1, "healthy or low")
    assert [(one.item, one.kind) for one in result.safety] == [("q6", "alert")]


@pytest.mark.parametrize(
    ("total", "band", "names"),
    [
        (10, "healthy or low", set()),
        (11, "mild", {"clinical"}),
        (13, "mild", {"clinical", "depression"}),
        (15, "moderate", {"clinical", "depression"}),
        (20, "moderate to severe", {"clinical", "depression"}),
        (25, "severe", {"clinical", "depression"}),
    ],
)
def test_core_10_bands_and_cutoffs(total: int, band: str, names: set[str]) -> None:
    answers = [min(4, max(0, total - 4 * place)) for place in range(10)]
    answers[1:3] = [4 - one for one in answers[1:3]]
    result = scored("core-10", numbered(*answers))
    assert (result.total, result.scales[0].band) == (total, band)
    assert reached(result) == names


def test_core_10_bears_one_missing_answer_and_not_two() -> None:
    nine = dict.fromkeys(numbered(*[2] * 9), 2.0)
    assert scored("core-10", nine).total == 20
    assert scored("core-10", {name: nine[name] for name in list(nine)[:8]}).total is None


def test_core_10_reliable_change_computed_agrees_with_the_published_one() -> None:
    scale = load_instrument("core-10").scale()
    assert scale.change("published").threshold == 6
    assert scale.change("jacobson-truax").threshold == pytest.approx(5.66, abs=0.01)


# Danger

NO: dict[str, float] = {"q1": 0, "q2": 0, "q6": 0}


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"q6": 1, "q6_recent": 1}, "high"),
        ({"q2": 1, "q3": 0, "q4": 1, "q5": 0}, "high"),
        ({"q2": 1, "q3": 0, "q4": 0, "q5": 1}, "high"),
        ({"q6": 1, "q6_recent": 0}, "moderate"),
        ({"q2": 1, "q3": 1, "q4": 0, "q5": 0}, "moderate"),
        ({"q2": 1, "q3": 0, "q4": 0, "q5": 0}, "low"),
        ({"q1": 1}, "low"),
        ({}, "none"),
    ],
)
def test_c_ssrs_level(answers: dict[str, float], level: str) -> None:
    result = scored("c-ssrs", {**NO, **answers})
    assert result.level is not None
    assert (result.level.name, result.level_missing) == (level, None)


def test_c_ssrs_with_no_thoughts_and_an_attempt_2_months_ago_is_high() -> None:
    result = scored("c-ssrs", {"q1": 0, "q2": 0, "q6": 1, "q6_recent": 1})
    assert result.level is not None
    assert result.level.name == "high"
    assert [one.item for one in result.safety] == ["q6", "q6_recent"]


def test_c_ssrs_says_that_it_may_be_worse_while_the_time_of_an_attempt_is_missing() -> None:
    result = scored("c-ssrs", {**NO, "q6": 1})
    assert result.level is not None
    assert result.level.name == "moderate"
    assert result.level_missing is not None


def test_c_ssrs_is_never_clear_while_an_answer_is_missing() -> None:
    assert scored("c-ssrs", {"q1": 0, "q2": 0}).level is None


def test_c_ssrs_has_no_total_and_every_yes_alerts() -> None:
    instrument = load_instrument("c-ssrs")
    assert instrument.scales == ()
    yes = {one.name: 1.0 for one in instrument.items}
    assert [(one.item, one.kind) for one in score(instrument, yes).safety] == [
        (name, "alert") for name in yes
    ]


def test_c_ssrs_skips_the_three_questions_on_thoughts_after_a_no() -> None:
    assert scored("c-ssrs", NO).asked == 3
    assert scored("c-ssrs", {**NO, "q2": 1}).asked == 6


# Preferences


@pytest.mark.parametrize(
    ("scale", "items", "high", "low"),
    [
        ("directiveness", range(1, 6), 8, -3),
        ("intensity", range(6, 11), 7, -1),
        ("past", range(11, 14), 3, -3),
        ("support", range(14, 19), 4, -4),
    ],
)
def test_c_nip_has_strong_preferences_on_both_sides(
    scale: str, items: range, high: int, low: int
) -> None:
    def with_sum(total: int) -> set[str]:
        answers = dict.fromkeys(numbered(*[0] * 18), 0.0)
        for item in items:
            answers[f"q{item}"] = max(-3, min(3, total))
            total -= int(answers[f"q{item}"])
        return reached(scored("c-nip", answers), scale)

    assert (len(with_sum(high)), with_sum(high - 1)) == (1, set())
    assert (len(with_sum(low)), with_sum(low + 1)) == (1, set())
    assert with_sum(high) != with_sum(low)


@pytest.mark.parametrize(
    ("item", "left"),
    [
        ("q1", "Focus on specific goals"),
        ("q10", "Focus mainly on my feelings"),
        ("q13", "Focus on my past"),
        ("q14", "Be gentle"),
        ("q16", "Not interrupt me"),
    ],
)
def test_c_nip_has_the_first_named_pole_on_the_left(item: str, left: str) -> None:
    assert dict(load_wording("c-nip").sides)[item][0] == left


def test_c_nip_calls_no_preference_better_than_another() -> None:
    assert load_instrument("c-nip").worse.value == "neither"


# LOINC


@pytest.mark.parametrize("name", NAMES)
def test_every_loinc_code_has_its_check_digit(name: str) -> None:
    instrument = load_instrument(name)
    assert [one for one in codes(instrument) if not loinc.is_valid(one)] == []
    for item in instrument.items:
        if item.options:
            assert all(loinc.is_answer(one) for one in item.options.loinc)


def test_the_codes_of_the_phq_9_difficulty_answers_do_not_ascend() -> None:
    options = load_instrument("phq-9").item("difficulty").options
    assert options is not None
    assert options.loinc == ("LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3")


def test_the_gad_7_score_has_another_code_than_its_panel() -> None:
    gad7 = load_instrument("gad-7")
    assert (gad7.loinc, gad7.scale().loinc) == ("69737-5", "70274-6")


@pytest.mark.parametrize("name", ["who-5", "core-10", "csi-4", "csi-16", "pc-ptsd-5", "c-nip"])
def test_instruments_without_a_confirmed_code_have_none(name: str) -> None:
    assert list(codes(load_instrument(name))) == []


def test_codes_of_the_c_ssrs_stand_in_no_other_instrument() -> None:
    its = set(codes(load_instrument("c-ssrs")))
    assert len(its) == 8
    for name in NAMES:
        if name != "c-ssrs":
            assert not its & set(codes(load_instrument(name)))
