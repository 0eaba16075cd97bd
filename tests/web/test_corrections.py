"""A therapist corrects the coder: beside its codes, never over them, and only who may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.correcting import (
    correct_code,
    read_through,
    take_correction_back,
    undo_correction,
)
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.models import Analysis, Correction, ReadThrough, Tally
from holdfast_web.analysis.queries.correcting import CodeAtLine, corrected_of, line_to_correct
from holdfast_web.analysis.reader import read_next
from holdfast_web.audit.models import Event
from holdfast_web.engine.codes import all_choices
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.heard import also_heard
from tests.web.transcripts import TALK, analysed

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
ASKED, ANSWERED = 8, 9
"""The lines "Have you tried to ring her?" and the client's answer to it."""


@pytest.fixture
def read(cast: Cast) -> Analysis:
    found: Analysis = (
        Analysis.objects.for_the_practice(WHY)
        .select_related("transcript__client", "transcript__session")
        .get(pk=analysed(cast).pk)
    )
    return found


def place(read: Analysis, page: str) -> str:
    session = read.transcript.session_id
    return f"/clients/{read.client_id}/sessions/{session}/{page}"


def menu(read: Analysis, line: int = ASKED) -> str:
    return place(read, f"analysis/lines/{line}/")


def say(cast: Cast, read: Analysis, code: str, label: str, **more: Any) -> Correction:
    told = {"utterance": ASKED, **more}
    return correct_code(
        by=cast.therapist,
        transcript=read.transcript,
        analysis_id=read.pk,
        code=code,
        label=label,
        **told,
    )


def at(cast: Cast, read: Analysis, code: str, line: int = ASKED) -> CodeAtLine:
    here = line_to_correct(read.transcript, line, viewer=cast.therapist)
    return next(one for one in here.codes if one.choice.name == code)


def sent(read: Analysis, code: str, label: str, **more: str) -> dict[str, str]:
    return {"reading": str(read.pk), "code": code, "label": label, **more}


def rows(kind: Any) -> int:
    return int(kind.objects.for_the_practice(WHY).count())


def test_what_the_machine_said_stays_beside_what_the_person_says(
    cast: Cast, read: Analysis
) -> None:
    before = at(cast, read, "question")
    found = json.dumps(read.findings, sort_keys=True)
    say(cast, read, "question", "open")
    after = at(cast, read, "question")
    assert (after.heard, after.corrected, after.you) == (before.heard, True, "Open question")
    now = Analysis.objects.for_the_practice(WHY).get(pk=read.pk)
    assert json.dumps(now.findings, sort_keys=True) == found


def test_the_latest_counts_and_none_is_lost(cast: Cast, read: Analysis) -> None:
    for label in ("open", "closed", ""):
        say(cast, read, "question", label)
    assert at(cast, read, "question").you == "nothing here"
    assert rows(Correction) == 3
    told = Correction.objects.for_the_practice(WHY).order_by("at").values_list("at", flat=True)
    assert len(set(told)) == 3


def test_taken_back_the_machine_stands_alone_again(cast: Cast, read: Analysis) -> None:
    say(cast, read, "question", "open")
    take_correction_back(
        by=cast.therapist,
        transcript=read.transcript,
        analysis_id=read.pk,
        utterance=ASKED,
        code="question",
    )
    assert not at(cast, read, "question").corrected


def test_an_undone_step_leaves_what_was_there_before(cast: Cast, read: Analysis) -> None:
    say(cast, read, "question", "open")
    last = say(cast, read, "question", "closed")
    undo_correction(by=cast.therapist, transcript=read.transcript, correction_id=last.pk)
    assert at(cast, read, "question").you == "Open question"


def test_a_step_that_another_window_went_on_from_is_not_undone(cast: Cast, read: Analysis) -> None:
    first = say(cast, read, "question", "open")
    say(cast, read, "question", "closed")
    with pytest.raises(Stale):
        undo_correction(by=cast.therapist, transcript=read.transcript, correction_id=first.pk)
    assert at(cast, read, "question").you == "Closed question"


def test_two_windows_add_feelings_and_lose_none(cast: Cast, read: Analysis) -> None:
    before = at(cast, read, "emotions", ANSWERED).heard
    assert before is not None
    heard = set(before.value or ())
    say(cast, read, "emotions", "anger", utterance=ANSWERED)
    say(cast, read, "emotions", "sadness", utterance=ANSWERED)
    assert set(at(cast, read, "emotions", ANSWERED).own or ()) == heard | {"anger", "sadness"}
    say(cast, read, "emotions", "anger", utterance=ANSWERED, taken_off=True)
    assert set(at(cast, read, "emotions", ANSWERED).own or ()) == heard | {"sadness"}
    say(cast, read, "emotions", "", utterance=ANSWERED)
    assert at(cast, read, "emotions", ANSWERED).you == "nothing here"


def test_only_codes_of_the_speaker_can_be_given(cast: Cast, read: Analysis) -> None:
    for wrong in ({"code": "talk", "label": "change"}, {"code": "nothing", "label": "open"}):
        with pytest.raises(NotYours):
            say(cast, read, **wrong)
    with pytest.raises(NotYours):
        say(cast, read, "question", "open", utterance=len(TALK))
    with pytest.raises(Refused):
        say(cast, read, "question", "half-open")
    with pytest.raises(Refused):
        say(cast, read, "behaviour", "")


def test_a_session_that_was_read_again_is_looked_at_again_first(cast: Cast, read: Analysis) -> None:
    start_analysis(by=cast.therapist, transcript=read.transcript, again=True)
    read_next()
    with pytest.raises(Stale):
        say(cast, read, "question", "open")
    assert rows(Correction) == 0


def test_two_clicks_correct_a_line_without_a_script(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    browser = sign_in(cast.therapist)
    here = place(read, "analysis/transcript/")
    links = re.findall(r'href="([^"]+)"[^>]* data-correct', browser.get(here).content.decode())
    assert urljoin(here, links[ASKED]) == menu(read)
    page = browser.get(menu(read)).content.decode()
    assert TALK[ASKED][1] in page
    answer = browser.post(menu(read), sent(read, "question", "open"))
    assert answer.headers["Location"] == place(read, f"analysis/transcript/#line-{ASKED + 1}")
    beside = browser.get(place(read, "analysis/transcript/")).content.decode()
    assert f"Coder: {at(cast, read, 'question').coder} · you: Open question" in beside


def test_with_a_script_only_the_menu_and_the_line_change(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    browser = sign_in(cast.therapist)
    htmx = {"HX-Request": "true"}
    told = browser.get(menu(read), headers=htmx).content.decode()
    assert told.lstrip().startswith("<div")
    changed = browser.post(menu(read), sent(read, "question", "open"), headers=htmx)
    page = changed.content.decode()
    assert f'id="own-{ASKED + 1}" hx-swap-oob="true"' in page
    made = Correction.objects.for_the_practice(WHY).get()
    assert f'name="undo" value="{made.pk}"' in page
    undone = browser.post(menu(read), {"undo": str(made.pk)}, headers=htmx).content.decode()
    assert "you: Open question" not in undone
    assert rows(Correction) == 0


def test_the_hooks_of_the_keyboard_are_there_and_the_keys_are_listed(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    browser = sign_in(cast.therapist)
    page = browser.get(place(read, "analysis/transcript/")).content.decode()
    for hook in ("data-correct", "correct.js", "<kbd>c</kbd>", "<kbd>u</kbd>", "<kbd>Esc</kbd>"):
        assert hook in page, hook
    told = browser.get(menu(read), headers={"HX-Request": "true"}).content.decode()
    assert "data-menu" in told
    assert "data-close" in told
    assert told.partition("data-more")[0].count("data-code") == 12


def test_what_is_still_experimental_stands_last_and_folded_away(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    read.findings = also_heard(read.findings, ASKED, suggestion="with_permission", validation=[])
    read.save()
    told = sign_in(cast.therapist).get(menu(read), headers={"HX-Request": "true"})
    first, _, further = told.content.decode().partition("data-more")
    assert "More, still experimental" in further
    for title in ("Suggestion", "Validation"):
        assert f"{title}</legend>" in further
        assert f"{title}</legend>" not in first
    assert "With permission, 99\u202f% likely" in further
    say(cast, read, "validation", "affirming")
    assert at(cast, read, "validation").you == "Affirming"


def test_what_the_coder_never_listened_for_is_not_offered(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    further = {name for name, one in all_choices().items() if one.further}
    codes = read.findings["utterances"][ASKED]["codes"]
    read.findings["utterances"][ASKED]["codes"] = {
        name: one for name, one in codes.items() if name not in further
    }
    read.save()
    told = sign_in(cast.therapist).get(menu(read), headers={"HX-Request": "true"})
    assert "data-more" not in told.content.decode()


@pytest.mark.parametrize(
    ("line", "code", "label"),
    [(ASKED, "uptake", "present"), (ANSWERED, "feeling", "anger"), (ANSWERED, "response", "met")],
)
def test_nobody_is_asked_for_an_amount_or_for_what_only_an_opening_has(
    cast: Cast, read: Analysis, line: int, code: str, label: str
) -> None:
    read.findings = also_heard(read.findings, line, **{code: label})
    read.save()
    with pytest.raises(NotYours):
        say(cast, read, code, label, utterance=line)
    read_through(
        by=cast.therapist, transcript=read.transcript, analysis_id=read.pk, first=0, last=line
    )
    assert code not in Tally.objects.for_the_practice(WHY).get().counts


def test_what_was_read_is_said_by_line_numbers(cast: Cast, sign_in: SignIn, read: Analysis) -> None:
    browser = sign_in(cast.therapist)
    told = {"reading": str(read.pk), "first": 1, "last": 6}
    page = browser.post(place(read, "analysis/read-through/"), told, follow=True).content.decode()
    assert "Read so far: lines 1 to 6." in page
    corrected = corrected_of(read, viewer=cast.therapist)
    assert (corrected.read, corrected.unread_from) == (((1, 6),), 7)
    assert Tally.objects.for_the_practice(WHY).get().lines == 6


@pytest.mark.parametrize("stretch", [(3, 1), (0, len(TALK)), (-1, 2)])
def test_lines_that_are_not_there_were_not_read(
    cast: Cast, read: Analysis, stretch: tuple[int, int]
) -> None:
    with pytest.raises(Refused):
        read_through(
            by=cast.therapist,
            transcript=read.transcript,
            analysis_id=read.pk,
            first=stretch[0],
            last=stretch[1],
        )
    assert rows(ReadThrough) == 0


def test_only_lines_that_were_read_are_counted(cast: Cast, read: Analysis) -> None:
    say(cast, read, "question", "open")
    assert Tally.objects.for_the_practice(WHY).get().counts == {}
    read_through(
        by=cast.therapist, transcript=read.transcript, analysis_id=read.pk, first=0, last=ASKED
    )
    counts = Tally.objects.for_the_practice(WHY).get().counts
    theirs = sum(one["role"] == "therapist" for one in read.findings["utterances"][: ASKED + 1])
    assert sum(count for _, _, count in counts["question"]) == theirs


def test_read_blind_a_session_shows_nothing_of_the_coders(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    browser = sign_in(cast.therapist)
    page = browser.get(place(read, "analysis/transcript/?blind=1")).content.decode()
    told = browser.get(menu(read) + "?blind=1").content.decode()
    heard = at(cast, read, "question").coder
    assert heard in browser.get(menu(read)).content.decode()
    for shown in (page, told):
        assert "Coder:" not in shown
        assert "<mark>" not in shown
        assert 'aria-pressed="true"' not in shown
        assert "likely" not in shown
    assert 'class="codes"' not in page
    answer = browser.post(menu(read) + "?blind=1", sent(read, "question", "open"))
    assert "?blind=1#line-" in answer.headers["Location"]


def test_what_is_changed_after_the_codes_were_seen_is_not_blind(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    say(cast, read, "question", "open")
    told = {"reading": str(read.pk), "first": 1, "last": len(TALK), "blind": "yes"}
    sign_in(cast.therapist).post(place(read, "analysis/read-through/"), told)
    say(cast, read, "question", "closed")
    say(cast, read, "question", "closed", utterance=ASKED - 2)
    kept = Tally.objects.for_the_practice(WHY).get()
    assert (kept.lines, kept.blind_lines) == (0, 1)
    assert [said for _, said, _ in kept.blind_counts["question"]] == ["open"]


def test_everybody_else_finds_nothing(cast: Cast, sign_in: SignIn, read: Analysis) -> None:
    pages = {menu(read): sent(read, "question", "open"), place(read, "analysis/read-through/"): {}}
    for person in (cast.other_therapist, cast.supervisor, cast.owner, cast.client_person):
        browser = sign_in(person)
        for page, told in pages.items():
            assert browser.get(menu(read)).status_code == 404
            assert browser.post(page, told).status_code == 404
        with pytest.raises(NotYours):
            correct_code(
                by=person,
                transcript=read.transcript,
                analysis_id=read.pk,
                utterance=ASKED,
                code="question",
                label="open",
            )
    assert rows(Correction) == 0


def test_a_yes_taken_back_takes_corrections_and_counts_with_it(
    cast: Cast, sign_in: SignIn, read: Analysis
) -> None:
    say(cast, read, "question", "open")
    give_consent(by=cast.client_person, client=cast.client, kind="analysis", given=False)
    assert (rows(Correction), rows(Tally), rows(Analysis)) == (0, 0, 0)
    assert sign_in(cast.therapist).get(menu(read)).status_code == 404


def test_every_step_is_in_the_list_of_who_did_what(cast: Cast, read: Analysis) -> None:
    say(cast, read, "question", "open")
    last = say(cast, read, "question", "closed")
    undo_correction(by=cast.therapist, transcript=read.transcript, correction_id=last.pk)
    written = list(
        Event.objects.filter(what__startswith="correction.").values_list("what", flat=True)
    )
    assert sorted(written) == ["correction.made", "correction.made", "correction.undone"]


def test_a_made_up_reading_is_refused(cast: Cast, read: Analysis) -> None:
    with pytest.raises(Stale):
        correct_code(
            by=cast.therapist,
            transcript=read.transcript,
            analysis_id=UUID(int=0),
            utterance=ASKED,
            code="question",
            label="open",
        )
