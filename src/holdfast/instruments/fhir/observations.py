"""Score → FHIR R4 Observations: scales, criteria, the level, and answers that somebody must see."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.instruments.definition import Instrument
from holdfast.instruments.fhir.names import BASE, TERMS, Resource, answer_coding, codings
from holdfast.instruments.fhir.people import Origin, person, subject_and_encounter
from holdfast.instruments.fhir.validation import checked
from holdfast.instruments.scales import Scale
from holdfast.instruments.score import Finding, SafetyFlag, ScaleScore, Score

SURVEY = {"system": f"{TERMS}/observation-category", "code": "survey"}
UNKNOWN = {"system": f"{TERMS}/data-absent-reason", "code": "unknown"}
UCUM = "http://unitsofmeasure.org"
UNDECIDED = "answers are missing that decide"


def to_observations(
    instrument: Instrument,
    score: Score,
    *,
    response: str = "",
    subject: str = "",
    authored: str | None = None,
    session: int | None = None,
    respondent: str = "client",
) -> list[Resource]:
    """Return what a score comes to as FHIR R4 Observations, ready for JSON.

    Parameters
    ----------
    instrument
        What was filled in.
    score
        What the answers come to.
    response
        Reference to the QuestionnaireResponse, for ``derivedFrom``.
    subject, authored, session, respondent
        As for :func:`to_response`.

    Returns
    -------
    list of dict
        First the answers that somebody must see, then one for each scale, criterion, and for the
        level. Where there is no value, the reason stands in its place.

    Raises
    ------
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, score
    >>> gad7 = load_instrument("gad-7")
    >>> total, *_ = to_observations(gad7, score(gad7, {f"q{n}": 1 for n in range(1, 8)}))
    >>> total["code"]["coding"][0]["code"], total["valueQuantity"]["value"]
    ('70274-6', 7)
    """
    origin = Origin(subject, authored, session, respondent)
    shared = {**_shared(origin), **({"derivedFrom": [{"reference": response}]} if response else {})}
    return [
        checked(
            {
                "resourceType": "Observation",
                "status": "final",
                "category": [{"coding": [SURVEY]}],
                **shared,
                **one,
            }
        )
        for one in _each(instrument, score)
    ]


def _shared(origin: Origin) -> Resource:
    who = person(origin)
    return {
        **subject_and_encounter(origin),
        **({"effectiveDateTime": origin.authored} if origin.authored else {}),
        **({"performer": [who]} if who else {}),
    }


def _each(instrument: Instrument, score: Score) -> Iterator[Resource]:
    yield from (_flag(instrument, one) for one in score.safety)
    yield from (_scale(instrument, instrument.scale(one.name), one) for one in score.scales)
    yield from (_finding(instrument, one) for one in score.findings)
    if instrument.levels:
        yield _level(instrument, score)


def _flag(instrument: Instrument, flag: SafetyFlag) -> Resource:
    item = instrument.item(flag.item)
    kind = {"system": f"{BASE}/CodeSystem/flag", "code": flag.kind}
    answer = answer_coding(instrument, item, flag.answer)
    return {
        "code": _concept(codings(instrument, f"safety.{flag.item}", item.loinc), flag.title),
        "valueCodeableConcept": {"coding": [answer], "text": flag.title},
        "interpretation": [{"coding": [kind], "text": flag.kind}],
    }


def _scale(instrument: Instrument, scale: Scale, scored: ScaleScore) -> Resource:
    code = {"code": _concept(codings(instrument, f"scale.{scale.name}", scale.loinc), scale.title)}
    if scored.value is None:
        return {**code, **_absent(scored.missing or "")}
    quantity = {"value": scored.value, "unit": "{score}", "system": UCUM, "code": "{score}"}
    cutoffs = [
        _concept(codings(instrument, f"cutoff.{scale.name}.{one.name}"), one.title)
        for one in scored.cutoffs
    ]
    said = [*([{"text": scored.band}] if scored.band else []), *cutoffs]
    filled = ", ".join(scored.filled)
    return {
        **code,
        "valueQuantity": quantity,
        **({"interpretation": said} if said else {}),
        **(_note(f"Not answered: {filled}. The mean of the others stands in.") if filled else {}),
    }


def _finding(instrument: Instrument, finding: Finding) -> Resource:
    criterion = finding.criterion
    value = _absent(UNDECIDED) if finding.holds is None else {"valueBoolean": finding.holds}
    return {
        "code": _concept(codings(instrument, f"criterion.{criterion.name}"), criterion.title),
        **value,
        **_note(criterion.meaning),
    }


def _level(instrument: Instrument, score: Score) -> Resource:
    code = {"code": _concept(codings(instrument, "level"), f"{instrument.title}: level")}
    if score.level is None:
        return {**code, **_absent(score.level_missing or UNDECIDED)}
    value = _concept(codings(instrument, f"level.{score.level.name}"), score.level.title)
    said = [score.level.action, score.level_missing]
    return {**code, "valueCodeableConcept": value, **_note(*(one for one in said if one))}


def _concept(coding: list[Resource], text: str) -> Resource:
    return {"coding": coding, "text": text}


def _absent(reason: str) -> Resource:
    return {"dataAbsentReason": {"coding": [UNKNOWN], "text": reason}}


def _note(*texts: str) -> Resource:
    return {"note": [{"text": one} for one in texts]}
