"""The page of an agreement, for the client, the therapist, or whom it was shared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import clauses_for
from holdfast_web.agreements.models import Draft, Question, Status, Version
from holdfast_web.agreements.queries.shapes import (
    AgreementView,
    ChangeView,
    ClauseView,
    ConsentView,
    QuestionView,
    VersionLine,
    compared,
    grouped,
    line_of,
)
from holdfast_web.agreements.rules import (
    may_answer,
    may_ask,
    may_begin,
    may_consent,
    may_propose,
    may_reply,
    may_review,
    may_take_back,
)
from holdfast_web.agreements.standing import Standing
from holdfast_web.agreements.terms import CONSENTS, last_consents, state_of
from holdfast_web.agreements.withdrawn import foretell
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, is_of_the_two, is_therapist_of, require_record
from holdfast_web.lib.decision import no
from holdfast_web.lib.refusals import Refused

PEOPLE = ("client", "care", "proposed_by", "closed_by")
NOTHING = no("There is nothing here to answer.")


@clinical_read
def agreement_of(client: Client, *, viewer: Person) -> AgreementView:
    """Return where the agreement of a client stands, with its clauses.

    What is still between the two (proposals, questions) only they see.

    Parameters
    ----------
    client
        Whose.
    viewer
        Who looks: the client, their therapist, or somebody to whom this part is open.
    """
    require_record(viewer, client, Part.AGREEMENT)
    witness("agreement.viewed", by=viewer, client_id=client.pk)
    care = latest_care(client)
    versions = versions_in(care, viewer)
    standing = Standing(
        care,
        next((one for one in versions if one.status == Status.ACCEPTED), None),
        next((one for one in versions if one.status == Status.PROPOSED), None),
    )
    return _view(client, viewer, standing, versions)


def latest_care(client: Client) -> CareRelationship:
    """Return the care relationship that runs, or ran last."""
    rows = CareRelationship.objects.filter(client_id=client.pk).select_related("therapist")
    care = rows.order_by("-starts_at").first()
    if care is None:
        raise Refused("Nobody has worked with this client yet.")
    return care


def versions_in(care: CareRelationship, viewer: Person) -> tuple[Version, ...]:
    """Return the versions of a care relationship, the latest first."""
    rows = Version.objects.seen_by(viewer).filter(care=care)
    if not is_of_the_two(viewer, care.client):
        rows = rows.filter(status__in=(Status.ACCEPTED, Status.REPLACED))
    return tuple(rows.select_related(*PEOPLE).order_by("-number"))


def other_of(viewer: Person, client: Client, care: CareRelationship) -> str:
    """Return the name of the other one of the two."""
    return care.therapist.name if is_client(viewer, client) else str(client.name)


def _view(
    client: Client, viewer: Person, standing: Standing, versions: tuple[Version, ...]
) -> AgreementView:
    accepted, proposed = standing.accepted, standing.proposed
    shown = accepted or proposed
    clauses = clauses_of(shown.clauses) if shown else ()
    consents = tuple(_consents(viewer, client, shown, clauses))
    return AgreementView(
        other=other_of(viewer, client, standing.care),
        therapist=standing.care.therapist.name,
        shown=line_of(shown, viewer.pk) if shown else None,
        accepted=line_of(accepted, viewer.pk) if accepted else None,
        proposed=line_of(proposed, viewer.pk) if proposed else None,
        groups=grouped(_with_questions(viewer, standing.care, clauses, consents)),
        changes=_changes(accepted, proposed),
        answer=_answer(viewer, versions),
        drafted=_drafted(viewer, standing.care),
        consents=consents,
        review_due=_is_due(accepted),
        may_begin=may_begin(viewer, client, standing),
        may_propose=may_propose(viewer, client, standing),
        may_answer=may_answer(viewer, proposed) if proposed else NOTHING,
        may_take_back=may_take_back(viewer, proposed) if proposed else NOTHING,
        may_review=may_review(viewer, accepted) if accepted else NOTHING,
        may_ask=may_ask(viewer, shown) if shown else NOTHING,
        missing=_missing(viewer, standing, clauses),
        versions=len(versions),
    )


def _with_questions(
    viewer: Person,
    care: CareRelationship,
    clauses: tuple[Clause, ...],
    consents: tuple[ConsentView, ...],
) -> Iterator[ClauseView]:
    asked: dict[str, list[QuestionView]] = defaultdict(list)
    if is_of_the_two(viewer, care.client):
        rows = Question.objects.seen_by(viewer).filter(version__care=care)
        for row in rows.select_related("client", "asked_by", "answered_by").order_by("asked_at"):
            asked[row.clause].append(question_view(row, viewer))
    by_kind = {one.kind: one for one in consents}
    for clause in clauses:
        yield ClauseView(clause, tuple(asked[clause.key]), by_kind.get(clause.key))


def question_view(row: Question, viewer: Person) -> QuestionView:
    """Return a question as it is shown."""
    return QuestionView(
        id=row.pk,
        clause=row.clause,
        words=row.words,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_by=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
        may_reply=may_reply(viewer, row),
    )


def _consents(
    viewer: Person, client: Client, shown: Version | None, clauses: tuple[Clause, ...]
) -> Iterator[ConsentView]:
    asking = [one for one in clauses if one.asks_consent]
    answers = last_consents(client) if asking else {}
    for term in CONSENTS:
        clause = next((one for one in asking if one.key == term), None)
        if clause is None or shown is None:
            continue
        last = answers.get(term)
        may_answer = may_consent(viewer, client, term, shown)
        yield ConsentView(
            kind=term.value,
            clause=clause,
            state=state_of(term, shown, last),
            at=last.at if last else None,
            may_answer=may_answer,
            would_go=foretell(client=client, kind=term.value) if may_answer else "",
        )


def _changes(accepted: Version | None, proposed: Version | None) -> tuple[ChangeView, ...]:
    """Return what an open proposal changes of what holds, or else of the offer it answers."""
    if proposed is None:
        return ()
    before = accepted or proposed.base
    if before is None:
        return ()
    return compared(clauses_of(before.clauses), clauses_of(proposed.clauses))


def _answer(viewer: Person, versions: tuple[Version, ...]) -> VersionLine | None:
    """Return the latest version, if the other one has said no to the viewer's proposal."""
    last = versions[0] if versions else None
    if last is None or last.status != Status.DECLINED or last.proposed_by_id != viewer.pk:
        return None
    return None if last.closed_by_id == viewer.pk else line_of(last, viewer.pk)


def _drafted(viewer: Person, care: CareRelationship) -> int:
    draft = Draft.objects.seen_by(viewer).filter(care=care, writer=viewer).first()
    return len(draft.changes) if draft else 0


def _is_due(accepted: Version | None) -> bool:
    review_on = accepted.review_on if accepted else None
    return review_on is not None and review_on <= timezone.localdate()


def _missing(viewer: Person, standing: Standing, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    if standing.accepted is None or not is_therapist_of(viewer, standing.care.client):
        return ()
    known = {one.key for one in clauses}
    return tuple(one for one in clauses_for(viewer) if one.key not in known)
