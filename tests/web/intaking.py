"""What tests of intakes share: a practice that is open to it, and somebody who tells."""

from __future__ import annotations

from typing import Any

from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Practice
from holdfast_web.engine.forms import form_of
from holdfast_web.fit.models import Intake
from holdfast_web.fit.pages import slug_of
from holdfast_web.measures.models import Sheet

WHY = "a test"
BRINGS = "Since the move nothing seems worth getting up for"
HOPES = "To sleep, and to laugh with my sister again"


def opened_by(practice: Practice, reader: Person) -> None:
    """Open the practice to people who ask for help; somebody reads what they tell."""
    practice.intake, practice.intake_is_open = reader, True
    practice.save()


def the_intake(**told: Any) -> Intake:
    """Return the latest intake as it lies in the database."""
    rows = Intake.objects.for_the_practice(WHY).select_related("client__person")
    found: Intake = rows.filter(**told).latest("begun_at")
    return found


def sheet_in(intake: Intake, instrument: str) -> Sheet:
    """Return the sheet of an intake."""
    rows = Sheet.objects.for_the_practice(WHY).select_related("client", "session")
    found: Sheet = rows.get(client=intake.client, instrument=instrument)
    return found


class Teller:
    """Somebody who asks for help, page by page, over HTTP; nothing is faked."""

    def __init__(self, front: str, browser: Browser | None = None) -> None:
        self.front, self.browser = front, browser or Browser()

    @classmethod
    def who_begins(cls, name: str = "Wren", browser: Browser | None = None) -> Teller:
        browser = browser or Browser()
        response = browser.post("/begin/", {"name": name})
        assert response.status_code == 302, response.content.decode()
        return cls(response["Location"], browser)

    def at(self, key: str) -> str:
        return f"{self.front}{key if key in ('read', 'result') else slug_of(key)}/"

    def tell(self, key: str, *, edition: int = 0, **values: Any) -> Any:
        """Send a page of our own questions; return where it leads."""
        return self.browser.post(self.at(key), {"edition": edition, "do": "on", **values})

    def fill(self, instrument: str, value: int = 0, *, edition: int = 1, **others: Any) -> Any:
        """Send a questionnaire with the same answer on every line, but for others."""
        answers = {
            one.name: value if one.options else ""
            for one in form_of(instrument).questions
            if one.kind != "text"
        } | others
        told = {f"item-{name}": one for name, one in answers.items() if one != ""}
        return self.browser.post(
            self.at(instrument), {"edition": edition, "as_it_is": "yes", "do": "hand-in", **told}
        )

    def words(self, key: str = "") -> str:
        """Return what a page says."""
        return self.browser.get(self.at(key) if key else self.front, follow=True).content.decode()

    def tell_the_beginning(self, **about: Any) -> None:
        """Tell all that comes before the questionnaires."""
        self.tell("now", now=["none"])
        self.tell("brings", brings=BRINGS)
        self.tell("hopes", hopes=HOPES)
        self.tell("problems", problems=["low_mood", "work"], main="work")
        self.tell("about", **{"age": "34", "partner": "no", **about})
        self.tell("afraid", afraid="no")
        self.tell("known", known=["none"])

    def tell_all(self, *, phq: int = 1, item9: int = 0) -> None:
        """Tell everything, as somebody in low spirits would."""
        self.tell_the_beginning()
        self.fill("phq-9", phq, q9=item9)
        if item9:
            self.tell("safety", ending="no", could_act="no", safe_here="yes", near="My sister")
        self.fill("gad-7", 1)
        self.fill("pc-ptsd-5", 0)
        self.fill("c-nip", 0)
        self.tell(
            "practical",
            languages=["en"],
            places=["online"],
        )
        self.tell("times", times=["mon-evening"])
        self.tell("needs", limits="Nobody from my old firm")
        self.tell("contact", name="Wren", phone="01632 960117", email="wren@example.org")

    def hand_in(self) -> Any:
        return self.browser.post(self.at("read"))
