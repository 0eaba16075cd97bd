"""The page: complete, inert, alone on the machine, and without a verdict."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.codes import Code
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.html import render_html
from holdfast.reports.page.markup import Markup, tag, text
from holdfast.reports.record import NOT_ENGLISH, Record, make_record

from .read_page import HOSTILE, Page

VERDICTS = r"\b(grades?|graded|ranks?|ranked|ranking|percentile|best|worst|better than|top \d+)\b"
ALLIANCE = r"alliance|relationship score|score"


@pytest.fixture(scope="module")
def page(first_record: Record) -> str:
    return render_html(first_record)


@pytest.fixture(scope="module")
def read(page: str) -> Page:
    return Page(page)


def test_every_element_is_closed_in_order(read: Page) -> None:
    assert read.open == []


def test_every_line_of_the_session_is_on_the_page(read: Page, first_record: Record) -> None:
    anchors = {attributes.get("id") for attributes in read.all("li")}
    for utterance in first_record.coded.session.utterances:
        assert f"line-{utterance.index + 1}" in anchors
        assert utterance.text in read.words or utterance.index in {
            opening.index for opening in first_record.openings
        }


def test_moments_jump_to_their_lines(read: Page) -> None:
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    targets = {attributes["href"][1:] for attributes in read.all("a")}
    assert "line-26" in targets
    assert targets <= ids


def test_ids_are_unique(read: Page) -> None:
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_policy_allows_this_script_and_this_style_alone(page: str, read: Page) -> None:
    (policy,) = [
        attributes["content"]
        for attributes in read.all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        (inside,) = re.findall(f"<{name}>(.*?)</{name}>", page, flags=re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere(page: str, read: Page) -> None:
    for name, attributes in read.tags:
        assert name not in ("link", "img", "iframe", "object", "embed", "base", "form", "use")
        assert not {"src", "srcset", "style", "action", "xlink:href"} & set(attributes)
        assert not [key for key in attributes if key.startswith("on")]
    assert all(attributes["href"].startswith("#") for attributes in read.all("a"))
    assert not re.search(r"url\(|@import|https?://", page)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_and_words_come_out_inert(make: Any, words: str) -> None:
    session = make.conversation(("Dana", words), (words, f"I said {words} to her."), start=0.0)
    coded = make.coded(session)
    page = render_html(make_record(coded))
    harmless = make.coded(make.conversation(("Dana", "a"), ("b", "c"), start=0.0))
    read, plain = Page(page), Page(render_html(make_record(harmless)))
    assert [name for name, _ in read.tags] == [name for name, _ in plain.tags]
    assert words in read.words


@given(st.text())
def test_any_text_stays_text(words: str) -> None:
    read = Page(tag("p", words, title=words))
    assert [name for name, _ in read.tags] == ["p"]
    assert set(read.tags[0][1]) == {"title"}


@given(st.text())
def test_any_text_can_be_written_as_utf_8(words: str) -> None:
    assert text(words + "\ud800\x00").encode().decode() == text(words + "\ufffd\ufffd")


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "<")) == "<p><b>&lt;</b></p>"
    assert isinstance(tag("p"), Markup)


def test_the_page_gives_no_grade_and_no_rank(read: Page, first_record: Record) -> None:
    words = read.words
    for utterance in first_record.coded.session.utterances:
        words = words.replace(utterance.text, "")
    assert len(words) < len(read.words)
    assert not re.findall(VERDICTS, words, flags=re.IGNORECASE)
    assert not re.findall(ALLIANCE, words, flags=re.IGNORECASE)


def test_its_title_tells_nothing_of_the_people(page: str) -> None:
    (title,) = re.findall("<title>(.*?)</title>", page.partition("</head>")[0])
    assert not re.search("Dana|Lee|first|vtt", title)


def test_an_empty_session_says_so_plainly(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Hello."), ("Lee", "Hello.")))
    words = Page(render_html(make_record(coded))).words
    assert "No reflection followed a feeling closely enough" in words
    assert "No opening was found" in words
    assert "Worth rereading" not in words


def test_an_indicator_without_a_value_says_why(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Hello."), ("Lee", "Hello.")))
    missing = "not enough talk: 3 reflections, at least 5 are needed"
    few = make.referenced(value=None, n=3, interval=None, missing=missing)
    words = Page(render_html(make_record(coded, [few]))).words
    assert "not enough talk" in words
    assert "3 reflections, at least 5 are needed" in words


def test_each_skill_shows_its_count_interval_reference_and_accuracy(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Hello."), ("Lee", "Hello.")))
    record = make_record(coded, [make.referenced()], make.card())
    words = Page(render_html(record)).words.replace("\u202f", " ").replace("\xa0", " ")
    for expected in (
        "46 %",
        "95 % interval: 33 to 58 %",
        "from 37 reflections",
        "The middle half of 110 good: 34 to 61 %, of 23 poor: 10 to 40 %.",
        "MITI 4.2.1, fair: 40 %; MITI 4.2.1, good: 50 %",
        "made for motivational interviewing",
        "The coder finds 61 % of what people mark; 66 % of its marks are right.",
        "That complex is better.",
    ):
        assert expected in words


def test_each_part_of_what_stood_out_says_how_sure_it_is(first_record: Record) -> None:
    page = render_html(first_record)
    part = page[page.index("What stood out") : page.index("The session over time")]
    for code in ("reflection", "empathic_opportunity", "withdrawal"):
        assert first_record.accuracy[code].sentence in part


def test_codes_that_the_coder_is_unsure_of_are_left_out_and_counted(
    first_record: Record, read: Page
) -> None:
    line = re.search(r'<li id="line-32".*?</li></ul></li>', render_html(first_record))
    assert line is not None
    assert "the coder is unsure" in line.group()
    assert "On 3 lines the coder was not sure enough" in read.words


def test_a_session_without_times_is_laid_out_by_its_lines(make: Any) -> None:
    said = [("Dana", "And then?"), ("Lee", "Then I went home.")] * 30
    words = Page(render_html(make_record(make.coded(make.conversation(*said))))).words
    assert "line number" in words
    assert "1 to 10" in words


def test_a_speaker_without_a_name_is_named_by_the_role(make: Any) -> None:
    session = make.conversation(("Dana", "Hello."), (None, "Hm."))
    words = Page(render_html(make_record(make.coded(session)))).words
    assert "Unknown speaker" in words


def test_filtering_waits_for_the_script(read: Page) -> None:
    (controls,) = [one for _, one in read.tags if one.get("id") == "controls"]
    assert "hidden" in controls


def test_headings_go_down_one_level_at_a_time(read: Page) -> None:
    levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_length_is_counted_from_the_first_time(make: Any) -> None:
    session = make.conversation(*((("Dana", "Hello."), ("Lee", "Hello.")) * 10), start=3600.0)
    assert "1:19 long" in Page(render_html(make_record(make.coded(session)))).words


def test_what_was_noticed_stands_before_what_stood_out(make: Any) -> None:
    session = make.conversation(("Dana", "Hello."), (None, "Hm."), ("Lee", "Hello."))
    noted = replace(session, notes=("Line 3 was mended <here>.",))
    words = Page(render_html(make_record(make.coded(noted)))).words
    top = words[: words.index("Worth keeping")]
    assert "Line 3 was mended <here>." in top
    assert "1 utterance was not coded" in top


def test_an_opening_without_an_answer_is_not_said_to_be_answered(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Hello."), ("Lee", "I was so lonely.")))
    alone = [Opening(1, "stated", None, None)]
    words = Page(render_html(make_record(coded, openings=alone))).words
    assert "No opening is known to have been passed over: 1 has no answer" in words
    unclear = [Opening(1, "stated", 0, Response.UNCLEAR)]
    assert "1 is unclear." in Page(render_html(make_record(coded, openings=unclear))).words


def test_another_language_is_named_first_and_nothing_of_it_is_shown(make: Any) -> None:
    said = "Ich war so traurig und einsam, und niemand hat es gemerkt. " * 5
    coded = make.coded(
        make.conversation(("Dana", said), ("Lee", said)),
        reflection={0: Code("reflection", "complex", 0.9)},
        emotions={1: Code("emotions", ("sadness",), (0.9,))},
    )
    page = render_html(make_record(coded))
    read = Page(page)
    body = Page(page.partition("<header>")[2].partition("</header>")[0])
    assert body.words.startswith(NOT_ENGLISH)
    assert read.open == []
    assert "omplex reflection" not in read.words
    assert "Sadness" not in read.words
    targets = {one["href"][1:] for one in read.all("a")}
    assert targets <= {one["id"] for _, one in read.tags if "id" in one}


def test_english_is_not_taken_for_another_language(read: Page) -> None:
    assert NOT_ENGLISH not in read.words


def test_how_sure_it_is_names_what_it_was_measured_on(first_record: Record, read: Page) -> None:
    words = " ".join(read.words.split())
    assert "unseen Reddit comments" in first_record.accuracy["emotions"].sentence
    assert "one reader judged matches" in words
    assert "feelings, on Reddit comments" in words


def test_matches_of_rules_say_where_one_reader_read_them(first_record: Record) -> None:
    accuracy = first_record.accuracy
    assert "one reader read in counselling demonstrations" in accuracy["judging"].sentence
    assert "one reader read in emotional-support chats" in accuracy["asking_for_feedback"].sentence
    assert not any("a person" in one.sentence for one in accuracy.values())
