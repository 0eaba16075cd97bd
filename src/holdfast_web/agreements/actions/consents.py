"""Consents: the client's own yes or no to one thing, taken back as easily as given."""

from __future__ import annotations

from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.holding import hold
from holdfast_web.agreements.actions.sharing import close_shares_without_consent
from holdfast_web.agreements.models import Consent
from holdfast_web.agreements.rules import may_consent
from holdfast_web.agreements.withdrawn import tell_withdrawn
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Stale


@action
def give_consent(
    *, by: Person, client: Client, kind: str, given: bool, seen: UUID | None = None
) -> Consent:
    """Say yes or no to recording, to analysis or to supervision; the latest counts.

    Parameters
    ----------
    by
        The client; nobody else can.
    client
        Whose record.
    kind
        What is asked, a ``Consent.Kind``.
    given
        Yes or no.
    seen
        The version whose words were read. A yes to words that have changed since is not taken;
        a no always is.

    Raises
    ------
    Stale
        If the words have changed.
    """
    standing = hold(by, client)
    version = standing.accepted or standing.proposed
    require(may_consent(by, client, kind, version))
    assert version is not None  # noqa: S101 - the rule has looked
    if given and seen is not None and seen != version.pk:
        raise Stale("The words of this clause may have changed. Please read them again.")
    consent = Consent(client=client, kind=Consent.Kind(kind), given=given, version=version)
    consent.save()
    event = "consent.given" if given else "consent.refused"
    witness(event, by=by, client_id=client.pk, subject=consent, kind=kind)
    if not given:
        close_shares_without_consent(by=by, client=client)
        tell_withdrawn(by=by, client=client, kind=kind)
    return consent
