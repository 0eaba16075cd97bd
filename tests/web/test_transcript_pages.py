"""From a file to who is who, as a therapist does it in a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.analysis.models import Transcript
from holdfast_web.care.actions import begin_care
from tests.web.conftest import Cast
from tests.web.strangers import SignIn
from tests.web.test_transcripts_brought import address, bring, file
from tests.web.transcripts import ROLES, TALK, brought, consenting, vtt

WHY = "a test"
SCRIPT = "<script>alert(1)</script>"


def only_one() -> Transcript:
    found: Transcript = Transcript.objects.for_the_practice(WHY).get()
    return found


def text_of(answer: Any) -> str:
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def test_a_file_is_brought_in_and_leads_to_who_is_who(cast: Cast, sign_in: SignIn) -> None:
    session, browser = consenting(cast), sign_in(cast.therapist)
    page = text_of(browser.get(address(session)))
    assert "At most 5 MB" in page
    assert "WebVTT (Zoom, Teams, Webex, YouTube)" in page
    answer = browser.post(address(session), {"transcript": file()}, follow=True)
    assert answer.redirect_chain == [(address(session, "roles/"), 302)]
    page = text_of(answer)
    assert "of the words, 7 lines" in page
    assert TALK[0][1] in page
    sent = {"edition": "1", "role-0": "therapist", "role-1": "client"}
    answer = browser.post(address(session, "roles/"), sent, follow=True)
    assert answer.redirect_chain == [(address(session), 302)]
    assert only_one().roles == ROLES
    page = text_of(answer)
    assert all(text in page for _, text in TALK)
    assert "they are kept until" in page


def test_the_session_leads_to_what_was_said(cast: Cast, sign_in: SignIn) -> None:
    session = consenting(cast)
    page = sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/sessions/{session.pk}/")
    assert f'href="{address(session)}"' in page.content.decode()


def test_until_somebody_said_who_is_who_that_is_asked(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast, roles=False)
    browser = sign_in(cast.therapist)
    answer = browser.get(address(made.session))
    assert (answer.status_code, answer["Location"]) == (302, address(made.session, "roles/"))


def test_a_rule_suggests_and_sets_nothing(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast, roles=False)
    browser = sign_in(cast.therapist)
    page = text_of(browser.get(address(made.session, "roles/")))
    assert "A speaker has the name of the therapist or the client." in page
    assert "Yes, that is so" in page
    assert "checked" not in page
    assert only_one().roles == {}


def test_where_no_rule_says_it_the_model_is_asked_only_when_somebody_wants(
    cast: Cast, sign_in: SignIn
) -> None:
    text = "\n".join(f"Speaker {1 + (who == 'Cleo')}: {said}" for who, said in TALK)
    made = bring(cast, consenting(cast), text, "a.txt")
    browser = sign_in(cast.therapist)
    page = text_of(browser.get(address(made.session, "roles/")))
    assert "Ask the model who sounds like whom" in page
    assert "Yes, that is so" not in page
    page = text_of(browser.get(address(made.session, "roles/"), {"ask": "model"}))
    assert "as the model hears it" in page
    assert re.search(r"It is \d\d % sure", page)
    assert (
        "<strong>Speaker 1</strong>: the therapist; <strong>Speaker 2</strong>: the client" in page
    )
    assert only_one().roles == {}


def test_with_more_than_two_speakers_no_confidence_is_shown(cast: Cast, sign_in: SignIn) -> None:
    names = {"Cleo": "Speaker 2", "Tessa": "Speaker 1"}
    text = "\n".join(f"{names[who]}: {said}" for who, said in TALK) + "\nSpeaker 3: Tea is ready.\n"
    made = bring(cast, consenting(cast), text, "a.txt")
    answer = sign_in(cast.therapist).get(address(made.session, "roles/"), {"ask": "model"})
    page = text_of(answer)
    assert "% sure" not in page
    assert "nobody has checked" in page
    assert "neither" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose one."),
        ({"edition": "1", "role-0": "client"}, "Choose one."),
        ({"edition": "1", "role-0": "king", "role-1": "client"}, "Choose one."),
        ({"edition": "1", "role-0": "client", "role-1": "client"}, "Somebody has to be"),
        ({"edition": "x", "role-0": "client", "role-1": "therapist"}, "Who is who"),
    ],
)
def test_half_of_who_is_who_is_asked_again(
    cast: Cast, sign_in: SignIn, sent: dict[str, str], said: str
) -> None:
    made = brought(cast, roles=False)
    answer = sign_in(cast.therapist).post(address(made.session, "roles/"), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert only_one().roles == {}


def test_who_is_who_of_an_older_look_is_shown_again_and_not_lost(
    cast: Cast, sign_in: SignIn
) -> None:
    made = brought(cast)
    sent = {"edition": "1", "role-0": "client", "role-1": "therapist"}
    answer = sign_in(cast.therapist).post(address(made.session, "roles/"), sent)
    assert answer.status_code == 409
    assert "changed in another window" in text_of(answer)
    assert only_one().roles == ROLES
    assert 'name="edition" value="2"' in answer.content.decode()


def test_a_name_that_is_a_script_is_shown_and_never_run(cast: Cast, sign_in: SignIn) -> None:
    lines = ('{"speaker": "%s", "text": "Good %s morning."}', '{"speaker": "Cleo", "text": "Hm."}')
    text = "\n".join(lines) % (SCRIPT, SCRIPT)
    made = bring(cast, consenting(cast), text, "a.jsonl")
    browser = sign_in(cast.therapist)
    sent = {"edition": "1", "role-0": "therapist", "role-1": "client"}
    seen = [browser.get(address(made.session, "roles/"))]
    browser.post(address(made.session, "roles/"), sent)
    seen += [browser.get(address(made.session, name)) for name in ("", "lines/0/", "lines/1/")]
    for page in seen:
        assert page.status_code == 200
        assert SCRIPT not in page.content.decode()
        assert "alert(1)" in page.content.decode()


def test_a_name_that_is_a_script_in_a_file_s_own_name_is_nowhere(
    cast: Cast, sign_in: SignIn
) -> None:
    session = consenting(cast)
    sent = {"transcript": file("nothing", f"{SCRIPT}.vtt")}
    answer = sign_in(cast.therapist).post(address(session), sent)
    assert answer.status_code == 422
    assert "alert(1)" not in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(cast: Cast, sign_in: SignIn) -> None:
    session, browser = consenting(cast), sign_in(cast.therapist)
    for sent in ({}, {"transcript": "not a file"}):
        answer = browser.post(address(session), sent)
        assert answer.status_code == 422
        assert "Choose a file first." in text_of(answer)
    empty = browser.post(address(session), {"transcript": SimpleUploadedFile("a.vtt", b"")})
    assert "The file is empty" in text_of(empty)


def test_an_upload_needs_the_token_of_its_own_page(cast: Cast) -> None:
    session = consenting(cast)
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.therapist)
    signed_in = browser.session
    signed_in["has_second_factor"] = True
    signed_in.save()
    assert browser.post(address(session), {"transcript": file()}).status_code == 403
    assert not Transcript.objects.for_the_practice(WHY).exists()
    page = browser.get(address(session)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "transcript": file()}
    assert browser.post(address(session), sent).status_code == 302


def test_a_removed_transcript_takes_everything_with_it(cast: Cast, sign_in: SignIn) -> None:
    made = brought(cast)
    browser = sign_in(cast.therapist)
    assert "This can’t be undone" in text_of(browser.get(address(made.session, "remove/")))
    answer = browser.post(address(made.session, "remove/"), follow=True)
    assert "is removed" in text_of(answer)
    assert not Transcript.objects.for_the_practice(WHY).exists()
    assert browser.get(address(made.session, "remove/")).status_code == 302
    assert browser.get(address(made.session, "roles/")).status_code == 302
    again = browser.post(address(made.session), {"transcript": file(vtt())})
    assert again.status_code == 302


@pytest.mark.parametrize("roles", [True, False])
def test_to_the_next_therapist_there_is_no_transcript_of_earlier_care(
    cast: Cast, sign_in: SignIn, roles: bool
) -> None:
    made = brought(cast, roles=roles)
    moment = timezone.now() - timedelta(minutes=1)
    cast.care.starts_at, cast.care.ends_at = moment - timedelta(days=9), moment
    cast.care.save()
    told = {"client": cast.client, "therapist": cast.other_therapist, "starts_at": moment}
    begin_care(by=cast.owner, **told)
    browser = sign_in(cast.other_therapist)
    page = text_of(browser.get(address(made.session)))
    assert TALK[1][1] not in page
    for name in ("roles/", "lines/1/"):
        answer = browser.get(address(made.session, name))
        assert answer.status_code in (302, 404)
        assert TALK[1][1] not in text_of(answer)
    browser.post(address(made.session, "remove/"))
    assert Transcript.objects.for_the_practice(WHY).exists()


def test_a_long_transcript_is_shown_a_part_at_a_time(cast: Cast, sign_in: SignIn) -> None:
    talk = tuple((("Tessa", "Cleo")[n % 2], f"This is line number {n + 1}.") for n in range(400))
    made = brought(cast, vtt(talk))
    browser = sign_in(cast.therapist)
    first = text_of(browser.get(address(made.session)))
    assert "line number 150." in first
    assert "line number 151." not in first
    assert "Lines after these" in first
    last = text_of(browser.get(address(made.session), {"from": "300"}))
    assert "line number 400." in last
    assert "Lines before these" in last
    for odd in ("-1", "x", "9999999999", "²", "401"):
        assert "line number 1." in text_of(browser.get(address(made.session), {"from": odd}))
