"""How far the coder and the people agree: one's own sessions, the practice's, and the file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.correcting import correct_code, read_through
from holdfast_web.analysis.corrected import Own, from_kept, tally, tally_blind, to_keep
from holdfast_web.analysis.models import Analysis, ReadThrough, Tally
from holdfast_web.analysis.queries.agreement import own_accuracy, own_agreement, practice_agreement
from holdfast_web.audit.models import Event
from holdfast_web.engine.agreement import compare, own_words
from holdfast_web.engine.codes import Heard, Uttered, all_choices, choices_for
from holdfast_web.lib.refusals import Refused
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.heard import also_heard
from tests.web.transcripts import TALK, analysed, brought, vtt

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
MINE, PRACTICE, FILE = "/my/coder/", "/practice/coder/", "/my/coder/corrections.jsonl"


@pytest.fixture
def read(cast: Cast) -> Analysis:
    rows = Analysis.objects.for_the_practice(WHY).select_related("transcript__client")
    found: Analysis = rows.get(pk=analysed(cast).pk)
    return found


def read_all(cast: Cast, read: Analysis) -> None:
    told: dict[str, Any] = {"by": cast.therapist, "transcript": read.transcript}
    read_through(**told, analysis_id=read.pk, first=0, last=len(TALK) - 1)


def say(cast: Cast, read: Analysis, utterance: int, code: str, label: str) -> None:
    told: dict[str, Any] = {"by": cast.therapist, "transcript": read.transcript}
    correct_code(**told, analysis_id=read.pk, utterance=utterance, code=code, label=label)


def line(index: int = 0, *, own: bool = False, **heard: Any) -> Uttered:
    codes = {name: Heard(value, None, unsure=own) for name, value in heard.items()}
    return Uttered(index, "therapist", "Tessa", "Words.", codes)


def counted(lines: list[Uttered], own: Own | None = None) -> dict[str, Any]:
    return tally(lines, range(len(lines)), own or {})


def many(session: dict[tuple[Any, Any], int], sessions: int = 5) -> list[dict[str, Any]]:
    return [{"question": Counter(session)}] * sessions


def test_what_was_left_unchanged_counts_as_right() -> None:
    assert counted([line(question="open")]) == {"question": Counter({("open", "open"): 1})}


def test_what_was_changed_counts_as_the_person_said() -> None:
    found = counted([line(question="open")], {(0, "question"): None})
    assert found == {"question": Counter({("open", None): 1})}


def test_a_guess_that_the_coder_left_open_is_not_confirmed_by_reading_on() -> None:
    assert counted([line(own=True, question="open")]) == {"question": Counter({("?", "?"): 1})}
    answered = counted([line(own=True, question="open")], {(0, "question"): "closed"})
    assert answered == {"question": Counter({("?", "closed"): 1})}


def test_a_main_behaviour_that_was_changed_leaves_its_kinds_open() -> None:
    heard = line(behaviour="reflection", reflection="simple", question=None, input=None)
    found = counted([heard], {(0, "behaviour"): "question"})
    assert found["behaviour"] == {("reflection", "question"): 1}
    assert found["reflection"] == {("simple", "?"): 1}
    assert found["question"] == {(None, "?"): 1}
    assert found["input"] == {(None, None): 1}
    said = {(0, "behaviour"): "question", (0, "question"): "open"}
    assert counted([heard], said)["question"] == {(None, "open"): 1}


def test_coded_blind_only_what_was_given_is_there() -> None:
    heard = line(behaviour="reflection", reflection="simple", question=None, encourager="present")
    found = tally_blind([heard], {0: {(0, "behaviour"): "question"}})
    assert found["behaviour"] == {("reflection", "question"): 1}
    assert found["reflection"] == {("simple", None): 1}
    assert found["question"] == {(None, "?"): 1}
    assert found["encourager"] == {("present", None): 1}


def test_what_is_still_experimental_counts_once_something_was_said_of_it() -> None:
    heard = [line(0, question="open", summary="present"), line(1, summary=None)]
    assert set(counted(heard)) == {"question"}
    found = counted(heard, {(0, "summary"): None})
    assert found["summary"] == {("present", None): 1, (None, None): 1}


def test_coded_blind_it_counts_no_sooner() -> None:
    heard = [line(0, question="open", hope=None), line(1, question=None, hope="present")]
    asked: Own = {(0, "question"): "open", (1, "question"): None}
    assert set(tally_blind(heard, dict.fromkeys((0, 1), asked))) == {"question"}
    said = {**asked, (0, "hope"): "present"}
    found = tally_blind(heard, dict.fromkeys((0, 1), said))
    assert found["hope"] == {(None, "present"): 1, ("present", None): 1}


@given(
    st.dictionaries(
        st.sampled_from(["talk", "emotions"]),
        st.dictionaries(
            st.tuples(
                st.sampled_from([None, "a", "?", ("a", "b"), ()]),
                st.sampled_from([None, "a", "?", ("a", "b"), ()]),
            ),
            st.integers(1, 99),
        ).map(Counter),
    )
)
def test_counts_come_back_as_they_were_kept(counts: Any) -> None:
    assert from_kept(json.loads(json.dumps(to_keep(counts)))) == counts


def test_a_worked_example() -> None:
    """By hand, over 5 sessions: po = 175/250, κ = (.7 − .5) / .5; 100 of 125 marks stand."""
    session = {("open", "open"): 20, ("open", None): 5, (None, "open"): 10, (None, None): 15}
    (found,) = compare(many(session))
    assert (found.kappa, found.alike, found.found.lines) == ("0.40", "70\u202f%", 250)
    assert found.interval == "0.40 to 0.40"
    assert (found.whole.right_in_words, found.whole.right.of) == ("80\u202f%", 125)
    assert (found.whole.found_in_words, found.whole.found.of) == ("67\u202f%", 150)


def test_feelings_are_each_counted_and_agree_only_all_together() -> None:
    session = {(("joy", "relief"), ("joy",)): 10, ((), ()): 20, ((), ("anger",)): 10}
    (found,) = compare([{"emotions": Counter(session)}] * 5)
    assert found.alike == "50\u202f%"
    assert (found.whole.right.value, found.whole.right.of) == (0.5, 100)
    assert [(one.title, one.right.value) for one in found.labels] == [
        ("Anger", None), ("Joy", 1.0), ("Relief", 0.0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sessions", "lines", "told"),
    [
        (5, 12, "Too little to say: 60 of 100 lines."),
        (4, 100, "Too little to say: 4 of 5 sessions."),
    ],
)
def test_too_little_says_so_and_shows_no_number(sessions: int, lines: int, told: str) -> None:
    (found,) = compare(many({("open", "open"): lines}, sessions))
    assert (found.too_little, found.kappa, found.alike) == (told, "", "")


def test_what_was_coded_blind_counts_before_what_was_read() -> None:
    read = many({("open", "open"): 10, (None, None): 40})
    blind = many({("open", "open"): 5, ("open", None): 5, (None, None): 40})
    told = own_words(read, blind)["questions"]
    assert told.startswith("In this practice 50\u202f% of 50 marks were right")
    assert told.endswith("before they saw the coder’s codes.")


@pytest.mark.parametrize(("marks", "where"), [(0, "no line"), (1, "5 lines")])
def test_a_code_on_hardly_any_line_is_too_rare(marks: int, where: str) -> None:
    (found,) = compare(many({(None, None): 50, ("open", "open"): marks}))
    told = f"Too rare to say: marked on {where} of {250 + 5 * marks} in all."
    assert (found.too_little, found.kappa, found.alike) == (told, "", "")


def test_a_line_that_always_has_a_label_is_right_only_with_the_right_one() -> None:
    session = {("question", "question"): 30, ("question", "input"): 10}
    (found,) = compare([{"behaviour": Counter(session)}] * 5)
    assert (found.whole.right_in_words, found.present.right_in_words) == ("75\u202f%", "100\u202f%")


def test_the_accuracy_becomes_the_practices_own_once_there_is_enough() -> None:
    right = {("open", "open"): 9, ("open", None): 1, (None, None): 40}
    told = own_words(many(right))
    assert told["questions"].startswith("In this practice 90\u202f% of 50 marks were right")
    assert "open_question_share" in told
    assert "reflections" not in told
    assert own_words(many(right, 4)) == {}
    assert own_words(many({("open", "open"): 5})) == {}


def test_every_code_can_be_given_at_a_line_of_its_speaker_and_no_other() -> None:
    names = {one.name for role in ("therapist", "client") for one in choices_for(role)}
    assert names == set(all_choices())
    assert choices_for("other") == ()


def test_reading_a_session_fills_the_page(cast: Cast, sign_in: SignIn, read: Analysis) -> None:
    browser = sign_in(cast.therapist)
    assert "You haven’t read a session" in browser.get(MINE).content.decode()
    read_all(cast, read)
    page = browser.get(MINE).content.decode()
    assert f"{len(TALK)} lines of 1 session." in page
    assert "Too little to say: 7 of 100 lines, 1 of 5 sessions." in page
    assert "flatter" in page


def test_the_page_shows_kappa_where_there_is_enough(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    _five_sessions(cast, read)
    page = sign_in(cast.therapist).get(MINE).content.decode()
    assert '<span class="kappa">0.40</span>' in page
    assert "0.40 to 0.40" in page


def test_what_is_still_experimental_has_a_table_of_its_own_folded_away(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    _five_sessions(cast, read)
    for one in Tally.objects.for_the_practice(WHY):
        one.counts = one.counts | {"summary": one.counts["question"]}
        one.save()
    page = sign_in(cast.therapist).get(MINE).content.decode()
    first, _, further = page.partition("More, still experimental")
    assert "Question: open or closed" in first
    assert "Summary" not in first
    assert "Summary" in further


def test_a_sessions_page_says_how_often_the_coder_is_right_here(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    page = f"/clients/{read.client_id}/sessions/{read.transcript.session_id}/analysis/"
    browser = sign_in(cast.therapist)
    assert "In this practice" not in browser.get(page).content.decode()
    _five_sessions(cast, read)
    told = "In this practice 80\u202f% of 125 marks were right (80 to 80\u202f%)"
    assert told in browser.get(page).content.decode()
    give_consent(by=cast.client_person, client=cast.client, kind="analysis", given=False)
    assert own_accuracy(viewer=cast.therapist) == {}


def test_the_owner_sees_all_in_counts_and_no_name(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    _five_sessions(cast, read)
    page = sign_in(cast.owner).get(PRACTICE).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert '<span class="kappa">0.40</span>' in main
    for name in (cast.therapist.name, cast.client.name, str(cast.client.pk), "Tessa"):
        assert name not in main
    assert FILE not in main


def test_nobody_but_the_owner_sees_the_practices(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.therapist, cast.supervisor, cast.client_person):
        assert sign_in(person).get(PRACTICE).status_code == 404
        with pytest.raises(Refused):
            practice_agreement(viewer=person)
    assert own_accuracy(viewer=cast.client_person) == {}


def test_a_therapist_sees_their_own_sessions_alone(cast: Cast, read: Analysis) -> None:
    read_all(cast, read)
    assert own_agreement(viewer=cast.other_therapist).seen.sessions == 0
    mine = own_agreement(viewer=cast.therapist).seen
    assert (mine.sessions, mine.lines) == (1, len(TALK))


def test_what_an_earlier_model_read_is_not_counted(cast: Cast, read: Analysis) -> None:
    read_all(cast, read)
    Analysis.objects.for_the_practice(WHY).update(model="holdfast-open 0.0.1")
    page = own_agreement(viewer=cast.therapist)
    assert (page.seen.sessions, page.older) == (0, 1)


def test_more_sessions_cost_no_more_queries(cast: Cast, sign_in: SignIn, read: Analysis) -> None:
    read_all(cast, read)
    browser = sign_in(cast.therapist)
    browser.get(MINE)
    one = _queries(browser, MINE)
    _five_sessions(cast, read)
    assert _queries(browser, MINE) == one


def test_the_file_has_ids_and_labels_and_no_words(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    asked = 8
    say(cast, read, asked, "question", "open")
    read_all(cast, read)
    answer = sign_in(cast.therapist).get(FILE)
    text = answer.content.decode()
    lines = [json.loads(one) for one in text.splitlines()]
    assert answer.headers["Content-Type"].startswith("application/jsonl")
    assert len(lines) == len(TALK)
    assert lines[asked]["id"] == f"{read.transcript_id}-{asked}"
    assert lines[asked]["codes"]["question"]["person"] == "open"
    assert lines[asked]["codes"]["question"]["corrected"] is True
    secret = [str(cast.client.pk), str(read.transcript.session_id), *cast.client.name.split()]
    for words in (*secret, "Tessa", "Cleo", *(words for _, words in TALK)):
        assert words not in text


def test_a_line_that_was_not_read_says_only_what_was_corrected(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    say(cast, read, 9, "confrontation", "")
    (found,) = [json.loads(one) for one in _file(sign_in(cast.therapist))]
    assert (found["utterance"], found["read"]) == (9, False)
    assert list(found["codes"]) == ["confrontation"]
    assert found["codes"]["confrontation"]["person"] is None


def test_what_is_still_experimental_is_in_the_file_once_something_was_said_of_it(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    read.findings = also_heard(read.findings, 8, summary="present", uptake="present")
    read.save()
    read_all(cast, read)
    browser = sign_in(cast.therapist)
    before = json.loads([*_file(browser)][8])["codes"]
    assert before["behaviour"]
    assert not before.keys() & {"summary", "uptake"}
    say(cast, read, 8, "summary", "")
    after = json.loads([*_file(browser)][8])["codes"]
    assert (after["summary"]["machine"], after["summary"]["person"]) == ("present", None)
    assert "uptake" not in after


def test_the_file_is_in_the_clients_list_of_who_did_what(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    read_all(cast, read)
    sign_in(cast.therapist).get(FILE)
    (event,) = Event.objects.filter(what="corrections.exported")
    assert event.client_id == cast.client.pk


def test_without_a_yes_there_is_nothing_in_the_file(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    read_all(cast, read)
    give_consent(by=cast.client_person, client=cast.client, kind="recording", given=False)
    assert list(_file(sign_in(cast.therapist))) == []


def _file(browser: Browser) -> Iterator[str]:
    yield from browser.get(FILE).content.decode().splitlines()


def _queries(browser: Browser, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        browser.get(page)
    return len(found)


def _five_sessions(cast: Cast, read: Analysis) -> None:
    """Five sessions in which question and person met as in the worked example."""
    session = [["open", "open", 20], ["open", None, 5], [None, "open", 10], [None, None, 15]]
    Tally.objects.for_the_practice(WHY).all().delete()
    for place in range(5):
        transcript = (
            read.transcript
            if not place
            else brought(cast, _words(place), session=held(cast, hours_ago=2 - place / 4))
        )
        done = read if not place else _copied(cast, read, transcript)
        Tally(client=cast.client, analysis=done, lines=50, counts={"question": session}).save()
        told: dict[str, Any] = {"client": cast.client, "analysis": done, "by": cast.therapist}
        ReadThrough(**told, first=0, last=49).save()


def _copied(cast: Cast, read: Analysis, transcript: Any) -> Analysis:
    made = Analysis(
        client=cast.client,
        transcript=transcript,
        edition=transcript.edition,
        asked_by=cast.therapist,
        state="done",
        ended_at=read.ended_at,
        findings=read.findings,
        model=read.model,
    )
    made.save()
    return made


def _words(place: int) -> str:
    return vtt((("Tessa", f"How was week {place}?"), ("Cleo", "Fine, thank you.")))
