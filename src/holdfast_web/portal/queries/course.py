"""My course: check-ins and questionnaires over the sessions, and the client's own notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.followed import Followed, followed
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import CHECK_IN
from holdfast_web.measures.queries.courses import courses_of, sessions_so_far


@dataclass(frozen=True, slots=True)
class Note:
    """What the client wrote in a check-in."""

    sheet_id: UUID
    session: int | None
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class MyCourse:
    """All that the page shows."""

    check_ins: Followed | None
    notes: tuple[Note, ...]
    others: tuple[Followed, ...]


@clinical_read
def course_of(client: Client, *, viewer: Person) -> MyCourse:
    """Return a client's course for the client."""
    if not is_client(viewer, client):
        raise NotYours
    courses = [followed(one) for one in courses_of(client, viewer=viewer)]
    witness("own_notes.viewed", by=viewer, client_id=client.pk)
    return MyCourse(
        check_ins=next((one for one in courses if one.view.instrument == CHECK_IN), None),
        notes=tuple(_notes(client, viewer)),
        others=tuple(one for one in courses if one.view.instrument != CHECK_IN),
    )


def _notes(client: Client, viewer: Person) -> Iterable[Note]:
    numbers = {session.pk: n for n, session in sessions_so_far(client, viewer=viewer)}
    rows = Sheet.objects.seen_by(viewer).filter(
        client=client,
        instrument=CHECK_IN,
        respondent=Sheet.Respondent.CLIENT,
        handed_in_at__isnull=False,
    )
    names = _open_lines(client.language)
    for row in rows.select_related("session").defer("result").order_by("-handed_in_at"):
        words = "\n".join(told for name in names if (told := row.answers.get(name)))
        if words and row.session is not None:
            session = row.session
            yield Note(row.pk, numbers.get(session.pk), session.starts_at, words)


def _open_lines(language: str) -> tuple[str, ...]:
    """Return which items of the check-in are answered in words."""
    try:
        questions = form_of(CHECK_IN, language=language).questions
    except NoSuchForm:
        return ()
    return tuple(one.name for one in questions if one.kind == "text")
