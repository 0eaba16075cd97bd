"""The one place that the rest of the practice asks what was agreed, and obeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from holdfast_web.agreements.clause import clauses_of
from holdfast_web.agreements.models import Consent, Status, Version
from holdfast_web.agreements.standing import running_care, standing_in
from holdfast_web.agreements.values import Value
from holdfast_web.care.models import Client
from holdfast_web.lib.decision import YES, Decision, no


class Term(StrEnum):
    """What may be asked for. The values of all but the first are keys of clauses."""

    AGREEMENT = "agreement"
    RECORDING = "recording"
    ANALYSIS = "analysis"
    SUPERVISION = "supervision"
    ONLINE = "online"


CONSENTS = {
    Term.RECORDING: "recording sessions",
    Term.ANALYSIS: "transcripts and a program that reads them",
    Term.SUPERVISION: "sharing with a supervisor",
}
"""What needs a consent of its own, in words."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the accepted agreement sets; ``None`` or empty where it says nothing.

    Attributes
    ----------
    hours
        From when until when messages are read, such as ``("09:00", "18:00")``.
    days
        On which days: ``"mon"`` to ``"sun"``.
    written
        Every term there is, by its clause.
    """

    reply_within_hours: int | None = None
    hours: tuple[str, str] | None = None
    days: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    not_by_message: tuple[str, ...] = ()
    cancellation_hours: int | None = None
    session_minutes: int | None = None
    session_every_days: int | None = None
    planned_sessions: int | None = None
    review_every_weeks: int | None = None
    change_of_therapist_within_days: int | None = None
    complaint_within_days: int | None = None
    record_kept_years: int | None = None
    recording_kept_days: int | None = None
    transcript_kept_days: int | None = None
    written: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastConsent:
    """The client's latest answer to one question, and the version it was given to."""

    given: bool
    at: datetime
    number: int
    care_id: UUID


def agreed(client: Client, term: Term) -> Decision:
    """Say whether client and therapist have agreed to something, as it stands now.

    A consent is the client's own: accepting the agreement never gives it, the latest one counts,
    and one that is older than its clause's last change has to be asked anew.

    Parameters
    ----------
    client
        Whose agreement.
    term
        To what.

    Returns
    -------
    Decision
        With the reason in words where the answer is no.
    """
    care = running_care(client)
    version = standing_in(care).accepted if care else None
    if version is None:
        return no("There is no working agreement yet that both have accepted.")
    if term is Term.AGREEMENT:
        return YES
    if term not in version.since:
        return no(f"The agreement says nothing about {CONSENTS.get(term, 'meeting online')}.")
    if term not in CONSENTS:
        return YES
    return verdict(term, version, last_consents(client).get(term))


def terms_of(client: Client) -> Terms | None:
    """Return what the agreement sets: the one that holds, or held last; ``None`` without one."""
    rows = Version.objects.for_the_practice("what the software obeys, shown to nobody")
    version = (
        rows.filter(client=client, status=Status.ACCEPTED).order_by("-care__starts_at").first()
    )
    return None if version is None else terms_in(version)


def terms_in(version: Version) -> Terms:
    """Return what a version sets."""
    written = {one.key: dict(one.terms) for one in clauses_of(version.clauses)}

    def number(clause: str, name: str) -> int | None:
        return cast("int | None", written.get(clause, {}).get(name))

    def several(clause: str, name: str) -> tuple[str, ...]:
        return tuple(cast("list[str]", written.get(clause, {}).get(name, [])))

    contact = written.get("contact", {})
    return Terms(
        reply_within_hours=number("contact", "reply_within_hours"),
        hours=(str(contact["hours_from"]), str(contact["hours_until"])) if contact else None,
        days=several("contact", "days"),
        channels=several("contact", "channels"),
        not_by_message=several("contact", "not_by_message"),
        cancellation_hours=number("cancellation", "notice_hours"),
        session_minutes=number("sessions", "minutes"),
        session_every_days=number("sessions", "every_days"),
        planned_sessions=number("sessions", "planned_sessions"),
        review_every_weeks=number("reviews", "every_weeks"),
        change_of_therapist_within_days=number("change_of_therapist", "answer_within_days"),
        complaint_within_days=number("complaints", "answer_within_days"),
        record_kept_years=number("records", "kept_years"),
        recording_kept_days=number("recording", "kept_days"),
        transcript_kept_days=number("analysis", "kept_days"),
        written=written,
    )


def last_consents(client: Client) -> dict[str, LastConsent]:
    """Return the client's latest answer to each question of consent."""
    rows = (
        Consent.objects.for_the_practice("whether a door is open")
        .filter(client=client)
        .order_by("at")
        .values_list("kind", "given", "at", "version__number", "version__care_id")
    )
    return {
        kind: LastConsent(given, at, number, care_id) for kind, given, at, number, care_id in rows
    }


def verdict(term: Term, version: Version, last: LastConsent | None) -> Decision:
    """Say whether an answer is a yes to a thing as a version words it now."""
    what = CONSENTS[term]
    if last is None:
        return no(f"The client hasn’t said yes to {what}, so it is a no.")
    if not last.given:
        return no(f"The client said no to {what}.")
    if last.care_id != version.care_id:
        return no(f"The client said yes to {what} with another therapist; ask anew.")
    if last.number < version.since.get(term, 0):
        return no(f"The clause about {what} has changed since the client said yes; ask anew.")
    return YES


def state_of(term: Term, version: Version, last: LastConsent | None) -> str:
    """Return how a question of consent stands: unasked, yes, no, or to be asked anew.

    ``"anew"`` is a yes that was given to other words, or with another therapist: it counts as a no.
    """
    if last is None:
        return "unasked"
    if not last.given:
        return "no"
    return "yes" if verdict(term, version, last) else "anew"
