"""A line that was misheard is put right, by whoever looked at the line as it is."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.analysis.models import SessionRefusal, Transcript
from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.strangers import STRANGERS, SignIn
from tests.web.test_transcript_pages import only_one, text_of
from tests.web.test_transcripts_brought import address
from tests.web.transcripts import TALK, brought


def mend(cast: Cast, made: Transcript, **told: Any) -> Transcript:
    first = {"line": 1, "text": "Heavy, and long.", "speaker": "Cleo", "edition": made.edition}
    return mend_line(**{"by": cast.therapist, "transcript": made, **first, **told})


def test_a_mended_line_is_a_new_edition(cast: Cast) -> None:
    made = brought(cast)
    changed = mend(cast, made)
    assert changed.edition == made.edition + 1
    lines = only_one().lines
    assert lines[1]["text"] == "Heavy, and long."
    assert (lines[1]["start"], lines[1]["line"]) == (made.lines[1]["start"], made.lines[1]["line"])
    assert lines[:1] + lines[2:] == made.lines[:1] + made.lines[2:]


def test_a_line_that_stays_as_it_is_makes_no_edition(cast: Cast) -> None:
    made = brought(cast)
    assert mend(cast, made, text=TALK[1][1]).edition == made.edition


def test_a_line_can_be_said_by_somebody_else(cast: Cast) -> None:
    made = brought(cast)
    mend(cast, made, speaker="Tessa")
    assert only_one().lines[1]["speaker"] == "Tessa"


def test_a_line_s_own_role_is_kept_only_where_it_differs(cast: Cast) -> None:
    made = brought(cast)
    changed = mend(cast, made, role="other")
    assert changed.lines[1]["role"] == "other"
    changed = mend(cast, changed, role="client", edition=changed.edition)
    assert "role" not in changed.lines[1]


def test_a_line_of_an_older_edition_is_not_overwritten(cast: Cast) -> None:
    made = brought(cast)
    with pytest.raises(Stale):
        mend(cast, made, edition=made.edition - 1)
    assert only_one().lines == made.lines


@pytest.mark.parametrize(
    "told", [{"text": " \n "}, {"speaker": "Nobody"}, {"role": "king"}, {"text": ""}]
)
def test_a_line_needs_words_and_somebody_who_is_there(cast: Cast, told: dict[str, str]) -> None:
    made = brought(cast)
    with pytest.raises(Refused):
        mend(cast, made, **told)


def test_a_line_that_is_not_there_is_not_found(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast)
    with pytest.raises(NotYours):
        mend(cast, made, line=len(TALK))
    browser = sign_in(cast.therapist)
    for odd in (len(TALK), 10**30):
        assert browser.get(address(made.session, f"lines/{odd}/")).status_code == 404


@pytest.mark.parametrize("who", [*STRANGERS, "client_person"])
def test_nobody_else_mends(cast: Cast, who: str) -> None:
    made = brought(cast)
    with pytest.raises(NotYours):
        mend(cast, made, by=cast[who])


def test_a_session_that_the_client_left_out_is_not_mended(cast: Cast) -> None:
    made = brought(cast)
    SessionRefusal.objects.create(client=cast.client, session=made.session)
    with pytest.raises(Refused, match="said no to this session"):
        mend(cast, made)


def test_a_line_is_mended_on_its_page(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast)
    browser, there = sign_in(cast.therapist), address(made.session, "lines/1/")
    page = text_of(browser.get(there))
    assert TALK[0][1] in page
    assert TALK[3][1] in page
    assert "until it is read again" in page
    sent = {"text": "Light.", "speaker": "1", "role": "", "edition": made.edition}
    answer = browser.post(there, sent, follow=True)
    assert answer.redirect_chain == [(f"{address(made.session)}?from=0#line-2", 302)]
    assert "Line 2 is kept as it is now." in text_of(answer)
    assert only_one().lines[1]["text"] == "Light."


def test_what_was_typed_for_an_older_edition_is_not_lost(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast)
    browser, there = sign_in(cast.therapist), address(made.session, "lines/1/")
    mend(cast, made, text="From the other window.")
    sent = {"text": "What I typed.", "speaker": "1", "role": "", "edition": made.edition}
    answer = browser.post(there, sent)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "From the other window." in page
    assert "What I typed." in page
    again = {**sent, "edition": made.edition + 1}
    assert browser.post(there, again).status_code == 302


@pytest.mark.parametrize(
    "told",
    [
        {"text": ""},
        {"text": "Words.\x00"},
        {"text": "x" * 100_001},
        {"speaker": "7"},
        {"speaker": "²"},
        {"role": "king"},
        {"edition": "many"},
    ],
)
def test_nonsense_is_answered_with_the_page_and_keeps_nothing(
    cast: Cast, sign_in: SignIn, told: dict[str, str]
) -> None:
    made = brought(cast)
    sent = {"text": "Words.", "speaker": "1", "role": "", "edition": str(made.edition), **told}
    answer = sign_in(cast.therapist).post(address(made.session, "lines/1/"), sent)
    assert answer.status_code == 422
    assert only_one().lines == made.lines


def test_no_word_of_a_line_is_left_in_the_audit(cast: Cast) -> None:
    mend(cast, brought(cast))
    event = Event.objects.get(what="transcript.line_mended")
    assert event.facts == {"line": 1, "edition": 3}
