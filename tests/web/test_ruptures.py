"""The rupture log: what happened, the steps towards making up, and when it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.audit.words import sentences
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.noticing import add_step, log_rupture, resolve_rupture
from holdfast_web.measures.models import Rupture, Signal
from holdfast_web.measures.queries.noticing import rupture_for, ruptures_of
from tests.web.conftest import Cast
from tests.web.ratings import check_ins

WHAT = "I was late, and made light of it."


def a_rupture(cast: Cast, **changes: Any) -> Rupture:
    told = {"what": WHAT, "kind": "withdrawal", "session_number": 4} | changes
    return log_rupture(by=cast.therapist, client=cast.client, **told)


def url(cast: Cast, more: str = "") -> str:
    return f"/clients/{cast.client.pk}/ruptures/{more}"


def test_a_rupture_grows_from_a_signal(cast: Cast, sign_in: Any) -> None:
    check_ins(cast.care, (9, 9, 8, 3))
    signal = Signal.objects.for_the_practice("a test").get(name="strong_dip")
    browser = sign_in(cast.therapist)
    where = f"/clients/{cast.client.pk}/signals/{signal.pk}/rupture/"
    text = browser.get(where).content.decode()
    assert '<option value="4" selected>Session 4' in text
    assert "moving away" in text
    page = browser.post(where, {"session_number": 4, "what": WHAT, "kind": "withdrawal"})
    row = Rupture.objects.for_the_practice("a test").get()
    assert page.headers["Location"] == url(cast, f"{row.pk}/")
    assert (row.signal_id, row.session_number, row.what) == (signal.pk, 4, WHAT)
    assert row.logged_by == cast.therapist


def test_a_rupture_may_be_written_down_by_itself(cast: Cast, sign_in: Any) -> None:
    check_ins(cast.care, (9, 9))
    told = {"session_number": 2, "what": WHAT, "kind": "unclear"}
    assert sign_in(cast.therapist).post(url(cast, "new/"), told).status_code == 302
    assert Rupture.objects.for_the_practice("a test").get().signal is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"session_number": "7"},
        {"session_number": "x"},
        {"session_number": ""},
        {"what": "  "},
        {"kind": "quarrel"},
        {"kind": ""},
        {"what": "x" * 5000},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, sign_in: Any, wrong: dict[str, str]
) -> None:
    check_ins(cast.care, (9, 9))
    told = {"session_number": "2", "what": WHAT, "kind": "both"} | wrong
    page = sign_in(cast.therapist).post(url(cast, "new/"), told)
    assert page.status_code == 422
    if "what" not in wrong:
        assert WHAT in page.content.decode()
    assert not Rupture.objects.for_the_practice("a test").exists()


def test_before_the_first_session_there_is_nothing_to_write_down(cast: Cast, sign_in: Any) -> None:
    text = sign_in(cast.therapist).get(url(cast, "new/")).content.decode()
    assert "none was held yet" in text


def test_steps_are_kept_in_their_order_with_day_and_name(cast: Cast, sign_in: Any) -> None:
    row, browser = a_rupture(cast), sign_in(cast.therapist)
    browser.post(url(cast, f"{row.pk}/step/"), {"words": "Said sorry.", "edition": 1})
    browser.post(url(cast, f"{row.pk}/step/"), {"words": "Asked how it was.", "edition": 2})
    found = rupture_for(row.pk, cast.client, viewer=cast.therapist)
    assert [one.words for one in found.steps] == ["Said sorry.", "Asked how it was."]
    assert found.steps[0].on == timezone.localdate()
    assert found.steps[0].by == "Tessa Therapist"


def test_a_step_from_an_older_page_is_not_lost_and_overwrites_nothing(
    cast: Cast, sign_in: Any
) -> None:
    row, browser = a_rupture(cast), sign_in(cast.therapist)
    where = url(cast, f"{row.pk}/step/")
    browser.post(where, {"words": "The first.", "edition": 1})
    page = browser.post(where, {"words": "The second.", "edition": 1})
    text = page.content.decode()
    assert page.status_code == 409
    assert "The first." in text
    assert "The second." in text
    assert browser.post(where, {"words": "The second.", "edition": 2}).status_code == 302


def test_a_rupture_is_made_up_on_a_day(cast: Cast, sign_in: Any) -> None:
    row, browser = a_rupture(cast), sign_in(cast.therapist)
    today = timezone.localdate()
    page = browser.post(url(cast, f"{row.pk}/resolved/"), {"on": f"{today}", "edition": 1})
    assert page.status_code == 302
    row.refresh_from_db()
    assert row.resolved_on == today
    with pytest.raises(Refused, match="resolved today"):
        add_step(by=cast.therapist, rupture=row, words="More.", edition=2)
    assert "Made up" in browser.get(url(cast)).content.decode()


def test_what_was_typed_is_shown_when_it_was_made_up_meanwhile(cast: Cast, sign_in: Any) -> None:
    row = a_rupture(cast)
    resolve_rupture(by=cast.therapist, rupture=row, on=timezone.localdate(), edition=1)
    page = sign_in(cast.therapist).post(
        url(cast, f"{row.pk}/step/"), {"words": "My words.", "edition": 1}
    )
    assert page.status_code == 409
    assert "My words." in page.content.decode()


def test_a_day_to_come_is_refused(cast: Cast, sign_in: Any) -> None:
    row = a_rupture(cast)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = sign_in(cast.therapist).post(
        url(cast, f"{row.pk}/resolved/"), {"on": f"{tomorrow}", "edition": 1}
    )
    assert page.status_code == 422
    with pytest.raises(Refused):
        resolve_rupture(by=cast.therapist, rupture=row, on=tomorrow, edition=1)


def test_an_old_edition_is_stale(cast: Cast) -> None:
    row = a_rupture(cast)
    with pytest.raises(Stale):
        resolve_rupture(by=cast.therapist, rupture=row, on=timezone.localdate(), edition=0)


def test_the_log_shows_what_is_open_first(cast: Cast) -> None:
    old, new = a_rupture(cast, session_number=9), a_rupture(cast, session_number=2)
    resolve_rupture(by=cast.therapist, rupture=old, on=timezone.localdate(), edition=1)
    found = ruptures_of(cast.client, viewer=cast.therapist)
    assert [one.row.pk for one in found] == [new.pk, old.pk]


def test_a_signal_of_another_client_is_no_beginning(cast: Cast) -> None:
    check_ins(cast.other_care, (9, 9, 8, 3))
    stranger = Signal.objects.for_the_practice("a test").first()
    with pytest.raises(NotYours):
        a_rupture(cast, signal=stranger)


@pytest.mark.parametrize(
    "who",
    ["other_therapist", "owner", "supervisor", "client_person", "other_client_person", None],
)
def test_to_a_stranger_there_is_no_log(cast: Cast, sign_in: Any, who: str | None) -> None:
    row = a_rupture(cast)
    browser = sign_in(cast[who] if who else None)
    expected = 302 if who is None else 404
    for more in ("", "new/", f"{row.pk}/"):
        assert browser.get(url(cast, more)).status_code == expected
    told = {"words": "x", "on": "2024-01-01", "edition": 1, "what": "x", "kind": "both"}
    for more in ("new/", f"{row.pk}/step/", f"{row.pk}/resolved/"):
        assert browser.post(url(cast, more), told).status_code == expected
    if who:
        with pytest.raises(NotYours):
            add_step(by=cast[who], rupture=row, words="x", edition=1)
        with pytest.raises(NotYours):
            log_rupture(by=cast[who], client=cast.client, what="x", kind="both", session_number=1)


def test_words_are_sealed_shown_as_words_and_never_in_the_audit(cast: Cast, sign_in: Any) -> None:
    row = a_rupture(cast, what="<b>He left</b>")
    add_step(by=cast.therapist, rupture=row, words="Wrote to him.", edition=1)
    text = sign_in(cast.therapist).get(url(cast, f"{row.pk}/")).content.decode()
    assert "&lt;b&gt;He left" in text
    assert "<b>He left" not in text
    events = list(Event.objects.all())
    assert "left" not in "".join(str(one.facts) for one in events)
    assert {one.what for one in events} <= set(sentences())


def test_a_long_log_asks_no_more_of_the_database(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.therapist)
    a_rupture(cast)
    with django_assert_max_num_queries(40) as few:
        browser.get(url(cast))
    for _ in range(10):
        a_rupture(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        browser.get(url(cast))
