"""Whose response it is, and when it was given: our identifiers as FHIR's references, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfast.instruments.fhir.form import Part
from holdfast.instruments.fhir.names import BASE, Resource
from holdfast.instruments.score import AnswerError

CLIENT = f"{BASE}/client"
SESSION = f"{BASE}/session"
_LITERAL = re.compile(r"Patient/[A-Za-z0-9.-]{1,64}|urn:(?:uuid|oid):\S+|https?://\S+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose response it is, and when it was given.

    Attributes
    ----------
    subject
        The practice's identifier, or a reference such as ``Patient/12``; ``""`` for nobody named.
    authored
        Date, or date and time, or ``None``.
    session
        Number of the session, or ``None``.
    respondent
        ``"client"``, or ``"therapist"`` who guesses the client's answers.
    """

    subject: str = ""
    authored: str | None = None
    session: int | None = None
    respondent: str = "client"


def subject_and_encounter(origin: Origin) -> Resource:
    """Return ``subject`` and ``encounter``, as responses and observations have them.

    Examples
    --------
    >>> subject_and_encounter(Origin("Patient/12"))
    {'subject': {'reference': 'Patient/12'}}
    """
    parts: Resource = {}
    if origin.subject:
        literal = _LITERAL.fullmatch(origin.subject) is not None
        named = {"type": "Patient", "identifier": {"system": CLIENT, "value": origin.subject}}
        parts["subject"] = {"reference": origin.subject} if literal else named
    if origin.session is not None:
        number = {"system": SESSION, "value": str(origin.session)}
        parts["encounter"] = {"type": "Encounter", "identifier": number}
    return parts


def person(origin: Origin) -> Resource | None:
    """Return who answered, ``None`` where nobody is named.

    Examples
    --------
    >>> person(Origin(respondent="therapist"))
    {'type': 'Practitioner', 'display': 'therapist'}
    """
    if origin.respondent == "therapist":
        return {"type": "Practitioner", "display": "therapist"}
    subject: Resource | None = subject_and_encounter(origin).get("subject")
    return subject


def read_origin(resource: Part, place: str) -> Origin:
    """Return the origin of a QuestionnaireResponse.

    Raises
    ------
    AnswerError
        If somebody answered who is neither the client nor a practitioner.

    Examples
    --------
    >>> read_origin({"subject": {"reference": "Patient/12"}}, "the response").subject
    'Patient/12'
    """
    subject = resource.get("subject", {})
    day = _DAY.match(str(resource.get("authored", "")))
    number = resource.get("encounter", {}).get("identifier", {})
    ours = number.get("system") == SESSION and str(number.get("value", "")).isdecimal()
    return Origin(
        subject=str(subject.get("identifier", {}).get("value") or subject.get("reference") or ""),
        authored=day[0] if day else None,
        session=int(number["value"]) if ours else None,
        respondent=_respondent(resource.get("source", {}), place),
    )


def _respondent(source: Part, place: str) -> str:
    kind = source.get("type") or str(source.get("reference", "")).rpartition("/")[0]
    kind = str(kind).rpartition("/")[2]
    if kind in ("Practitioner", "PractitionerRole"):
        return "therapist"
    if kind == "RelatedPerson":
        raise AnswerError(
            f"{place}: a related person answered. Holdfast knows answers of the client and of the "
            "therapist only. Take it out."
        )
    return "client"
