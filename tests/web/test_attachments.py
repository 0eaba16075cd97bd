"""Files go with messages: few, small, of four kinds by their content, and never shown in a page."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.audit.models import Event
from holdfast_web.correspondence.actions.marking import take_back
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.kinds import LARGEST, MOST_FILES, Enclosed, kind_of, plain_name
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Attachment, Message
from holdfast_web.keeping.record.written import written_files
from holdfast_web.lib.refusals import Refused
from tests.web.conftest import Cast
from tests.web.dumps import everything_in_the_database
from tests.web.test_messages import agreed, always, text_of, theirs

__all__ = ["agreed", "always"]
SignIn = Callable[[Person | None], Browser]
WHY = "a test"
PDF = b"%PDF-1.7\nquince lantern"
PNG = b"\x89PNG\r\n\x1a\nquince"
JPEG = b"\xff\xd8\xff\xe0quince"
HTML = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary file is ever made while files come in."""

    def refused(*_: Any, **__: Any) -> Any:
        raise AssertionError("a file was to be written to the disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    monkeypatch.setattr(tempfile, "mkstemp", refused)


def send(browser: Browser, *files: tuple[str, bytes], **told: str) -> Any:
    sent: dict[str, Any] = {"words": "See here.", "about": "A letter", "key": str(uuid4()), **told}
    sent["files"] = [SimpleUploadedFile(name, data) for name, data in files]
    return browser.post("/me/messages/write/", sent)


def kept() -> list[Attachment]:
    return list(Attachment.objects.for_the_practice(WHY).order_by("message__written_at", "size"))


@pytest.mark.parametrize(
    ("name", "data", "kind", "called"),
    [
        ("letter.pdf", PDF, "application/pdf", "letter.pdf"),
        ("photo.PNG", PNG, "image/png", "photo.PNG"),
        ("photo.jpeg", JPEG, "image/jpeg", "photo.jpeg"),
        ("list.txt", "Grüße".encode(), "text/plain", "list.txt"),
        # What it is called, and what a browser says that it is, counts for nothing.
        ("page.html", HTML, "text/plain", "page.html.txt"),
        ("run.exe", PDF, "application/pdf", "run.exe.pdf"),
        ("../../etc/passwd", b"words", "text/plain", "passwd.txt"),
        ("a\u202egnp.txt", b"words", "text/plain", "agnp.txt"),
    ],
)
def test_a_file_is_what_is_in_it(
    cast: Cast, always: Any, sign_in: SignIn, name: str, data: bytes, kind: str, called: str
) -> None:
    assert send(sign_in(cast.client_person), (name, data)).status_code == 302
    (row,) = kept()
    assert (row.kind, row.name, row.size) == (kind, called, len(data))


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00",
        b"GIF89a\x01\x00",
        b"PK\x03\x04zip",
        b"\x00\x01",
        b"",
        b"RIFF\x00WEBP",
        b"\xff\xfeh\x00",
    ],
)
def test_what_is_none_of_the_four_kinds_is_refused_in_words(
    cast: Cast, always: Any, sign_in: SignIn, data: bytes
) -> None:
    if not data:
        assert kind_of(data) is None
        return
    response = send(sign_in(cast.client_person), ("letter.pdf", data))
    assert response.status_code == 422
    assert "“letter.pdf” can’t be sent." in text_of(response)
    assert "See here." in response.content.decode()
    assert not Message.objects.for_the_practice(WHY).exists()


def test_a_file_that_is_too_large_is_refused_and_what_was_typed_stays(
    cast: Cast, always: Any, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    response = send(client, ("large.pdf", PDF + b"x" * LARGEST), ("small.pdf", PDF))
    assert response.status_code == 422
    assert "A file may have at most 2 MB." in text_of(response)
    assert "See here." in response.content.decode()
    assert not kept()
    just = PDF + b"x" * (LARGEST - len(PDF))
    assert send(client, ("just.pdf", just)).status_code == 302
    assert kept()[0].size == LARGEST


def test_only_a_few_files_go_with_a_message(cast: Cast, always: Any, sign_in: SignIn) -> None:
    client = sign_in(cast.client_person)
    files = [(f"{number}.pdf", PDF) for number in range(MOST_FILES + 1)]
    response = send(client, *files)
    assert response.status_code == 422
    assert "At most 3 files" in text_of(response)
    assert send(client, *files[:MOST_FILES]).status_code == 302
    assert len(kept()) == MOST_FILES
    letter = Letter("Words", files=tuple(Enclosed("a.pdf", "application/pdf", PDF) for _ in files))
    with pytest.raises(Refused, match="At most 3"):
        send_message(by=cast.client_person, client=cast.client, letter=letter)


def test_a_file_is_handed_over_and_never_shown(cast: Cast, always: Any, sign_in: SignIn) -> None:
    client = sign_in(cast.client_person)
    send(client, ("page.html", HTML))
    (row,) = kept()
    response = client.get(f"/me/messages/files/{row.pk}/")
    assert response.content == HTML
    assert response["Content-Disposition"] == 'attachment; filename="page.html.txt"'
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"
    page = client.get(f"/me/messages/{row.message.thread_id}/").content.decode()
    assert "<img" not in page
    assert f'href="/me/messages/files/{row.pk}/" download' in page


def test_the_other_gets_it_and_nobody_else(cast: Cast, always: Any, sign_in: SignIn) -> None:
    send(sign_in(cast.client_person), ("letter.pdf", PDF))
    (row,) = kept()
    assert sign_in(cast.therapist).get(f"{theirs(cast)}files/{row.pk}/").content == PDF
    event = Event.objects.get(what="message.file_opened")
    assert (event.actor_id, event.client_id) == (cast.therapist.pk, cast.client.pk)
    for person in (cast.owner, cast.supervisor, cast.other_therapist, cast.other_client_person):
        for address in (f"{theirs(cast)}files/{row.pk}/", f"/me/messages/files/{row.pk}/"):
            assert sign_in(person).get(address).status_code == 404
    address = f"/clients/{cast.other_client.pk}/messages/files/{row.pk}/"
    assert sign_in(cast.other_therapist).get(address).status_code == 404


def test_a_file_goes_with_its_message(cast: Cast, always: Any, sign_in: SignIn) -> None:
    send(sign_in(cast.client_person), ("letter.pdf", PDF))
    (row,) = kept()
    take_back(by=cast.client_person, message=row.message)
    assert sign_in(cast.therapist).get(f"{theirs(cast)}files/{row.pk}/").status_code == 404


def test_nothing_of_a_file_lies_open_in_the_database(
    cast: Cast, always: Any, sign_in: SignIn
) -> None:
    send(sign_in(cast.client_person), ("quincemarmalade.pdf", PDF))
    heap = everything_in_the_database()
    assert b"quince" not in heap
    assert b"cXVpbmNl" not in heap


def test_the_clients_copy_holds_the_files(cast: Cast, always: Any, sign_in: SignIn) -> None:
    send(sign_in(cast.client_person), ("letter.pdf", PDF), ("letter.pdf", PDF + b"2"))
    files = written_files(cast.client)
    assert sorted(files.values()) == [PDF, PDF + b"2"]
    assert all(name.startswith("files/") and name.endswith("letter.pdf") for name in files)


def test_a_form_without_its_token_brings_nothing(cast: Cast, always: Any) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.client_person)
    told = {"words": "See here.", "files": io.BytesIO(PDF)}
    assert browser.post("/me/messages/write/", told).status_code == 403
    assert not kept()


def test_where_nobody_may_write_no_file_is_read(cast: Cast, sign_in: SignIn) -> None:
    assert send(sign_in(cast.client_person), ("letter.pdf", PDF)).status_code == 403


def test_a_name_is_kept_short_and_fits_its_kind() -> None:
    assert plain_name("x" * 300 + ".pdf", "application/pdf") == "x" * 100 + ".pdf"
    assert plain_name("", "text/plain") == "file.txt"
    assert plain_name("...", "image/png") == "file.png"
