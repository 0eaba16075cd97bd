"""The page of ratings: whole, inert, alone on the machine, and without a verdict."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.instruments import Instrument, SafetyFlag, load_instrument
from holdfast.instruments.rows import read_rows
from holdfast.reports.trajectory.page import LIMITS, render_page
from holdfast.reports.trajectory.words import NO_SIGNALS, TOO_FEW, noticed
from holdfast.trajectories import Course, Rating
from holdfast.trajectories.expected import ExpectedCourse
from holdfast.trajectories.reading import Case, read_cases
from holdfast.trajectories.trajectory import CaseTrajectories, follow

from .read_page import HOSTILE, Page

CHECK_IN, PHQ9 = load_instrument("check-in"), load_instrument("phq-9")
USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)
VERDICTS = r"\b(grades?|graded|ranks?|ranked|ranking|percentile|worst|top \d+|fail\w*)\b"


def followed(
    *values: float | None, of: Instrument = CHECK_IN, client: str = ""
) -> CaseTrajectories:
    scale = of.scale()
    ratings = tuple(Rating(session, value) for session, value in enumerate(values, start=1))
    course = Course(client, ratings, scale.lowest, scale.highest)
    return follow(Case(client, ((of, course),)), expected=USUAL)


def page_of(*cases: CaseTrajectories, source: str = "ratings.csv") -> Page:
    return Page(render_page(cases, source))


def one_line(page: Page) -> str:
    return " ".join(page.words.split())


@pytest.fixture(scope="module")
def lee() -> tuple[CaseTrajectories, ...]:
    check_ins = follow(read_cases(read_rows(RATINGS)).cases[0])
    phq9 = follow(read_cases(read_rows(PHQ9_ANSWERS), default="phq-9").cases[0])
    return (
        replace(check_ins, client="Lee", trajectories=check_ins.trajectories + phq9.trajectories),
        replace(phq9, client="Kim"),
    )


@pytest.fixture(scope="module")
def written(lee: tuple[CaseTrajectories, ...]) -> str:
    return render_page(lee, "ratings.csv")


@pytest.fixture(scope="module")
def read(written: str) -> Page:
    return Page(written)


# Made well


def test_every_element_is_closed_in_order_and_ids_are_unique(read: Page) -> None:
    assert read.open == []
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_link_and_every_name_leads_to_a_place_on_the_page(read: Page) -> None:
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    assert {str(one["href"])[1:] for one in read.all("a")} <= ids
    named = {one["aria-labelledby"] for _, one in read.tags if one.get("aria-labelledby")}
    assert named <= ids


def test_headings_go_down_one_level_at_a_time(read: Page) -> None:
    levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_loads_nothing_sends_nothing_and_runs_nothing(written: str, read: Page) -> None:
    for name, attributes in read.tags:
        assert name not in (
            "script", "link", "img", "iframe", "object", "embed", "base", "form", "use",
        )  # fmt: skip
        assert not {"src", "srcset", "style", "action", "xlink:href"} & set(attributes)
        assert not [key for key in attributes if key.startswith("on")]
    assert all(str(one["href"]).startswith("#") for one in read.all("a"))
    assert not re.search(r"url\(|@import", written)


def test_the_policy_allows_this_style_alone(written: str, read: Page) -> None:
    (policy,) = [
        str(one["content"])
        for one in read.all("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall("<style>(.*?)</style>", written, flags=re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy


# Confidential


def test_its_title_tells_nothing_of_the_people_and_nothing_clinical(written: str) -> None:
    (title,) = re.findall("<title>(.*?)</title>", written)
    assert title == "Holdfast: ratings over time"


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_client_comes_out_inert(words: str) -> None:
    values = (9, 9, 8, 3, None)
    page = page_of(followed(*values, client=words), followed(*values, client=words), source=words)
    plain = page_of(followed(*values, client="A"), followed(*values, client="B"))
    assert [name for name, _ in page.tags] == [name for name, _ in plain.tags]
    assert [set(one) for _, one in page.tags] == [set(one) for _, one in plain.tags]
    assert page.words.count(words) == 4


@pytest.mark.parametrize("words", HOSTILE)
def test_the_words_of_a_hostile_definition_come_out_inert(words: str) -> None:
    """A practice may have been sent a definition by somebody else."""

    def case(said: str) -> CaseTrajectories:
        scale = PHQ9.scale()
        cutoffs = tuple(replace(one, title=said) for one in scale.cutoffs)
        changes = tuple(replace(one, title=said) for one in scale.changes)
        own = replace(
            PHQ9, title=said, measures=said, not_meaning=said, status="unvalidated",
            scales=(replace(scale, cutoffs=cutoffs, changes=changes),),
        )  # fmt: skip
        flagged = followed(17, 9, of=own, client="A")
        return replace(flagged, safety=((2, SafetyFlag("q9", 1, "alert", said)),))

    page, plain = page_of(case(words)), page_of(case("Calm words"))
    assert [name for name, _ in page.tags] == [name for name, _ in plain.tags]
    assert [set(one) for _, one in page.tags] == [set(one) for _, one in plain.tags]


@given(st.text(), st.text())
def test_any_name_of_a_client_or_a_file_stays_text(client: str, source: str) -> None:
    page = page_of(followed(9, 8, client=client), source=source)
    plain = page_of(followed(9, 8, client=client and "A"))
    assert [name for name, _ in page.tags] == [name for name, _ in plain.tags]


def test_an_open_line_of_a_check_in_is_not_on_the_page(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("note") / "a.csv"
    items = "goal,task,bond,understood,safe,not_judged,uncomfortable,note"
    rows = [f"{n},8,8,8,8,8,8,0,My brother drowned." for n in (1, 2)]
    file.write_text("\n".join([f"session,{items}", *rows]) + "\n", encoding="utf-8")
    written = render_page([follow(read_cases(read_rows(file)).cases[0])], file.name)
    assert "drowned" not in written


# What it says


def test_answers_that_somebody_must_see_stand_above_every_picture(written: str) -> None:
    first = written.index("Please look at these answers first")
    assert first < written.index("<svg")
    assert written.index("Thoughts of being better off dead") > first


def test_beside_each_picture_stands_a_table_with_its_numbers(
    read: Page, lee: tuple[CaseTrajectories, ...]
) -> None:
    courses = [one.course for case in lee for one in case.trajectories]
    pictures = [one for one in read.all("svg") if one.get("class") == "course"]
    assert len(pictures) == len(read.all("table")) == len(courses) == 3
    assert all("in the table below" in str(one["aria-label"]) for one in pictures)
    assert all(one["role"] == "img" for one in pictures)
    rows = [one for one in read.all("th") if one.get("scope") == "row"]
    assert len(rows) == sum(map(len, courses))


def test_the_table_has_every_number_of_the_picture() -> None:
    ratings = (Rating(1, 8, 4, 9.5, "2026-03-03"), Rating(2, None), Rating(3, 49 / 6))
    case = follow(Case("A", ((CHECK_IN, Course("A", ratings)),)))
    written = render_page([case])
    cells = re.findall("<t[hd][^>]*>([^<]*)</t[hd]>", written)
    assert cells == [
        "Session", "Date", "Rating", "Lowest answer", "Therapist&#x27;s guess",
        "1", "2026-03-03", "8", "4", "9.5",
        "2", "", "skipped", "", "",
        "3", "", "8.2", "", "",
    ]  # fmt: skip


def test_the_expected_band_is_drawn_named_and_in_the_table() -> None:
    written = render_page([followed(15, 14, 13, of=PHQ9)])
    page = Page(written)
    assert [one for one in page.all("polygon") if one.get("class") == "band"]
    assert "where eight in ten lie here after such a start" in page.words
    band = USUAL.band(15, 2)
    assert f"<td>{band.low:.1f} to {band.high:.1f}</td>" in written
    assert "eight in ten" not in page_of(followed(9, 9)).words


def test_change_is_said_in_whole_words_and_rounded_numbers() -> None:
    words = one_line(page_of(followed(16 + 2 / 7, 9 + 1 / 8, of=PHQ9)))
    assert "From 16.3 to 9.1: 7.2 points better." in words
    assert "Reliable change, NHS Talking Therapies: better by 6 points or more." in words
    assert "285714" not in words


def test_what_an_instrument_does_not_say_goes_on_in_small_letters(read: Page) -> None:
    words = one_line(read)
    assert "What it does not say: a validated measure of the alliance" in words
    assert "What it does not say: a diagnosis" in words
    assert not re.search(r"(does not (say|mean)): (A|The|That|Not|It|How)\b", words)


def test_what_nobody_has_validated_says_so() -> None:
    assert "Unvalidated: nobody has studied yet" in page_of(followed(9, 9)).words
    assert "Unvalidated" not in page_of(followed(9, 9, of=PHQ9)).words


@pytest.mark.parametrize("values", [(), (9,), (None,)])
def test_where_there_is_too_little_to_say_it_says_so(values: tuple[float | None, ...]) -> None:
    page = page_of(followed(*values))
    assert TOO_FEW in page.words
    assert NO_SIGNALS not in page.words
    assert not [one for one in page.tags if "card" in str(one[1].get("class"))]
    assert page.open == []


def test_where_nothing_stands_out_it_does_not_say_that_all_is_well() -> None:
    words = page_of(followed(8, 8, 8)).words
    assert NO_SIGNALS in words
    assert "That does not say that all is well: ask." in words


def test_without_any_rating_the_picture_says_so() -> None:
    (picture,) = [one for one in page_of(followed()).all("svg") if one.get("class") == "course"]
    assert picture["aria-label"] == "Check-in: no ratings yet."


def test_a_guess_is_compared_from_the_second_on_with_its_interval() -> None:
    def words(*guesses: float | None) -> str:
        ratings = tuple(Rating(n, 8, guess=guess) for n, guess in enumerate(guesses, 1))
        return one_line(page_of(follow(Case("A", ((CHECK_IN, Course("A", ratings)),)))))

    assert "on average" not in words(9)
    assert "Over 2 sessions the therapist's guesses were 0.5 points higher" in words(8, 9)
    assert "They may as well lie level: the interval holds 0." in words(8, 9)
    assert "1.0 points lower" in words(7, 7, 7)
    assert "may as well lie level" not in words(7, 7, 7)


# Cards


def test_each_signal_has_its_card_with_everything_on_it(
    read: Page, lee: tuple[CaseTrajectories, ...]
) -> None:
    words = one_line(read)
    for trajectory in (one for case in lee for one in case.trajectories):
        for each in noticed(trajectory):
            card = each.card
            said = (
                card.title, each.signals[-1].reason, *card.may_mean, *card.consider, *card.avoid,
                *(f"“{one}”" for one in card.say), card.supervision, card.client, card.safety,
            )  # fmt: skip
            for one in (*said, *(source.cite for source in card.sources)):
                assert " ".join(one.split()) in words


def test_the_first_card_is_open_and_what_calls_for_attention_comes_first(read: Page) -> None:
    cards = [one for one in read.all("details") if str(one.get("class", "")).startswith("card")]
    assert "open" in cards[0]
    assert cards[0]["class"] == "card alert"
    assert [("open" in one) for one in cards].count(True) == 3


def test_safety_comes_before_what_to_consider_where_somebody_got_worse() -> None:
    written = render_page([followed(5, 12, of=PHQ9)])
    assert written.index("Safety comes first") < written.index("What you might do")


def test_numbers_on_the_picture_lead_to_the_notes_below() -> None:
    page = Page(render_page([followed(9, 9, 8, 3, 4)]))
    flags = [one for one in page.all("text") if one.get("class") == "flag"]
    assert len(flags) >= 2
    assert "note-0-0-1" in {one.get("id") for _, one in page.tags}


def test_limits_are_said_and_no_grade_is_given(read: Page) -> None:
    for one in LIMITS:
        assert one in read.words
    assert not re.findall(VERDICTS, one_line(read), flags=re.IGNORECASE)


def test_clients_are_linked_only_where_there_are_several(read: Page) -> None:
    assert len(read.all("nav")) == 1
    assert page_of(followed(9, 8, client="A")).all("nav") == []


def test_a_page_without_clients_is_whole() -> None:
    page = page_of()
    assert page.open == []
    assert LIMITS[0] in page.words


# The picture


@given(st.lists(st.one_of(st.none(), st.floats(0, 10)), max_size=40), st.integers(1, 400))
def test_everything_is_drawn_inside_the_picture(values: list[float | None], first: int) -> None:
    ratings = tuple(
        Rating(session, value, guess=value) for session, value in enumerate(values, first)
    )
    page = page_of(follow(Case("A", ((CHECK_IN, Course("A", ratings)),))))
    (picture,) = [one for one in page.all("svg") if one.get("class") == "course"]
    _, _, width, height = map(float, str(picture["viewbox"]).split())
    for name, one in page.tags:
        if name == "circle" and one.get("class") in ("full", "open") and one["r"] in ("5", "5.5"):
            assert 0 <= float(str(one["cx"])) <= width
            assert 0 <= float(str(one["cy"])) <= height


def test_the_line_is_broken_where_a_check_in_was_skipped() -> None:
    page = page_of(followed(9, 8, None, 8, 9, None, 9))
    lines = [one for one in page.all("polyline") if one.get("class") == "rated"]
    assert len(lines) == 2
    assert page.words.count("skipped") == 4


def test_a_drop_is_drawn_until_it_was_back() -> None:
    assert "back at session 6" in page_of(followed(9, 9, 9, 3, 4, 9)).words
    assert "not back yet" in page_of(followed(9, 9, 9, 3, 4, 3)).words
