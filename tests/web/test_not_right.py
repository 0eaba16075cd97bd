"""Something doesn't feel right: said without a reason, to whom the client chooses, and answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import begin_care
from holdfast_web.care.models import CareRelationship, EmergencyAccess, Practice
from holdfast_web.inbox.actions import answer_concern, say_concern, withdraw_concern
from holdfast_web.inbox.models import Concern
from holdfast_web.inbox.queries import concerns_for, concerns_of, concerns_waiting
from holdfast_web.inbox.readers import readers_now
from holdfast_web.inbox.words import answers, sentences
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.strangers import STRANGERS, SignIn, find_nothing

MINE = "/me/not-right/"
INBOX = "/inbox/"
WORDS = "Something you said has stayed with me."


@pytest.fixture
def said(cast: Cast) -> Concern:
    return say_concern(by=cast.client_person, client=cast.client, wants="talk", words=WORDS)


@pytest.fixture
def said_to_practice(cast: Cast) -> Concern:
    return say_concern(
        by=cast.client_person, client=cast.client, wants="else", words=WORDS, to_practice=True
    )


def theirs(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/concerns/"


def now(cast: Cast) -> Concern:
    found: Concern = Concern.objects.seen_by(cast.client_person).get()
    return found


def test_it_is_on_every_page_twice_above_and_below(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    for page in ("/", "/me/goals/", "/me/helps/", "/me/course/", "/me/more/", "/help/"):
        html = browser.get(page).content.decode()
        top, _, rest = html.partition("<main")
        assert 'href="/me/not-right/"' in top, page
        assert 'href="/me/not-right/"' in rest.partition("</main>")[2], page


def test_three_doors_and_the_question_whether_discomfort_is_normal(
    cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in(cast.client_person).get(MINE).content.decode()
    for door in ("talk", "someone", "else"):
        assert f'href="{MINE}{door}/"' in page
    assert "Is it normal to feel uncomfortable?" in page


@pytest.mark.parametrize(
    ("door", "readers"),
    [
        ("talk", ["Tessa Therapist, your therapist"]),
        ("someone", ["Olive Owner, for the practice", "Tessa Therapist, your therapist"]),
        ("else", ["Olive Owner, for the practice", "Tessa Therapist, your therapist"]),
    ],
)
def test_who_will_read_it_is_said_before_it_is_sent(
    cast: Cast, sign_in: SignIn, door: str, readers: list[str]
) -> None:
    page = sign_in(cast.client_person).get(f"{MINE}{door}/").content.decode()
    for name in readers:
        assert name in page
    assert ("Tessa Therapist doesn’t see it." in page) == (door != "talk")


def test_no_words_are_needed(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(cast.client_person)
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(f"{MINE}else/", {"words": "", "reader": "practice"}, follow=True)
    assert "Sent. Olive Owner reads it" in response.content.decode()
    row = now(cast)
    assert (row.words, row.wants, row.to_practice) == (None, "else", True)
    (letter,) = mail.outbox
    assert letter.to == [cast.owner.email]


def test_the_letter_says_nothing_of_it(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        say_concern(by=cast.client_person, client=cast.client, wants="talk", words=WORDS)
    (letter,) = mail.outbox
    assert letter.to == [cast.therapist.email]
    told = f"{letter.subject} {letter.body}"
    for word in (WORDS, "stayed", "Cleo", "Client", "feel", "concern", str(cast.client.pk)):
        assert word not in told


def test_a_sentence_is_borrowed_without_javascript_and_nothing_is_sent(
    cast: Cast, sign_in: SignIn
) -> None:
    sentence = sentences()[0]
    typed = {"words": "Last week.", "reader": "therapist", "borrow": sentence.key}
    response = sign_in(cast.client_person).post(f"{MINE}someone/", typed)
    page = response.content.decode()
    assert f"Last week. {sentence.words}</textarea>" in page
    assert 'value="therapist" id="reader-therapist" checked' in page
    assert not Concern.objects.seen_by(cast.client_person).exists()


def test_its_therapist_reads_it_answers_and_the_client_sees_both(
    cast: Cast, sign_in: SignIn, said: Concern
) -> None:
    therapist, client = sign_in(cast.therapist), sign_in(cast.client_person)
    assert "Not read yet" in client.get(MINE).content.decode()
    page = therapist.get(theirs(cast)).content.decode()
    assert WORDS in page
    assert all(one.words.replace("'", "&#x27;") in page for one in answers())
    assert "Tessa Therapist has read it" in client.get(MINE).content.decode()
    url = f"{theirs(cast)}{said.pk}/"
    assert therapist.post(url, {"words": "Thank you for telling me."}).status_code == 302
    assert "There is an answer to what you said" in client.get("/").content.decode()
    page = client.get(MINE).content.decode()
    assert "Tessa Therapist answered" in page
    assert "Thank you for telling me." in page
    assert "There is an answer to what you said" not in client.get("/").content.decode()


def test_what_was_said_to_the_practice_is_not_seen_by_the_therapist(
    cast: Cast, sign_in: SignIn, said_to_practice: Concern
) -> None:
    therapist = sign_in(cast.therapist)
    assert WORDS not in therapist.get(theirs(cast)).content.decode()
    assert "Cleo" not in therapist.get(INBOX).content.decode()
    url = f"{theirs(cast)}{said_to_practice.pk}/"
    assert therapist.post(url, {"words": "Why?"}).status_code == 404
    assert therapist.post(f"{INBOX}{said_to_practice.pk}/", {"words": "Why?"}).status_code == 404
    assert concerns_of(cast.client, viewer=cast.therapist) == ()
    assert concerns_waiting(cast.therapist) == {}


def test_the_deputy_reads_it_and_answers(
    cast: Cast, sign_in: SignIn, said_to_practice: Concern
) -> None:
    deputy = sign_in(cast.owner)
    page = deputy.get(INBOX).content.decode()
    assert "Cleo Client would like another therapist" in page
    assert WORDS in page
    deputy.post(f"{INBOX}{said_to_practice.pk}/", {"words": "I’ll ring you tomorrow."})
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert "Olive Owner answered" in page
    assert "I’ll ring you tomorrow." in page


def test_the_deputy_does_not_read_what_was_said_to_the_therapist(
    cast: Cast, sign_in: SignIn, said: Concern
) -> None:
    assert WORDS not in sign_in(cast.owner).get(INBOX).content.decode()
    assert sign_in(cast.owner).get(theirs(cast)).status_code == 404
    with pytest.raises(NotYours):
        answer_concern(by=cast.owner, concern=said, words="From outside")


def test_a_deputy_who_works_with_the_client_is_not_who_reads_it(
    cast: Cast, sign_in: SignIn
) -> None:
    Practice.objects.update(deputy=cast.therapist)
    page = sign_in(cast.client_person).get(f"{MINE}else/").content.decode()
    assert "Olive Owner, for the practice" in page
    concern = say_concern(
        by=cast.client_person, client=cast.client, wants="else", words=WORDS, to_practice=True
    )
    assert WORDS not in sign_in(cast.therapist).get(INBOX).content.decode()
    assert WORDS in sign_in(cast.owner).get(INBOX).content.decode()
    assert readers_now().of(concern.client_id) == cast.owner
    assert readers_now().of(cast.other_client.pk) == cast.therapist


def test_without_anybody_to_read_it_the_page_says_to_ring(cast: Cast, sign_in: SignIn) -> None:
    Practice.objects.update(deputy=None, phone="01632 960117")
    Person.objects.filter(role=Role.OWNER).update(is_active=False)
    CareRelationship.objects.filter(pk=cast.care.pk).update(ends_at=timezone.now())
    browser = sign_in(cast.client_person)
    assert "Please ring the practice" in browser.get(f"{MINE}else/").content.decode()
    with pytest.raises(Refused, match="Please ring the practice"):
        say_concern(by=cast.client_person, client=cast.client, wants="else", to_practice=True)


def test_the_next_therapist_does_not_read_what_was_said_about_the_one_before(
    cast: Cast, said: Concern
) -> None:
    later = timezone.now() + timedelta(seconds=1)
    CareRelationship.objects.filter(pk=cast.care.pk).update(ends_at=later - timedelta(seconds=1))
    care = begin_care(by=cast.owner, client=cast.client, therapist=cast.other_therapist)
    forget_access(cast.other_therapist)
    assert care.starts_at > said.said_at
    assert concerns_of(cast.client, viewer=cast.other_therapist) == ()
    assert concerns_for(cast.other_therapist).own == ()


def test_an_emergency_opens_what_was_said_to_the_therapist_and_not_to_the_practice(
    cast: Cast, said: Concern, said_to_practice: Concern
) -> None:
    EmergencyAccess.objects.create(
        client=cast.client,
        person=cast.supervisor,
        reason="A neighbour rang.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    (seen,) = concerns_of(cast.client, viewer=cast.supervisor)
    assert seen.id == said.pk
    assert not seen.may_answer


def test_it_is_taken_back_and_disappears_for_everybody_else(
    cast: Cast, sign_in: SignIn, said: Concern
) -> None:
    client, therapist = sign_in(cast.client_person), sign_in(cast.therapist)
    page = client.post(f"{MINE}{said.pk}/", follow=True).content.decode()
    assert "Taken back (1)" in page
    assert WORDS not in therapist.get(theirs(cast)).content.decode()
    assert therapist.post(f"{theirs(cast)}{said.pk}/", {"words": "?"}).status_code == 404
    again = client.get(f"{MINE}talk/", {"again": said.pk}).content.decode()
    assert f"{WORDS}</textarea>" in again
    with pytest.raises(Refused, match="taken this back already"):
        withdraw_concern(by=cast.client_person, concern=said)


def test_two_answers_at_once_keep_the_first_and_show_the_second_again(
    cast: Cast, sign_in: SignIn, said: Concern
) -> None:
    answer_concern(by=cast.therapist, concern=said, words="The first.")
    url = f"{theirs(cast)}{said.pk}/"
    response = sign_in(cast.therapist).post(url, {"words": "The second."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "The first." in page
    assert "The second." in page
    assert now(cast).answer == "The first."
    with pytest.raises(Stale):
        answer_concern(by=cast.therapist, concern=said, words="The third.")


def test_an_answer_needs_words_and_a_borrowed_sentence_is_not_sent_by_itself(
    cast: Cast, sign_in: SignIn, said: Concern
) -> None:
    browser, url = sign_in(cast.therapist), f"{theirs(cast)}{said.pk}/"
    assert browser.post(url, {"words": "  "}).status_code == 422
    page = browser.post(url, {"words": "", "borrow": answers()[0].key}).content.decode()
    assert answers()[0].words.replace("'", "&#x27;") in page
    assert now(cast).answer is None


def test_a_client_who_wants_no_e_mail_gets_none(
    cast: Cast, said: Concern, django_capture_on_commit_callbacks: Any
) -> None:
    cast.client.no_email = True
    cast.client.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer_concern(by=cast.therapist, concern=said, words="Thank you.")
    assert mail.outbox == []


def test_hostile_words_are_shown_as_text_to_both(cast: Cast, sign_in: SignIn) -> None:
    hostile = "</textarea><script>1</script>\u202e"
    client = sign_in(cast.client_person)
    page = client.post(f"{MINE}talk/", {"words": hostile, "reader": "therapist"}, follow=True)
    for html in (page.content.decode(), sign_in(cast.therapist).get(theirs(cast)).content.decode()):
        assert "<script>1" not in html
        assert "&lt;/textarea&gt;&lt;script&gt;" in html


def test_too_many_words_are_refused_kindly_and_kept(cast: Cast, sign_in: SignIn) -> None:
    long = "word " * 2_000
    typed = {"words": long, "reader": "therapist"}
    response = sign_in(cast.client_person).post(f"{MINE}talk/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "please shorten it" in page
    assert long.strip() in page


def test_a_form_without_a_reader_is_not_sent(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.client_person).post(f"{MINE}else/", {"words": "Hm."})
    assert response.status_code == 422
    assert "Please choose who is to read it." in response.content.decode()


def test_strangers_find_nothing(
    cast: Cast, sign_in: SignIn, said: Concern, said_to_practice: Concern
) -> None:
    find_nothing(cast, sign_in, theirs(cast))
    find_nothing(cast, sign_in, theirs(cast), "client_person")
    find_nothing(cast, sign_in, f"{theirs(cast)}{said.pk}/", post=True)
    find_nothing(cast, sign_in, INBOX, "supervisor", "client_person")
    find_nothing(
        cast,
        sign_in,
        f"{INBOX}{said_to_practice.pk}/",
        "supervisor",
        "therapist",
        "other_therapist",
        "client_person",
        post=True,
    )
    find_nothing(cast, sign_in, MINE, "owner", "supervisor", "therapist")
    find_nothing(cast, sign_in, f"{MINE}{said.pk}/", *STRANGERS, "therapist", post=True)
    find_nothing(cast, sign_in, f"{MINE}talk/", "owner", "therapist", post=True)
    assert sign_in(cast.client_person).get(f"{MINE}shout/").status_code == 404


def test_nobody_says_it_for_the_client(cast: Cast) -> None:
    with pytest.raises(Refused, match="Only the client"):
        say_concern(by=cast.therapist, client=cast.client, wants="talk", words="For them")
    with pytest.raises(NotYours):
        say_concern(by=cast.other_client_person, client=cast.client, wants="talk")


def test_the_audit_holds_no_word_of_it(cast: Cast, said: Concern) -> None:
    event = Event.objects.get(what="concern.said")
    assert (event.client_id, event.facts) == (cast.client.pk, {})


def test_a_long_list_costs_no_more_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        say_concern(
            by=cast.client_person, client=cast.client, wants="else", words="x", to_practice=True
        )
    deputy = sign_in(cast.owner)
    deputy.get(INBOX)
    with django_assert_max_num_queries(30):
        assert deputy.get(INBOX).status_code == 200
