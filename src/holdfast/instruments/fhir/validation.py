"""The one place that uses fhir.resources, which checks what we write and what we are given.

Its models are those of R4B. For Questionnaire, QuestionnaireResponse, Observation and Bundle, as
far as Holdfast uses them, R4B and R4 are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.errors import HoldfastError
from holdfast.instruments.extras import MissingExtra
from holdfast.instruments.fhir.names import Resource


def checked(resource: Resource) -> Resource:
    """Return a resource that we made, if it is valid FHIR.

    Raises
    ------
    HoldfastError
        If it isn't, because of what we were given. The message names the place only.

    Examples
    --------
    >>> checked({"resourceType": "Questionnaire", "status": "active"})["status"]
    'active'
    """
    try:
        _validate(resource)
    except ValueError as error:
        raise HoldfastError(
            f"What was given makes no valid FHIR R4 {resource['resourceType']}. Look at: "
            f"{_places(error)}."
        ) from None
    return resource


def require_valid(
    resource: Mapping[str, Any], kind: str, refusal: type[HoldfastError], place: str
) -> Resource:
    """Return a resource without empty values, or refuse what is no valid one of its kind.

    Parameters
    ----------
    resource
        Parsed JSON.
    kind
        ``"Questionnaire"``, ``"QuestionnaireResponse"`` or ``"Bundle"``.
    refusal
        What is raised.
    place
        What it is, for the message; the message never has the resource's own words.

    Examples
    --------
    >>> from holdfast.instruments import InstrumentError
    >>> form = {"resourceType": "Questionnaire", "status": "active", "title": None}
    >>> require_valid(form, "Questionnaire", InstrumentError, "a form")
    {'resourceType': 'Questionnaire', 'status': 'active'}
    >>> require_valid({"resourceType": "Questionnaire"}, "Questionnaire", InstrumentError, "a form")
    Traceback (most recent call last):
    ...
    holdfast.instruments.definition.InstrumentError: a form: it is no valid FHIR R4 \
Questionnaire. Look at: status. Export it again.
    """
    if not isinstance(resource, Mapping) or resource.get("resourceType") != kind:
        raise refusal(f"{place}: it is no FHIR {kind}. Give one as JSON.")
    try:
        _validate(resource)
    except ValueError as error:
        raise refusal(
            f"{place}: it is no valid FHIR R4 {kind}. Look at: {_places(error)}. Export it again."
        ) from None
    return {key: _without_nulls(value) for key, value in resource.items() if value is not None}


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Leave out null, which some systems write where FHIR wants nothing."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value if one is not None]
    return value


def _validate(resource: Mapping[str, Any]) -> None:
    _model(resource["resourceType"]).model_validate(dict(resource))


def _model(kind: str) -> Any:  # noqa: ANN401 - the models differ
    try:
        from fhir.resources.R4B import get_fhir_model_class
    except ImportError:
        raise MissingExtra(
            "FHIR needs the package fhir.resources, which is not installed. "
            "Run: pip install 'holdfast[fhir]'"
        ) from None
    return get_fhir_model_class(kind)


def _places(error: Any) -> str:  # noqa: ANN401 - a ValidationError of pydantic
    """Return where a resource is wrong, without the values that stand there."""
    if not hasattr(error, "errors"):
        return "the resource itself"
    places = {".".join(str(part) for part in one["loc"]) for one in error.errors()}
    return ", ".join(sorted(places)[:5])
