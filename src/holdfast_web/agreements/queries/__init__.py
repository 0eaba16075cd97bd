"""What is read of agreements."""

from holdfast_web.agreements.queries.agreement import agreement_of
from holdfast_web.agreements.queries.drafts import clause_to_change, draft_of
from holdfast_web.agreements.queries.glance import (
    AgreementStanding,
    agreements_in_numbers,
    standing_of_agreements,
    waiting_for_client,
)
from holdfast_web.agreements.queries.practice import clauses_of_practice, practice_clause
from holdfast_web.agreements.queries.shapes import AgreementView
from holdfast_web.agreements.queries.shares import (
    share_for,
    shared_with,
    shares_of,
    supervisors,
)
from holdfast_web.agreements.queries.state import AgreementState, agreement_state_of
from holdfast_web.agreements.queries.versions import (
    question_for,
    version_for,
    version_of,
    versions_of,
)

__all__ = [
    "AgreementStanding",
    "AgreementState",
    "AgreementView",
    "agreement_of",
    "agreement_state_of",
    "agreements_in_numbers",
    "clause_to_change",
    "clauses_of_practice",
    "draft_of",
    "practice_clause",
    "question_for",
    "share_for",
    "shared_with",
    "shares_of",
    "standing_of_agreements",
    "supervisors",
    "version_for",
    "version_of",
    "versions_of",
    "waiting_for_client",
]
