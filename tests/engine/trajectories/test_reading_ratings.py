"""Ratings from a table: whose they are, which session they belong to, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.instruments import load_instrument
from holdfast.instruments.rows import Row, Rows, TableError, read_rows
from holdfast.trajectories import Rating
from holdfast.trajectories.reading import Cases, read_cases

ITEMS = "goal,task,bond,understood,safe,not_judged,uncomfortable"
GAD7 = ",".join(f"q{n}" for n in range(1, 8))


def read(tmp_path: Path, *lines: str, default: str = "check-in", name: str = "a.csv") -> Cases:
    file = tmp_path / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_cases(read_rows(file), default=default)


def only(cases: Cases) -> tuple[Rating, ...]:
    """Return the ratings of the only course there is."""
    ((_, course),) = cases.cases[0].courses
    assert len(cases.cases) == 1
    return course.ratings


# Scores


def test_scores_become_a_course_in_the_order_of_the_sessions(tmp_path: Path) -> None:
    cases = read(tmp_path, "session,score", "3,7.5", "1,9", "2,8", "10,6")
    assert [(one.session, one.value) for one in only(cases)] == [(1, 9), (2, 8), (3, 7.5), (10, 6)]
    assert (cases.problems, cases.ignored) == ((), ())


@pytest.mark.parametrize("empty", ["", " ", "NA", "-", "null"])
def test_a_row_without_a_score_is_a_check_in_that_was_skipped(tmp_path: Path, empty: str) -> None:
    cases = read(tmp_path, "session,score", "1,9", f"2,{empty}", "3,8")
    assert [one.value for one in only(cases)] == [9, None, 8]
    assert cases.problems == ()


def test_a_session_without_a_row_was_not_asked_about_and_is_no_skipped_one(tmp_path: Path) -> None:
    assert [one.session for one in only(read(tmp_path, "session,score", "1,9", "4,8"))] == [1, 4]


@pytest.mark.parametrize("cell", ["11", "-0.1", "so sad", "inf", "1e999"])
def test_a_score_off_the_scale_is_named_and_counts_as_skipped(tmp_path: Path, cell: str) -> None:
    cases = read(tmp_path, "session,score", "1,9", f"2,{cell}", "3,8")
    assert [one.value for one in only(cases)] == [9, None, 8]
    assert [str(one) for one in cases.problems] == [
        "row 3, column score: expected a number from 0 to 10"
    ]


def test_a_decimal_comma_is_read(tmp_path: Path) -> None:
    assert only(read(tmp_path, "session;score", "1;8,5"))[0].value == 8.5


def test_json_reads_as_csv_does(tmp_path: Path) -> None:
    rows = [{"session": 1, "score": 9}, {"session": 2, "score": None}]
    assert only(read(tmp_path, json.dumps(rows), name="a.json")) == only(
        read(tmp_path, "session,score", "1,9", "2,")
    )


# The therapist's guess


def test_a_guess_stands_in_a_column_of_its_own(tmp_path: Path) -> None:
    cases = read(tmp_path, "session,score,guess", "1,8,9.5", "2,8,", "3,,7")
    assert [(one.value, one.guess) for one in only(cases)] == [(8, 9.5), (8, None), (None, 7)]
    assert cases.ignored == ()


def test_a_guess_may_be_a_row_of_the_therapists(tmp_path: Path) -> None:
    lines = ["session,respondent,score", "1,therapist,9", "1,client,8", "2,client,7"]
    assert [(one.value, one.guess) for one in only(read(tmp_path, *lines))] == [(8, 9), (7, None)]


def test_a_guess_about_a_session_that_nobody_rated_is_no_rating(tmp_path: Path) -> None:
    lines = ["session,respondent,score", "1,client,8", "2,therapist,9"]
    assert [one.session for one in only(read(tmp_path, *lines))] == [1]


def test_a_guess_off_the_scale_is_named(tmp_path: Path) -> None:
    cases = read(tmp_path, "session,score,guess", "1,8,so sad")
    assert only(cases)[0].guess is None
    assert str(cases.problems[0]) == "row 2, column guess: expected a number from 0 to 10"


# Answers


def test_answers_are_scored_first_and_the_lowest_is_kept(tmp_path: Path) -> None:
    ratings = only(
        read(tmp_path, f"session,{ITEMS}", "1,8,7,8,9,4,9,0", "2,,,,,,,", "3,8,8,,8,8,8,0")
    )
    assert [one.value for one in ratings] == [7.5, None, 8]
    assert [one.lowest_item for one in ratings] == [4, None, 8]


def test_an_answer_that_cannot_be_read_leaves_the_session_without_a_rating(tmp_path: Path) -> None:
    cases = read(tmp_path, f"session,{ITEMS}", "1,8,8,so sad,8,8,8,0", "2,8,8,8,8,8,8,0")
    assert [one.value for one in only(cases)] == [None, 8]
    assert str(cases.problems[0]).startswith("row 2, column bond: the answer is none of 0, 1, 2")
    assert "so sad" not in str(cases.problems)


def test_answers_that_somebody_must_see_are_kept_with_their_session(tmp_path: Path) -> None:
    lines = [f"session,respondent,{ITEMS}", "1,client,8,8,8,8,8,8,2", "2,therapist,8,8,8,8,8,8,2"]
    (case,) = read(tmp_path, *lines).cases
    assert [(session, flag.item) for session, flag in case.safety] == [(1, "uncomfortable")]


def test_what_somebody_must_see_does_not_need_a_score(tmp_path: Path) -> None:
    head = "session," + ",".join(f"q{n}" for n in range(1, 10))
    (case,) = read(tmp_path, head, "4,,,,,,,,,1", default="phq-9").cases
    assert [(session, flag.item) for session, flag in case.safety] == [(4, "q9")]
    assert case.courses[0][1].values == (None,)


def test_a_missing_column_is_named_with_the_instrument(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no column for q7 of GAD-7 was found"):
        read(tmp_path, "session," + GAD7.removesuffix(",q7"), "1,1,1,1,1,1,1", default="gad-7")


# Clients and instruments


def test_each_client_has_courses_of_their_own(tmp_path: Path) -> None:
    lines = ["client,session,score", "A,1,9", "B,1,4", "A,2,8", "B,2,5"]
    cases = read(tmp_path, *lines).cases
    assert {one.client: one.courses[0][1].values for one in cases} == {"A": (9, 8), "B": (4, 5)}
    assert all(one.courses[0][1].client == one.client for one in cases)


def test_each_instrument_has_a_course_of_its_own_on_its_scale(tmp_path: Path) -> None:
    lines = ["session,instrument,score", "1,phq-9,20", "1,,9", "2, PHQ-9 ,14", "2,check-in,8"]
    (case,) = read(tmp_path, *lines).cases
    found = {one.name: (course.values, course.highest) for one, course in case.courses}
    assert found == {"phq-9": ((20, 14), 27), "check-in": ((9, 8), 10)}
    assert [one.name for one, _ in case.about("alliance")] == ["check-in"]


def test_a_score_is_held_against_the_scale_of_its_own_instrument(tmp_path: Path) -> None:
    cases = read(tmp_path, "session,instrument,score", "1,check-in,20", "1,phq-9,20")
    assert [str(one) for one in cases.problems] == [
        "row 2, column score: expected a number from 0 to 10"
    ]


def test_an_instrument_that_is_not_there_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"row 3: There is no instrument 'ors'\. Known: "):
        read(tmp_path, "session,instrument,score", "1,phq-9,9", "1,ors,9")


def test_what_gives_no_number_is_refused_with_where_it_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, "session,instrument,score", "1,phq-9,9", "1,c-ssrs,0")
    assert str(refused.value).startswith("row 3: ")
    assert str(refused.value).endswith("read them with holdfast score.")


def test_columns_that_nobody_needs_are_named(tmp_path: Path) -> None:
    assert read(tmp_path, "session,weather,score", "1,rain,9").ignored == ("weather",)


# Sessions


def test_dates_are_counted_where_there_are_no_sessions(tmp_path: Path) -> None:
    lines = ["date,instrument,score", "2026-03-10,,8", "2026-03-03,,9", "2026-03-10,phq-9,12"]
    (case,) = read(tmp_path, *lines).cases
    found = {one.name: [(r.session, r.date) for r in c.ratings] for one, c in case.courses}
    assert found == {
        "check-in": [(1, "2026-03-03"), (2, "2026-03-10")],
        "phq-9": [(2, "2026-03-10")],
    }


def test_the_number_of_a_session_goes_before_its_date(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, "session,date,score", "2,2026-03-03,9", "5,2026-03-03,8"))
    assert [(one.session, one.date) for one in ratings] == [(2, "2026-03-03"), (5, "2026-03-03")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["score", "9"],
            "a.csv: there is no column for the session or the date. Its columns: score",
        ),
        (["session,score", "0,9"], "a.csv, row 2: session 0. Count sessions from 1."),
        (["session,score", "1,9", "1,8"], "a.csv, row 3: session 1 has two ratings of Check-in by"),
        (["date,score", "2026-03-03,9", "2026-03-03,8"], "row 3: session 1 has two ratings"),
        (["session,score", "1,9", ",8"], "a.csv, row 3: it has neither a session nor a date."),
        (
            ["session,date,score", "1,,9", ",2026-03-03,8"],
            "row 2: it has no date, and another row of this client has no session.",
        ),
        (
            ["session,respondent,score", "1,client,9", "1,therapist,8", "1,therapist,7"],
            "row 4: session 1 has two ratings of Check-in by the therapist. Keep one.",
        ),
    ],
)
def test_sessions_that_cannot_be_told_are_refused(
    tmp_path: Path, lines: list[str], said: str
) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, *lines)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        (
            "session,score",
            ["1,9", "after the funeral,8"],
            "a.csv, row 3, column session: expected the number of a session.",
        ),
        (
            "session,date,score",
            ["1,2026-03-03,9", "after the funeral,2026-03-10,8"],
            "a.csv, row 3, column session: expected the number of a session.",
        ),
        (
            "date,score",
            ["2026-03-03,9", "after the funeral,8"],
            "a.csv, row 3, column date: expected a date as YYYY-MM-DD.",
        ),
        (
            "session,respondent,score",
            ["1,client,9", "2,after the funeral,8"],
            "a.csv, row 3, column respondent: expected client or therapist.",
        ),
    ],
)
def test_a_row_of_which_nobody_knows_when_or_by_whom_is_refused_with_its_place(
    tmp_path: Path, head: str, rows: list[str], said: str
) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, head, *rows)
    assert str(refused.value) == said


def test_a_date_that_cannot_be_read_does_no_harm_beside_the_number_of_the_session(
    tmp_path: Path,
) -> None:
    cases = read(tmp_path, "session,date,score", "1,2026-03-03,9", "2,after the funeral,8")
    assert [(one.value, one.date) for one in only(cases)] == [(9, "2026-03-03"), (8, None)]
    assert [str(one) for one in cases.problems] == [
        "row 3, column date: expected a date as YYYY-MM-DD"
    ]


# What goes for all tables


def test_the_examples_are_read_whole() -> None:
    for file, name, sessions in ((RATINGS, "check-in", 14), (PHQ9_ANSWERS, "phq-9", 9)):
        cases = read_cases(read_rows(file), default=name)
        assert len(only(cases)) == sessions
        assert (cases.problems, cases.ignored) == ((), ())


CELLS = st.one_of(st.none(), st.integers(-2, 12), st.floats(), st.text(max_size=4))
WORDS = st.sampled_from(["", "A", "B", "client", "therapist", "check-in", "phq-9", "1", "2"])


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "client": WORDS,
                "session": st.one_of(st.integers(-1, 4), CELLS),
                "score": CELLS,
                "guess": CELLS,
                "respondent": WORDS,
                "instrument": WORDS,
            }
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_table_is_read_or_refused_and_its_cells_are_never_repeated(
    rows: list[dict[str, str | float | None]],
) -> None:
    told = [{**row, "guess": "zxq"} for row in rows]
    table = Rows("a.csv", tuple(rows[0]), tuple(Row(n, row) for n, row in enumerate(told, 2)))
    refused, cases = "", Cases((), (), ())
    try:
        cases = read_cases(table)
    except TableError as error:
        refused = str(error)
    assert "zxq" not in refused + str(cases.problems)
    for case in cases.cases:
        for instrument, course in case.courses:
            scale = load_instrument(instrument.name).scale()
            assert (course.lowest, course.highest) == (scale.lowest, scale.highest)
