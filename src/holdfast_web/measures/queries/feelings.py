"""Reads how single sessions were rated on feeling understood and safe: two answers, no more."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness_each
from holdfast_web.engine.feeling_beside import Felt
from holdfast_web.lib.among import Several
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.standing import CHECK_IN
from holdfast_web.vault.fields import Sealed, sealed_field
from holdfast_web.vault.keys import open_keys

FIELDS = ("pk", "client_id", "session_id", "respondent", "handed_in_at", "skipped_at", "answers")
ANSWERS = sealed_field(Sheet, "answers")


@clinical_read
def felt_in_sessions(clients: Iterable[UUID], *, viewer: Person) -> dict[UUID, Felt]:
    """Return the ratings of sessions by their ids, with one query for any number of clients.

    A rating that waits for the therapist's guess is left out: the guess comes first.

    Parameters
    ----------
    clients
        In the viewer's own care: of others there is nothing here.
    """
    ids = [*dict.fromkeys(clients)]
    witness_each("course.viewed", by=viewer, client_ids=ids or (None,))
    open_keys(ids)
    rows = Sheet.objects.seen_by(viewer).filter(
        client__among=Several(ids), instrument=CHECK_IN, session__isnull=False
    )
    found: dict[UUID, Felt] = {}
    waiting: set[UUID] = set()
    for pk, client_id, session_id, respondent, handed_in_at, skipped_at, sealed in rows.values_list(
        *FIELDS
    ):
        if respondent == Sheet.Respondent.THERAPIST:
            if handed_in_at is None and skipped_at is None:
                waiting.add(session_id)
        elif handed_in_at is not None:
            found[session_id] = _felt(sealed, client_id, pk)
    return {session: felt for session, felt in found.items() if session not in waiting}


def _felt(sealed: Sealed | None, client_id: UUID, pk: UUID) -> Felt:
    answers = ANSWERS.open_value(sealed, client_id, pk) or {}
    return Felt(_number(answers.get("understood")), _number(answers.get("safe")))


def _number(answer: object) -> float | None:
    return float(answer) if isinstance(answer, int | float) else None
