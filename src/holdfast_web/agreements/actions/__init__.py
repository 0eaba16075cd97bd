"""What people do with an agreement."""

from holdfast_web.agreements.actions.consents import give_consent
from holdfast_web.agreements.actions.drafts import (
    drop_draft,
    leave_as_it_was,
    save_change,
    send_draft,
)
from holdfast_web.agreements.actions.practice import rewrite_clause, ship_clause_again
from holdfast_web.agreements.actions.questions import answer_question, ask_about
from holdfast_web.agreements.actions.sharing import agree_to_share, offer_share, withdraw_share
from holdfast_web.agreements.actions.versions import (
    accept,
    begin_agreement,
    decline,
    mark_reviewed,
    propose,
    take_back,
)

__all__ = [
    "accept",
    "agree_to_share",
    "answer_question",
    "ask_about",
    "begin_agreement",
    "decline",
    "drop_draft",
    "give_consent",
    "leave_as_it_was",
    "mark_reviewed",
    "offer_share",
    "propose",
    "rewrite_clause",
    "save_change",
    "send_draft",
    "ship_clause_again",
    "take_back",
    "withdraw_share",
]
