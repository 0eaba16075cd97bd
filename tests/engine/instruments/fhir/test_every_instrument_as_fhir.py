"""Every shipped instrument goes out as FHIR, and its answers come back as they went."""

from __future__ import annotations

import pytest

from holdfast.instruments import instrument_names, load_instrument, load_wordings
from holdfast.instruments.fhir import read_response, to_questionnaire, to_response


@pytest.mark.parametrize("name", instrument_names())
def test_an_instrument_is_a_valid_questionnaire_with_and_without_words(name: str) -> None:
    instrument = load_instrument(name)
    for wording in (None, *load_wordings(name)[:1]):
        assert to_questionnaire(instrument, wording)["resourceType"] == "Questionnaire"


@pytest.mark.parametrize("name", instrument_names())
def test_answers_come_back_as_they_went(name: str) -> None:
    instrument = load_instrument(name)
    answers = {one.name: one.options.values[-1] for one in instrument.items if one.options}
    assert read_response(instrument, to_response(instrument, answers)) == answers
