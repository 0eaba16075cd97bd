"""The bridge: a session's stored findings as views for a page, the same as in the report."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from holdfast import analyze
from holdfast.examples import FIRST_SESSION
from holdfast.reports.html import render_html
from holdfast.reports.json import render_json
from holdfast.reports.record import Record
from holdfast_web.engine.findings import Findings, FindingsUnreadable
from tests.web.heard import also_heard

INLINE = re.compile(r"<script|<style|\sstyle=|\son\w+=|javascript:|href=|src=", re.IGNORECASE)


@pytest.fixture(scope="module")
def record() -> Record:
    return analyze(FIRST_SESSION, therapist="Dana", client="Lee")


@pytest.fixture(scope="module")
def data(record: Record) -> Any:
    return json.loads(render_json(record))


@pytest.fixture(scope="module")
def findings(data: Any) -> Findings:
    return Findings.of(data)


@pytest.fixture(scope="module")
def report(record: Record) -> str:
    return render_html(record)


def test_drawings_hold_no_style_script_or_address_of_their_own(findings: Findings) -> None:
    strips = [one.strip for one in findings.skills if one.strip]
    assert strips
    for drawing in (findings.picture, findings.legend, findings.numbers, *strips):
        assert not INLINE.search(drawing)


def test_the_drawings_are_those_of_the_report(findings: Findings, report: str) -> None:
    strips = [one.strip for one in findings.skills if one.strip]
    for drawing in (findings.picture, findings.legend, findings.numbers, *strips):
        assert drawing in report


def test_every_line_is_there_with_its_words(findings: Findings, data: Any) -> None:
    assert [one.text for one in findings.lines] == [one["text"] for one in data["utterances"]]
    assert {one.role for one in findings.lines} == {"therapist", "client"}
    assert findings.lines[0].clock == "0:06"
    assert findings.lines[0].anchor == "line-1"


def test_marks_say_what_was_heard_and_how_likely_it_is(findings: Findings, data: Any) -> None:
    mark = next(one for one in findings.lines[0].marks if one.code == "question")
    assert (mark.value, mark.words, mark.family) == ("open", "Open question", "question")
    assert mark.p == data["utterances"][0]["codes"]["question"]["p"]
    assert mark.percent.endswith("\u202f%")
    assert not mark.unsure


def test_every_mark_stands_on_a_code_of_its_line(findings: Findings, data: Any) -> None:
    for line in findings.lines:
        codes = data["utterances"][line.index]["codes"]
        for mark in line.marks:
            assert "by" in codes[mark.code] or mark.value == ""
            if mark.family not in ("opening", "missed") and mark.value:
                p = codes[mark.code]["p"]
                assert isinstance(p, list) or p == mark.p


def test_a_mark_that_too_little_speaks_for_says_so(data: Any) -> None:
    said = next(one["index"] for one in data["utterances"] if one["role"] == "therapist")
    heard = also_heard(data, said, paraphrase="present", validation=["affirming"])
    known = data["accuracy"]["reflection"]
    for accuracy, words in (
        ({}, {"Paraphrase (experimental)", "Validation: affirming (experimental)"}),
        ({"paraphrase": known}, {"Paraphrase", "Validation: affirming (experimental)"}),
    ):
        line = Findings.of(heard | {"accuracy": accuracy}).lines[said]
        assert words <= {one.words for one in line.marks}


def test_the_feeling_of_an_opening_is_named_only_where_enough_speaks_for_it(data: Any) -> None:
    opened = data["openings"][0]["index"]
    heard = also_heard(data, opened, feeling="sadness")
    known = data["accuracy"]["reflection"]
    for accuracy, named in (({}, False), ({"feeling": known}, True)):
        told = Findings.of(heard | {"accuracy": accuracy})
        assert ("of sadness" in told.openings[0].words) is named
        assert told.lines[opened].marks[0].words == told.openings[0].words


def test_a_line_on_which_the_coder_abstained_says_so(findings: Findings) -> None:
    unsure = [one for one in findings.lines if one.unsure]
    assert len(unsure) == findings.abstained_on > 0
    assert all(one.marks[-1].words == "the coder is unsure" for one in unsure)
    assert f"On {len(unsure)} lines the coder was not sure enough" in findings.about_lines


def test_filters_count_the_lines_they_leave(findings: Findings) -> None:
    assert {"Reflections", "Questions", "Unsure"} <= {one.words for one in findings.filters}
    for one in findings.filters:
        wanted = set(one.families.split())
        assert one.count == sum(
            bool(wanted & set(line.families.split())) for line in findings.lines
        )


def test_moments_say_why_and_hold_their_lines(findings: Findings, record: Record) -> None:
    assert [one.name for one in findings.moments] == ["kept", "missed", "reread"]
    for part in findings.moments:
        found = getattr(record.moments, part.name)
        assert [one.why for one in part.moments] == [one.why for one in found]
        assert part.moments or part.none or part.name == "reread"
        for moment in part.moments:
            assert moment.first.index == moment.focus[0]
            assert set(moment.focus) <= {line.index for line in moment.lines}


def test_openings_lead_to_their_answers(findings: Findings, record: Record) -> None:
    assert len(findings.openings) == len(record.openings) > 0
    for one in findings.openings:
        assert one.words.startswith("Opening")
        assert one.answer is None or one.answer.index > one.line.index
        assert one.line.marks[0].words == one.words


def test_skills_say_all_that_the_report_says(findings: Findings, report: str) -> None:
    headings = [one.heading for one in findings.skills]
    assert list(dict.fromkeys(headings)) == [
        h for i, h in enumerate(headings) if h not in headings[:i]
    ]
    for one in findings.skills:
        assert one.applicable or one.value.startswith("not ")
        assert one.accuracy
        assert one.references
    share = next(one for one in findings.skills if one.name == "open_question_share")
    assert share.interval
    assert share.stands_on.startswith("from ")
    for words in (share.title, share.value, share.stands_on, *share.references):
        assert words in report


def test_what_does_not_apply_is_said_and_is_never_0(data: Any) -> None:
    first = data["indicators"][0] | {"value": None, "missing": "not applicable: no times"}
    row = Findings.of(data | {"indicators": [first]}).skills[0]
    assert (row.number, row.value, row.stands_on) == (None, "not applicable", "no times")
    assert not row.applicable


def test_shares_of_the_talk_add_up(findings: Findings) -> None:
    assert [one.role for one in findings.shares] == ["client", "therapist"]
    assert [one.name for one in findings.shares] == ["Lee", "Dana"]
    assert sum(one.share for one in findings.shares) == pytest.approx(1)


def test_a_page_can_say_what_made_the_findings_and_what_they_cannot_tell(
    findings: Findings, record: Record
) -> None:
    assert findings.limits == record.limits
    assert dict(findings.versions)["Model"] == record.coded.model
    assert {"Model", "Codebook", "Holdfast"} == set(dict(findings.versions))


def test_of_words_that_are_not_english_nothing_is_drawn(data: Any) -> None:
    german = "Ich war so traurig und einsam, und niemand hat es gemerkt."
    said = [one | {"text": german, "codes": {}} for one in data["utterances"]]
    other = Findings.of(data | {"utterances": said, "openings": []})
    assert not other.english
    assert "don't look English" in other.not_english
    assert (other.picture, other.legend, other.numbers) == ("", "", "")


def test_words_of_the_session_never_become_markup(data: Any) -> None:
    bad = "<script>alert(1)</script>"
    said = [one | {"speaker": bad, "text": bad} for one in data["utterances"]]
    other = Findings.of(data | {"utterances": said})
    assert "<script" not in other.picture + other.numbers + other.legend
    assert not hasattr(other.lines[0].text, "__html__")


def test_unreadable_data_is_refused_without_its_words(data: Any) -> None:
    with pytest.raises(FindingsUnreadable, match="schema"):
        Findings.of({})
    with pytest.raises(FindingsUnreadable, match="lacks 'role'"):
        Findings.of(data | {"utterances": [{"index": 0}]})


def test_a_log_of_a_view_holds_no_word_of_the_session(findings: Findings) -> None:
    logged = repr((findings, findings.lines, findings.openings, findings.shares))
    assert all(one.text not in logged for one in findings.lines if len(one.text) > 20)
    assert "Dana" not in logged
