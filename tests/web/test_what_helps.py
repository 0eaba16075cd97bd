"""What helps me: written together, tried, kept or dropped, and readable in distress."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast_web.care.models import Practice
from holdfast_web.goals.actions import add_help, say_tried, set_help_status
from holdfast_web.goals.models import Help
from holdfast_web.goals.queries import helps_of
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast
from tests.web.strangers import STRANGERS, SignIn, find_nothing

MINE = "/me/helps/"
WORDS = "Wash the cups by hand, with warm water"


@pytest.fixture
def helper(cast: Cast) -> Help:
    return add_help(by=cast.client_person, client=cast.client, words=WORDS)


def theirs(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/helps/"


def now(cast: Cast) -> Help:
    found: Help = Help.objects.seen_by(cast.client_person).get()
    return found


def test_it_is_one_tap_away_from_every_page_of_a_client(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    pages = ("/", MINE, "/me/goals/", "/me/course/", "/me/more/", "/me/not-right/", "/me/opened/")
    for page in (*pages, "/me/expect/", "/me/contact/", "/help/", "/there-is-nothing/"):
        assert 'href="/me/helps/"' in browser.get(page).content.decode(), page


def test_crisis_help_stands_right_there(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.client_person).get(MINE).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert 'href="tel:999"' in main
    assert 'href="tel:116 123"' in main


def test_a_line_for_written_messages_is_written_to(cast: Cast, sign_in: SignIn) -> None:
    lines = [{"name": "Shout", "number": "85258", "by": "text", "hours": "", "what": ""}]
    Practice.objects.update(crisis={"emergency": "999", "lines": lines})
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert 'href="sms:85258"' in page


def test_what_is_kept_stands_first(cast: Cast, sign_in: SignIn, helper: Help) -> None:
    second = add_help(by=cast.client_person, client=cast.client, words="Ring Joan")
    browser = sign_in(cast.client_person)
    typed = {"do": "status", "status": "kept", "edition": 1}
    page = browser.post(f"{MINE}{second.pk}/", typed, follow=True).content.decode()
    assert "Kept. It stands at the top from now on." in page
    assert page.index("Ring Joan") < page.index("Wash the cups")


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        ("yes", True, "It helped"),
        ("no", False, "Not that day"),
        ("unsure", None, "Couldn’t tell"),
    ],
)
def test_it_was_tried_and_how_that_went(
    cast: Cast, sign_in: SignIn, helper: Help, said: str, kept: bool | None, shown: str
) -> None:
    browser = sign_in(cast.client_person)
    typed = {"do": "tried", "edition": 1, "helped": said, "words": "The warmth does it."}
    assert browser.post(f"{MINE}{helper.pk}/", typed).status_code == 302
    assert now(cast).tried[0]["helped"] is kept
    page = browser.get(MINE).content.decode()
    assert shown in page
    assert "The warmth does it." in page


def test_what_was_put_away_is_still_there_and_can_be_taken_back(
    cast: Cast, sign_in: SignIn, helper: Help
) -> None:
    browser = sign_in(cast.client_person)
    away = {"do": "status", "status": "dropped", "edition": 1}
    page = browser.post(f"{MINE}{helper.pk}/", away, follow=True).content.decode()
    assert "Not for me (1)" in page
    back = {"do": "status", "status": "trying", "edition": 2}
    browser.post(f"{MINE}{helper.pk}/", back)
    assert now(cast).status == "trying"


def test_what_was_put_away_is_not_tried(cast: Cast, helper: Help) -> None:
    away = set_help_status(by=cast.client_person, help=helper, status="dropped", edition=1)
    with pytest.raises(Refused, match="Take it back first"):
        say_tried(by=cast.client_person, help=away, helped=True, edition=2)


def test_both_write_the_list_and_it_shows_who_added_what(
    cast: Cast, sign_in: SignIn, helper: Help
) -> None:
    sign_in(cast.therapist).post(theirs(cast), {"words": "Leave the phone in the kitchen"})
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert "Added by you" in page
    assert "Added by Tessa Therapist" in page
    assert [one.who for one in helps_of(cast.client, viewer=cast.therapist)] == [
        "Cleo Client",
        "you",
    ]


def test_what_somebody_else_changed_is_shown_and_the_word_is_kept(
    cast: Cast, sign_in: SignIn, helper: Help
) -> None:
    say_tried(by=cast.therapist, help=helper, helped=True, edition=1)
    typed = {"do": "tried", "edition": 1, "helped": "no", "words": "Too loud in the kitchen"}
    response = sign_in(cast.client_person).post(f"{MINE}{helper.pk}/", typed)
    assert response.status_code == 409
    assert 'value="Too loud in the kitchen"' in response.content.decode()
    assert len(now(cast).tried) == 1


def test_hostile_words_are_shown_as_text_and_too_many_are_kept_in_the_form(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    page = browser.post(MINE, {"words": '"><script>1</script>'}, follow=True).content.decode()
    assert "&quot;&gt;&lt;script&gt;1&lt;/script&gt;" in page
    long = "x" * 10_000
    response = browser.post(MINE, {"words": long})
    assert response.status_code == 422
    assert long in response.content.decode()


def test_strangers_find_nothing(cast: Cast, sign_in: SignIn, helper: Help) -> None:
    find_nothing(cast, sign_in, theirs(cast))
    find_nothing(cast, sign_in, theirs(cast), "client_person")
    find_nothing(cast, sign_in, f"{theirs(cast)}{helper.pk}/", post=True)
    find_nothing(cast, sign_in, MINE, "owner", "supervisor", "therapist")
    find_nothing(cast, sign_in, f"{MINE}{helper.pk}/", *STRANGERS, "therapist", post=True)


def test_more_of_them_cost_no_more_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        one = add_help(by=cast.therapist, client=cast.client, words=f"Help {number}")
        say_tried(by=cast.client_person, help=one, helped=True, edition=1)
    browser = sign_in(cast.client_person)
    with django_assert_max_num_queries(16):
        assert browser.get(MINE).status_code == 200
