"""What comes from outside may be made to harm: bombs, entities, odd letters, far too much."""

from __future__ import annotations

import io
import json
import resource
import time
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from holdfast_web.analysis.models import Transcript
from holdfast_web.engine.transcripts import LARGEST_UPLOAD
from holdfast_web.lib.uploads import DRAINED, take_one_file
from tests.fuzz.writers import WORD_NAMESPACE
from tests.web.conftest import Cast
from tests.web.disk import watched
from tests.web.strangers import SignIn
from tests.web.test_transcript_pages import text_of
from tests.web.test_transcripts_brought import address
from tests.web.transcripts import consenting

BODY = f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>%s</w:body></w:document>'
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
LAUGHING = f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
EAF = "{}<ANNOTATION_DOCUMENT>{}</ANNOTATION_DOCUMENT>"


def docx(xml: str, *, claimed: int | None = None) -> bytes:
    """Return a Word file; one that lies about its size where a size is claimed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    data = out.getvalue()
    if claimed is None:
        return data
    honest = len(xml.encode()).to_bytes(4, "little")
    return data.replace(honest, claimed.to_bytes(4, "little"))


BOMBS = {
    "a zip bomb": lambda: docx(BODY % ("<w:p/>" * 8_000_000)),
    "a zip bomb that lies": lambda: docx(BODY % ("<w:p/>" * 4_000_000), claimed=9_000),
    "a million empty elements": lambda: docx(BODY % ("<w:p/><w:r/>" * 600_000)),
    "laughs in Word": lambda: docx(f"{LAUGHING}{BODY % '<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>'}"),
    "laughs in ELAN": lambda: EAF.format(LAUGHING, "&a9;").encode(),
    "a file from outside": lambda: EAF.format(OUTSIDE, "&e;").encode(),
    "deep XML": lambda: f"<ANNOTATION_DOCUMENT>{'<a>' * 1_500_000}".encode(),
    "deep JSON": lambda: b'{"speaker": "A", "text": ' + b"[" * 2_000_000,
    "a long number": lambda: b'{"speaker":"A","text":"x","start":' + b"9" * 4_000_000 + b"}",
    "one long line": lambda: b"A: " * 1_500_000,
    "an open quotation mark": lambda: b'speaker,text\nA,"' + b"x," * 2_000_000,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400,
    "a recording": lambda: b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(range(256)) * 400,
    "a PDF": lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "another zip": lambda: docx("")[:60],
}


def send(sign_in: SignIn, cast: Cast, there: str, data: bytes, name: str = "a.vtt") -> Any:
    browser = sign_in(cast.therapist)
    browser.raise_request_exception = False
    return browser.post(there, {"transcript": SimpleUploadedFile(name, data)})


def count() -> int:
    found: int = Transcript.objects.for_the_practice("a test").count()
    return found


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_words_and_quickly(cast: Cast, sign_in: SignIn, bomb: str) -> None:
    there, data = address(consenting(cast)), BOMBS[bomb]()
    assert len(data) < LARGEST_UPLOAD
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with watched() as written:
        answer = send(sign_in, cast, there, data)
    assert answer.status_code == 422, bomb
    assert 'class="errors"' in answer.content.decode()
    assert not written
    assert time.process_time() - began < 10
    # In kilobytes: a bomb that went off would take hundreds of megabytes, and then all there is.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
    assert not count()


def test_no_file_of_this_machine_is_read_into_a_transcript(cast: Cast, sign_in: SignIn) -> None:
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123 - a plain look
        host = file.read().strip()
    there = address(consenting(cast))
    answer = send(sign_in, cast, there, BOMBS["a file from outside"](), "a.eaf")
    assert host not in answer.content.decode()
    assert "document type" in text_of(answer)


def test_more_than_the_most_is_dropped_on_its_way(cast: Cast, sign_in: SignIn) -> None:
    there = address(consenting(cast))
    with watched() as written:
        answer = send(sign_in, cast, there, b"x" * (LARGEST_UPLOAD + 1))
    assert answer.status_code == 422
    assert "The file has more than 5 MB." in text_of(answer)
    assert not written
    just = b"A: words of one\nB: words of the other\n" + b" " * (LARGEST_UPLOAD - 100)
    assert send(sign_in, cast, there, just).status_code in (302, 422)


def test_one_file_is_taken_and_no_second(cast: Cast, sign_in: SignIn) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x" * 1000) for n in range(20)]
    request = RequestFactory().post("/", {"login": "a", "transcript": files})
    take_one_file(request, 1000)
    assert [one.name for one in request.FILES.getlist("transcript")] == ["0.txt"]
    assert request.POST["login"] == "a"


def test_whoever_sends_without_end_is_not_listened_to_for_ever() -> None:
    request = RequestFactory().post("/", {"transcript": SimpleUploadedFile("a", b"x" * 200_000)})
    handler = take_one_file(request, 1000)
    handler._sent = DRAINED + 1
    handler.handle_raw_input = lambda *_: None  # type: ignore[method-assign]
    assert not request.FILES
    assert handler.too_large
    assert request._stream.read(10), "the rest was read to its end"


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Te\x00ssa", "Wo\x00rds."),
        ("Te\ud800ssa", "Half a letter \udc00."),
        ("\u202eassT", "\u202etxet sdrawkcab"),
        ("=HYPERLINK(1)", "=cmd|' /C calc'!A0"),
        ("{{ 7*7 }}", "{% debug %}"),
        ("'; DROP TABLE analysis_transcript; --", "\\"),
        ("<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
        ("\n\n", "only space in the name"),
        ("n" * 200, "a long name"),
    ],
)
def test_odd_letters_come_in_as_letters(
    cast: Cast, sign_in: SignIn, speaker: str, text: str
) -> None:
    session = consenting(cast)
    rows = [{"speaker": speaker, "text": text}, {"speaker": "Cleo", "text": "Yes."}]
    data = "\n".join(map(json.dumps, rows)).encode()
    answer = send(sign_in, cast, address(session), data, "a.jsonl")
    assert answer.status_code == 302
    browser = sign_in(cast.therapist)
    sent = {"edition": "1", "role-0": "therapist", "role-1": "client"}
    assert browser.post(address(session, "roles/"), sent).status_code == 302
    for name in ("", "roles/", "lines/0/", "remove/"):
        page = browser.get(address(session, name))
        assert page.status_code == 200
        assert "<img src=x" not in page.content.decode()
        assert "<svg/onload" not in page.content.decode()
    kept = Transcript.objects.for_the_practice("a test").get()
    assert "\0" not in json.dumps(kept.lines, ensure_ascii=False)
    json.dumps(kept.lines, ensure_ascii=False).encode()


def test_the_name_of_a_file_is_kept_nowhere_however_long_it_is(cast: Cast, sign_in: SignIn) -> None:
    session = consenting(cast)
    data = b"Tessa: How was it?\nCleo: Hard, all week long.\n"
    name = f"{'cleo-client-' * 400}../../etc/passwd\x01.txt"
    assert send(sign_in, cast, address(session), data, name).status_code == 302
    kept = Transcript.objects.for_the_practice("a test").get()
    assert "cleo-client-cleo" not in json.dumps([kept.notes, kept.lines, kept.format])


FILE_PART = 'Content-Disposition: form-data; name="transcript"; filename="a.vtt"\r\n'
BODIES = {
    "cut short": ("multipart/form-data; boundary=b", f"--b\r\n{FILE_PART}\r\nA: half"),
    "no boundary": ("multipart/form-data", "anything"),
    "an endless boundary": (f"multipart/form-data; boundary={'b' * 300}", "anything"),
    "broken base64": (
        "multipart/form-data; boundary=b",
        f"--b\r\n{FILE_PART}Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n",
    ),
    "a part without a name": (
        "multipart/form-data; boundary=b",
        "--b\r\nX: y\r\n\r\nz\r\n--b--\r\n",
    ),
    "two hundred files": (
        "multipart/form-data; boundary=b",
        f"--b\r\n{FILE_PART}\r\nA: x\r\n" * 200 + "--b--\r\n",
    ),
    "two thousand fields": (
        "multipart/form-data; boundary=b",
        '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 2000 + "--b--\r\n",
    ),
    "JSON": ("application/json", '{"transcript": "A: x"}'),
    "a plain form": ("application/x-www-form-urlencoded", "transcript=A%3A+x"),
    "nothing": ("multipart/form-data; boundary=b", ""),
}


@pytest.mark.parametrize("body", BODIES)
def test_a_form_that_is_none_is_answered_and_not_taken(
    cast: Cast, sign_in: SignIn, body: str
) -> None:
    browser, there = sign_in(cast.therapist), address(consenting(cast))
    browser.raise_request_exception = False
    kind, text = BODIES[body]
    with watched() as written:
        answer = browser.generic("POST", there, text.encode(), content_type=kind)
    assert answer.status_code in (400, 422)
    assert not written
    assert not count()
