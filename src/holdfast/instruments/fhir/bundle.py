"""Responses and what they come to → FHIR R4 Bundle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5

from holdfast.instruments.definition import Instrument
from holdfast.instruments.fhir.names import BASE, Resource
from holdfast.instruments.fhir.observations import to_observations
from holdfast.instruments.fhir.questionnaire import to_questionnaire
from holdfast.instruments.fhir.response import to_response
from holdfast.instruments.fhir.validation import checked
from holdfast.instruments.responses import Response
from holdfast.instruments.score import Score
from holdfast.instruments.wording import Wording


def to_bundle(
    instrument: Instrument,
    scored: Iterable[tuple[Response, Score]],
    wording: Wording | None = None,
) -> Resource:
    """Return responses with their scores as a FHIR R4 Bundle, ready for JSON.

    Parameters
    ----------
    instrument
        What was filled in.
    scored
        Each response with what it comes to.
    wording
        The words that were read.

    Returns
    -------
    dict
        A collection: the Questionnaire, then each QuestionnaireResponse, followed by its
        Observations. The same input gives the same addresses.

    Raises
    ------
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, score
    >>> from holdfast.instruments.responses import Response
    >>> phq2 = load_instrument("phq-2")
    >>> response = Response("phq-2", {"q1": 2, "q2": 1}, client="A")
    >>> bundle = to_bundle(phq2, [(response, score(phq2, response.answers))])
    >>> [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    ['Questionnaire', 'QuestionnaireResponse', 'Observation']
    """
    form = to_questionnaire(instrument, wording)
    entries = [{"fullUrl": form["url"], "resource": form}]
    for place, (response, score) in enumerate(scored):
        entries += _entries(instrument, response, score, wording, place)
    return checked({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _entries(
    instrument: Instrument, response: Response, score: Score, wording: Wording | None, place: int
) -> Iterator[Resource]:
    resource = to_response(
        instrument,
        response.answers,
        subject=response.client,
        authored=response.date,
        session=response.session,
        respondent=response.respondent,
        wording=wording,
    )
    address = _address(resource, place)
    yield {"fullUrl": address, "resource": resource}
    observations = to_observations(
        instrument,
        score,
        response=address,
        subject=response.client,
        authored=response.date,
        session=response.session,
        respondent=response.respondent,
    )
    for number, one in enumerate(observations):
        yield {"fullUrl": _address(one, number), "resource": one}


def _address(resource: Resource, place: int) -> str:
    text = json.dumps(resource, sort_keys=True)
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{BASE}/{place}/{text}')}"
