"""Threads: what a client felt in an earlier session and nobody came back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.actions.removing import remove_transcript
from holdfast_web.analysis.actions.threads import answer_thread, put_thread_back
from holdfast_web.analysis.models import ThreadAnswer, Transcript
from holdfast_web.analysis.queries.threads import threads_of
from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused
from tests.web.asking import held
from tests.web.conftest import Cast
from tests.web.strangers import find_nothing
from tests.web.transcripts import analysed, brought, consenting, vtt

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Browser]
RAISED = (
    ("Tessa", "How has the week been since we last met?"),
    ("Cleo", "All right. I went to the garden, and I slept a little better than before."),
    ("Tessa", "You slept a little better."),
    ("Cleo", "I am so scared of the boiler in my brother's cellar, and I can't tell anybody."),
    ("Tessa", "What time does your train leave on Monday?"),
    ("Cleo", "At nine. It is the early one."),
    ("Tessa", "And who brings you to the station?"),
    ("Cleo", "My neighbour does, as he always has."),
)
LINE = 3
AFTER = (
    ("Tessa", "How did you come here today?"),
    ("Cleo", "By bus. It was late, and I stood in the rain with the others."),
    ("Tessa", "You stood in the rain."),
    ("Cleo", "Yes. And the bus was full, so that I stood in there as well."),
)


@pytest.fixture
def raised(cast: Cast) -> Transcript:
    """Return the earlier of two sessions; the later one has other words."""
    first = brought(cast, vtt(RAISED), session=consenting(cast, hours_ago=8 * 24))
    analysed(cast, first)
    analysed(cast, brought(cast, vtt(AFTER), session=held(cast)))
    return first


def lines(cast: Cast) -> list[int]:
    return [one.loose.index for one in threads_of(cast.client, viewer=cast.therapist).open]


def test_a_feeling_that_was_passed_over_is_shown_with_its_line_and_the_reason(
    cast: Cast, raised: Transcript, sign_in: SignIn
) -> None:
    (one,) = threads_of(cast.client, viewer=cast.therapist).open
    assert (one.loose.number, one.loose.line) == (1, LINE + 1)
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/threads/").content.decode()
    assert "the boiler in my brother" in page
    assert "the answer went past it" in page
    assert f"#line-{LINE + 1}" in page
    assert "xperimental" in page


def test_what_was_taken_up_later_is_no_thread(cast: Cast, raised: Transcript) -> None:
    later = (*AFTER, ("Tessa", "I thought of the boiler, there in the cellar."))
    brought(cast, vtt(later), session=held(cast, hours_ago=1))
    assert lines(cast) == []


def test_one_session_alone_has_no_threads(cast: Cast, sign_in: SignIn) -> None:
    analysed(cast, brought(cast, vtt(RAISED)))
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/threads/").content.decode()
    assert "the text of two sessions at least" in page


def test_a_session_without_text_may_have_taken_it_up_and_the_page_says_so(
    cast: Cast, raised: Transcript
) -> None:
    held(cast, hours_ago=1)
    (one,) = threads_of(cast.client, viewer=cast.therapist).open
    assert one.unheard == 1


def test_a_thread_is_put_away_and_put_back(cast: Cast, raised: Transcript, sign_in: SignIn) -> None:
    browser, page = sign_in(cast.therapist), f"/clients/{cast.client.pk}/threads/"
    url = f"/clients/{cast.client.pk}/sessions/{raised.session_id}/threads/{LINE}/"
    assert browser.post(url, {"answer": "not_now"})["Location"] == page
    assert lines(cast) == []
    (away,) = threads_of(cast.client, viewer=cast.therapist).away
    assert away.answer is not None
    assert away.answer.answer == "not_now"
    browser.post(url, {"answer": "back"})
    assert lines(cast) == [LINE]
    told = Event.objects.filter(what__startswith="thread.").order_by("pk")
    assert [one.what for one in told] == ["thread.answered", "thread.put_back"]


def test_another_answer_takes_the_place_of_the_first(cast: Cast, raised: Transcript) -> None:
    told: dict[str, Any] = {"by": cast.therapist, "transcript": raised, "utterance": LINE}
    answer_thread(**told, answer="not_now")
    answer_thread(**told, answer="taken_up")
    rows = ThreadAnswer.objects.for_the_practice("a test")
    assert [one.answer for one in rows] == ["taken_up"]


def test_an_answer_that_is_none_and_a_line_that_is_not_there_are_refused(
    cast: Cast, raised: Transcript, sign_in: SignIn
) -> None:
    told: dict[str, Any] = {"by": cast.therapist, "transcript": raised}
    with pytest.raises(Refused):
        answer_thread(**told, utterance=LINE, answer="perhaps")
    with pytest.raises(Refused):
        answer_thread(**told, utterance=99, answer="not_now")
    with pytest.raises(Refused):
        put_thread_back(**told, utterance=LINE)
    url = f"/clients/{cast.client.pk}/sessions/{raised.session_id}/threads/99/"
    assert sign_in(cast.therapist).post(url, {"answer": "not_now"}).status_code == 404


def test_a_thread_leads_to_what_the_client_is_shown_and_no_word_stands_in_the_address(
    cast: Cast, raised: Transcript, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    url = f"/clients/{cast.client.pk}/sessions/{raised.session_id}/show/?thread={LINE}"
    page = browser.get(f"/clients/{cast.client.pk}/threads/").content.decode()
    assert f'href="{url}"' in page
    field = browser.get(url).context["form"]["thread"]
    assert field.value().startswith("“I am so scared of the boiler")
    for other in ("", "99", "-1", "x", "9" * 40):
        field = browser.get(url.replace(f"={LINE}", f"={other}")).context["form"]["thread"]
        assert field.value() == ""


def test_its_answers_go_with_the_transcript(cast: Cast, raised: Transcript) -> None:
    answer_thread(by=cast.therapist, transcript=raised, utterance=LINE, answer="not_now")
    remove_transcript(by=cast.therapist, transcript=raised)
    assert not ThreadAnswer.objects.for_the_practice("a test").exists()


def test_nothing_is_shown_once_the_client_says_no(cast: Cast, raised: Transcript) -> None:
    give_consent(by=cast.client_person, client=cast.client, kind="recording", given=False)
    found = threads_of(cast.client, viewer=cast.therapist)
    assert not found.agreed
    assert found.open == ()


def test_only_the_therapist_finds_threads(cast: Cast, raised: Transcript, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/threads/")
    url = f"/clients/{cast.client.pk}/sessions/{raised.session_id}/threads/{LINE}/"
    find_nothing(cast, sign_in, url, post=True)
    with pytest.raises(NotYours):
        threads_of(cast.client, viewer=cast.other_therapist)


def test_more_sessions_take_no_more_questions(cast: Cast, raised: Transcript) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            threads_of(cast.client, viewer=cast.therapist)
        return len(queries)

    before = asked()
    for hours in (1, 0.5):
        text = vtt((*AFTER, ("Cleo", f"That was {hours} hours ago.")))
        brought(cast, text, session=held(cast, hours_ago=hours))
    assert asked() == before
