"""Questions about a clause, and their answers."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.holding import hold_version
from holdfast_web.agreements.models import Question, Version
from holdfast_web.agreements.rules import may_ask, may_reply
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

LONGEST = 2000


@action
def ask_about(*, by: Person, version: Version, clause: str, words: str) -> Question:
    """Ask the other one about a clause.

    Raises
    ------
    Refused
        If there is no such clause, or nothing is asked.
    """
    version = hold_version(by, version.pk)
    require(may_ask(by, version))
    if clause not in version.since:
        raise Refused("This agreement has no such clause.")
    question = Question(
        client=version.client, version=version, clause=clause, words=_told(words), asked_by=by
    )
    question.save()
    witness("agreement.asked", by=by, client_id=version.client_id, subject=question, clause=clause)
    return question


@action
def answer_question(*, by: Person, question: Question, words: str) -> Question:
    """Answer what the other one asked.

    Raises
    ------
    Stale
        If it was answered already.
    """
    rows = Question.objects.seen_by(by).select_for_update(of=("self",))
    found: Question | None = rows.select_related("client").filter(pk=question.pk).first()
    if found is None:
        raise NotYours
    require(may_reply(by, found))
    if found.answered_at:
        raise Stale("This question was answered in the meantime.")
    found.answer, found.answered_by, found.answered_at = _told(words), by, timezone.now()
    found.save(update_fields=("answer", "answered_by", "answered_at"))
    witness(
        "agreement.answered",
        by=by,
        client_id=found.client_id,
        subject=found,
        clause=found.clause,
    )
    return found


def _told(words: str) -> str:
    told = words.strip()
    if not told or len(told) > LONGEST:
        raise Refused(f"Please write something, of at most {LONGEST} characters.")
    return told
