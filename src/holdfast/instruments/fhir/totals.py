"""The totals of a Questionnaire as scales."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.instruments.definition import InstrumentError
from holdfast.instruments.fhir.expressions import Total, read_total
from holdfast.instruments.fhir.facts import SOURCE, Facts
from holdfast.instruments.fhir.form import (
    Form,
    Part,
    Question,
    extension,
    loinc_of,
    total_name,
)
from holdfast.instruments.fhir.names import CALCULATED, Resource
from holdfast.instruments.fhir.offers import Offer

Offers = Mapping[str, Offer | None]


def scale_tables(form: Form, offers: Offers, facts: Facts) -> list[Resource]:
    """Return a definition's scales.

    Parameters
    ----------
    form, offers
        The questions, and what each offers, by linkId.
    facts
        ``scale`` adds what FHIR lacks, by name of the scale; where there is no
        calculatedExpression and no such fact, all choices add up to a total.

    Raises
    ------
    InstrumentError
        If a calculatedExpression is more than a sum of answers, and no fact says what it is.

    Examples
    --------
    >>> from holdfast.instruments.fhir.form import lay_flat
    >>> form = lay_flat({"item": [{"linkId": "1", "type": "boolean"}]})
    >>> facts = Facts({"title": "Tides", "name": "Tides"}, {})
    >>> scale_tables(form, {"1": Offer((0, 1), (), ("No", "Yes"))}, facts)[0]["range"]
    [0, 1]
    """
    by_link = {one.link: one for one in form.questions if offers[one.link]}
    given = dict(facts.given.get("scale", {}))
    scales = []
    for part in form.totals:
        name = total_name(part, only=len(form.totals) == 1)
        added = given.pop(name, {})
        total = read_total(_expression(part), by_link)
        if total is None and "items" not in added:
            raise InstrumentError(
                f"{facts.name}, total {name}: its calculatedExpression is more than a sum of "
                f"answers. Write its items and range as the fact scale.{name}."
            )
        scales.append({**_scale(part, name, total, by_link, offers), **added})
    if not form.totals and not given and by_link and facts.given.get("total", True):
        total = Total(tuple(by_link))
        scales.append(_scale({"text": "Total"}, "total", total, by_link, offers))
    return [*scales, *({"name": name, **table} for name, table in given.items())]


def _scale(
    part: Part, name: str, total: Total | None, by_link: Mapping[str, Question], offers: Offers
) -> Resource:
    code = loinc_of(part.get("code", ()))
    scale = {"name": name, "title": str(part.get("text") or name), "source": SOURCE}
    if total is None:
        return scale
    bounds = [offer.values for link in total.links if (offer := offers[link])]
    mean = total.divided == len(total.links) > 1
    times = total.times if mean else total.times / total.divided
    by = len(bounds) if mean else 1
    low, high = sum(one[0] for one in bounds) / by, sum(one[-1] for one in bounds) / by
    return {
        **scale,
        "items": [by_link[link].name for link in total.links],
        **({"method": "mean"} if mean else {}),
        **({"times": times} if times != 1 else {}),
        "range": [_tidy(low * times), _tidy(high * times)],
        **({"loinc": code} if code else {}),
    }


def _tidy(value: float) -> float:
    return int(value) if value == int(value) else value


def _expression(part: Part) -> str:
    found = extension(part, CALCULATED) or {}
    return str(found.get("valueExpression", {}).get("expression", ""))
