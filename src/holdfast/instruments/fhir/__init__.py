"""Instruments as FHIR R4: Questionnaires, their responses, and what they come to.

Everything but :func:`looks_like_fhir` needs ``pip install 'holdfast[fhir]'``, and says so.
"""

from holdfast.instruments.fhir.bundle import to_bundle
from holdfast.instruments.fhir.documents import looks_like_fhir, read_bundle, read_responses
from holdfast.instruments.fhir.observations import to_observations
from holdfast.instruments.fhir.questionnaire import to_questionnaire
from holdfast.instruments.fhir.questionnaire_reading import (
    questionnaire_tables,
    read_questionnaire,
)
from holdfast.instruments.fhir.response import to_response
from holdfast.instruments.fhir.response_reading import read_response

__all__ = [
    "looks_like_fhir",
    "questionnaire_tables",
    "read_bundle",
    "read_questionnaire",
    "read_response",
    "read_responses",
    "to_bundle",
    "to_observations",
    "to_questionnaire",
    "to_response",
]
