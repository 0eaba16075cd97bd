"""A therapist of the benchmark, with a client who said yes to everything, and a browser."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from benchmarks.practice.filled import signed_in
from holdfast.testing import as_webvtt, synthetic_session
from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.actions import accept, begin_agreement, give_consent
from holdfast_web.analysis.models import Analysis
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import Practice
from holdfast_web.encounters.models import Session

EDITION = re.compile(r'name="edition" value="(\d+)"')
WHY = "a benchmark"
FILLED = {
    "about_your_therapist": {
        "terms": {"address": "here", "qualifications": "some", "registered_with": "a register"}
    },
    "exceptions": {"terms": {"legal_duties": "what the law says"}},
    "fees": {"terms": {"amount": "£55"}},
    "complaints": {"terms": {"outside_body": "a body"}},
}
seeds = itertools.count(1)


def a_practice() -> None:
    """Make the practice."""
    Practice.objects.create(name="Benchmark", phone="01632 960 117", email="hello@example.org")


@dataclass
class Therapist:
    """Somebody who brings in transcripts."""

    person: Person
    client: Any
    sessions: list[Session]
    browser: Browser
    asked: list[Any] = field(default_factory=list)

    @classmethod
    def new(cls, name: str, sessions: int) -> Therapist:
        """Return a therapist with a client and sessions that were held."""
        make = Person.objects.create_person
        person = make(email=f"{name}@example.org", name=name, role=Role.THERAPIST)
        care = open_record(by=person, name=f"{name}'s client", therapist=person)
        who = make(email=f"c-{name}@example.org", name="A client", role=Role.CLIENT)
        care.client.person = who
        care.client.save(update_fields=("person",))
        accept(by=who, version=begin_agreement(by=person, care=care, changes=FILLED))
        for kind in ("recording", "analysis"):
            give_consent(by=who, client=care.client, kind=kind, given=True)
        held = [
            Session.objects.create(
                client=care.client,
                care=care,
                number=number + 1,
                starts_at=timezone.now() - timedelta(days=7 * (sessions - number)),
                status=Session.Status.HELD,
            )
            for number in range(sessions)
        ]
        browser = Browser(SERVER_NAME="localhost")
        browser.cookies["sessionid"] = signed_in(person)
        return cls(person, care.client, held, browser)

    def upload(self, minutes: float) -> None:
        """Bring in a transcript, say who is who, and have it read, as a person would."""
        session = self.sessions.pop(0)
        where = f"/clients/{self.client.pk}/sessions/{session.pk}"
        text = as_webvtt(synthetic_session(minutes, next(seeds)))
        file = SimpleUploadedFile("session.vtt", text.encode(), content_type="text/vtt")
        self._post(f"{where}/transcript/", {"transcript": file})
        page = self.browser.get(f"{where}/transcript/roles/").content.decode()
        edition = EDITION.search(page)
        assert edition is not None, page[:2000]
        roles = {"role-0": "therapist", "role-1": "client", "edition": edition[1]}
        self._post(f"{where}/transcript/roles/", roles)
        self._post(f"{where}/analysis/start/", {})
        self.asked.append(session)

    def wait(self) -> None:
        """Wait until all that was brought in is read."""
        while self.left():
            time.sleep(0.05)
        rows = Analysis.objects.for_the_practice(WHY).filter(client=self.client)
        assert set(rows.values_list("state", flat=True)) == {"done"}

    def left(self) -> int:
        """Return how many are not read yet."""
        rows = Analysis.objects.for_the_practice(WHY).filter(client=self.client)
        return int(rows.filter(state__in=("waiting", "running")).count())

    def findings(self) -> tuple[bytes, float]:
        """Open the page of the latest findings; return it, and how long it took."""
        session, begun = self.asked[-1], time.perf_counter()
        page = self.browser.get(f"/clients/{self.client.pk}/sessions/{session.pk}/analysis/")
        assert page.status_code == 200, page.status_code
        return page.content, time.perf_counter() - begun

    def _post(self, path: str, told: dict[str, Any]) -> None:
        answer = self.browser.post(path, told)
        assert answer.status_code == 302, (path, answer.status_code)
