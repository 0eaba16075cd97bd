"""Codes a session: what the model hears and what the rules find, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.coding.decode import Logits, client_codes, therapist_codes
from holdfast.coding.encode import Progress, session_logits
from holdfast.coding.layer import layer_codes, with_answers
from holdfast.coding.rules import code_by_rules
from holdfast.errors import RoleError
from holdfast.runtime import Card, Model
from holdfast.session import Role, Session


def code_session(
    session: Session, model: Model, *, progress: Progress | None = None
) -> CodedSession:
    """Give every utterance of a session its codes.

    Parameters
    ----------
    session
        With roles assigned to its speakers.
    model
        A loaded model.
    progress
        Called with the utterances read so far and their total.

    Returns
    -------
    CodedSession
        With as many entries in ``codes`` as the session has utterances. Where nothing was said
        in words ("…", "[silence]") the model gives no code.

    Raises
    ------
    RoleError
        If no utterance is the therapist's or none is the client's.
    """
    for role in (Role.THERAPIST, Role.CLIENT):
        if not session.said_by(role):
            raise RoleError(
                f"No utterance is the {role}'s, so nothing can be coded. "
                "Say who is who with --therapist and --client."
            )
    logits = session_logits(session, model, progress=progress)
    ruled = code_by_rules(session)
    codes = [
        {**(heard_codes(said.role, row, model.card) if said.words else {}), **ruled[said.index]}
        for said, row in zip(session.utterances, logits, strict=True)
    ]
    answered = tuple(with_answers(codes, session, logits, model.card))
    return CodedSession(session, answered, model.card.title, load_codebook().label)


def heard_codes(role: Role | None, logits: Logits, card: Card) -> Mapping[str, Code]:
    """Return the codes that the model hears in one utterance, from its logits ``[outputs]``.

    Without the feeling and the answer of an opening, for which a whole session is needed.
    """
    if role is Role.THERAPIST:
        return therapist_codes(logits, card) | layer_codes(logits, card, "said", "uptake")
    if role is Role.CLIENT:
        return client_codes(logits, card) | layer_codes(logits, card, "heard")
    return {}
