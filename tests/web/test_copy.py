"""A client takes everything they may have away, in a file that other software reads, too."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.actions.refusing import refuse_session
from holdfast_web.audit.models import Event
from holdfast_web.care.models import Client
from holdfast_web.engine import fhir
from holdfast_web.engine.scoring import work_out
from holdfast_web.goals.models import Goal
from holdfast_web.keeping.actions import take_copy
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.models import Sheet
from tests.web.conftest import Cast
from tests.web.record import RATINGS, WHY, Record, full_record
from tests.web.transcripts import brought

SignIn = Callable[[Person | None], Browser]
URL = "/me/export/"
NOT_THEIRS = (
    "a private note",
    "thoughts of the whole",
    *(f"a guess {place}" for place in range(len(RATINGS))),
    "an intent",
    "an outcome",
    "a rupture",
    "a step",
    "what was done",
    "a draft",
    "a comment",
)
"""Places whose words are the therapist's own."""
NOT_SENT = ("a message not sent", "a beginning", "a subject not sent")
"""Places whose words nobody was told yet."""
MENDED = ("a line of talk 1",)
"""Words that others stand for since."""


@pytest.fixture
def record(cast: Cast) -> Record:
    return full_record(cast, say=lambda place: f"Words of {place}, and no others.")


def copy_of(cast: Cast) -> dict[str, str]:
    """Return the files of the client's copy."""
    made = take_copy(by=cast.client_person, client=cast.client)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_the_client_may_have_is_in_both_and_nothing_else(cast: Cast, record: Record) -> None:
    files = copy_of(cast)
    told = json.loads(files["record.json"])
    assert record.words["a file"] in "".join(files.values())
    others = {*NOT_THEIRS, *NOT_SENT, *MENDED, "a file"}
    theirs = {place for place in record.words if place not in others}
    text = json.dumps(told, ensure_ascii=False)
    assert {
        place for place, words in record.words.items() if words in files["record.html"]
    } == theirs
    assert {place for place, words in record.words.items() if words in text} == theirs


def test_the_json_says_what_the_practice_knows(cast: Cast, record: Record) -> None:
    told = json.loads(copy_of(cast)["record.json"])
    client = Client.objects.seen_by(cast.client_person).get()
    assert (told["format"], told["version"]) == ("holdfast-record", 1)
    assert (told["you"]["number"], told["you"]["name"]) == (str(client.pk), "Cleo Client")
    sheets = Sheet.objects.for_the_practice(WHY).filter(client=client, respondent="client")
    again = [
        (
            one["instrument"],
            one["session"],
            _moment(one["handed_in_at"]),
            {answer["item"]: answer["answer"] for answer in one["answers"]},
        )
        for one in told["answers"]
    ]
    assert sorted(again, key=str) == sorted(
        (
            (one.instrument, one.session and one.session.number, one.handed_in_at, one.answers)
            for one in sheets.select_related("session")
        ),
        key=str,
    )
    for one in told["answers"]:
        if one["handed_in_at"]:
            answers = {answer["item"]: answer["answer"] for answer in one["answers"]}
            assert work_out(one["instrument"], answers).value == one["came_to"]["value"]
    goals = Goal.objects.seen_by(cast.client_person)
    assert [one["words"] for one in told["goals"]] == [one.words for one in goals]
    versions = told["agreement"]["versions"]
    assert [one["number"] for one in versions] == [1, 2]
    assert "Words of a change, and no others." in json.dumps(versions[1])
    assert [(one["to"], one["given"]) for one in told["agreement"]["consents"]] == [
        ("recording of sessions", True),
        ("reading of transcripts by this software", True),
        ("sharing with a supervisor", True),
    ]
    assert len(told["opened"]["events"]) == Event.objects.filter(client_id=client.pk).count()
    assert told["opened"]["events"][0]["words"].startswith("Cleo Client made a copy")


def test_the_fhir_bundle_reads_back_to_the_same_answers(cast: Cast, record: Record) -> None:
    # The engine's own reader; the practice itself never imports it.
    from holdfast.instruments import load_instrument
    from holdfast.instruments.fhir import read_responses

    bundle = json.loads(copy_of(cast)["fhir.json"])
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    sheets = Sheet.objects.for_the_practice(WHY).filter(
        client=cast.client, respondent="client", handed_in_at__isnull=False
    )
    for name in ("check-in", "phq-9"):
        found = read_responses(load_instrument(name), bundle)
        kept = [one for one in sheets.order_by("due_at") if one.instrument == name]
        assert [dict(one.answers) for one in found] == [one.answers for one in kept]
        assert {one.client for one in found} == {str(cast.client.pk)}


def test_without_the_package_for_fhir_the_copy_says_so(
    cast: Cast, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir, "has_fhir", lambda: False)
    files = copy_of(cast)
    assert "fhir.json" not in files
    assert "There is no FHIR file in this copy" in files["record.html"]
    assert json.loads(files["record.json"])["fhir"]["there"] is False


def test_what_is_not_in_it_is_said_with_its_reason(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.client_person).get(URL).content.decode()
    for said in (page, copy_of(cast)["record.html"]):
        assert "Private notes" in said
        assert "Your therapist’s guesses" in said


def test_the_page_stands_without_the_network_and_runs_nothing(cast: Cast, record: Record) -> None:
    html = copy_of(cast)["record.html"]
    assert "<script" not in html
    assert "http://" not in html
    assert "https://" not in html
    assert "style=" not in html


def test_words_that_look_like_html_stay_words(cast: Cast) -> None:
    evil = "<script>alert(1)</script> & {{ client.name }} is what I said to you about it"
    full_record(cast, say=lambda _: evil)
    files = copy_of(cast)
    assert "<script" not in files["record.html"]
    assert "&lt;script&gt;alert(1)" in files["record.html"]
    assert json.loads(files["record.json"])["goals"][0]["words"] == evil


def test_it_is_handed_out_as_a_file_that_no_browser_keeps(
    cast: Cast, record: Record, sign_in: SignIn
) -> None:
    response = sign_in(cast.client_person).post(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"].startswith('attachment; filename="my-record-')
    assert "Cleo" not in response["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None


def test_a_copy_wants_a_fresh_sign_in(cast: Cast, sign_in: SignIn) -> None:
    cast.client_person.set_password("a long and quiet harbour")
    cast.client_person.save()
    for response in (
        sign_in(cast.client_person).get(URL),
        sign_in(cast.client_person).post(URL),
    ):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/reauthenticate/")
    assert not Event.objects.filter(what="record.copied").exists()


def test_a_copy_is_for_the_client_alone(cast: Cast) -> None:
    for name in ("owner", "therapist", "supervisor", "other_client_person"):
        with pytest.raises(Refused):
            take_copy(by=cast[name], client=cast.client)
    assert not Event.objects.filter(what="record.copied").exists()


def test_everybody_else_finds_no_such_page(cast: Cast, sign_in: SignIn) -> None:
    for name in ("owner", "therapist", "supervisor"):
        assert sign_in(cast[name]).post(URL).status_code == 404


def test_a_client_with_nothing_yet_gets_a_copy_as_well(cast: Cast) -> None:
    files = copy_of(cast)
    assert json.loads(files["record.json"])["answers"] == []
    assert json.loads(files["fhir.json"]) == {"resourceType": "Bundle", "type": "collection"}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_what_was_said_and_what_stands_on_it_is_in_it(cast: Cast, record: Record) -> None:
    files = copy_of(cast)
    (text,) = json.loads(files["record.json"])["said"]
    assert [one["who"] for one in text["lines"][:3]] == [
        "Tessa Therapist",
        "You",
        "Words of a speaker, and no others.",
    ]
    (reading,) = text["readings"]
    assert reading["findings"]["schema"] == "holdfast.record/1"
    assert [(one["line"], one["by"]) for one in reading["corrections"]] == [(1, "Tessa Therapist")]
    assert [one["line"] for one in text["shown"]["quotes"]] == [1, 2]
    assert [(one["first_line"], one["last_line"]) for one in text["shared"]] == [(1, 4), (1, 6)]
    assert [bool(one["agreed_at"]) for one in text["shared"]] == [True, False]
    assert "What a program marked in it" in files["record.html"]


def test_a_session_that_was_left_out_is_in_it_as_that(cast: Cast) -> None:
    session = brought(cast).session
    refuse_session(by=cast.client_person, session=session)
    told = json.loads(copy_of(cast)["record.json"])
    assert told["said"] == []
    assert [one["session"] for one in told["left_out"]] == [session.number]
    assert "There is no text of any session." in copy_of(cast)["record.html"]
