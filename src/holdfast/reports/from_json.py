"""The way back: a record from the data that :mod:`holdfast.reports.json` made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from holdfast.coding.codes import Code, CodedSession, Value
from holdfast.indicators.indicator import Indicator, Reference, Spread, Status, Unit
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.json import SCHEMA
from holdfast.reports.moments import Moment, Moments
from holdfast.reports.record import Record
from holdfast.session import Role, Session, Utterance

Data = Mapping[str, Any]


def from_data(data: Data) -> Record:
    """Return the record that data was made of, the inverse of ``holdfast.reports.json.as_data``.

    Every reading of it is the same as of the first. Only ``Utterance.raw``, the markup of the
    transcript's file, isn't in the data and comes back empty. Keys that this version doesn't
    know are left aside: within a schema, keys may be added.

    Parameters
    ----------
    data
        As ``as_data`` returned it, or as it was read back from JSON.

    Raises
    ------
    ValueError
        If the schema is unknown, or a part of the record is missing or is not what it should be.
        The message holds none of the session's words.

    Examples
    --------
    >>> from holdfast.reports.json import as_data
    >>> from holdfast.session import Utterance
    >>> said = Utterance(index=0, speaker="Lee", text="Hello.", line=1, role=Role.CLIENT)
    >>> record = Record(CodedSession(Session((said,)), ({},), model="none", codebook="none"))
    >>> from_data(as_data(record)) == record
    True
    >>> from_data({"schema": "holdfast.record/9"})
    Traceback (most recent call last):
    ...
    ValueError: The record's schema is 'holdfast.record/9'; this version reads 'holdfast.record/1'.
    """
    schema = data.get("schema")
    if schema != SCHEMA:
        raise ValueError(f"The record's schema is {schema!r}; this version reads {SCHEMA!r}.")
    try:
        return _record(data)
    except KeyError as error:
        raise ValueError(f"The record lacks {error}.") from None
    except (AttributeError, IndexError, TypeError, ValueError):
        raise ValueError("A part of the record is not what its schema says.") from None


def _record(data: Data) -> Record:
    return Record(
        coded=_coded(data),
        indicators=tuple(_indicator(one) for one in data["indicators"]),
        openings=tuple(_opening(one) for one in data["openings"]),
        moments=Moments(**{name: _moments(data["moments"][name]) for name in _names(Moments)}),
        accuracy={name: _accuracy(one) for name, one in data["accuracy"].items()},
        limits=tuple(data["limits"]),
        versions=dict(data["made_by"]["versions"]),
    )


def _coded(data: Data) -> CodedSession:
    session, made_by, said = data["session"], data["made_by"], data["utterances"]
    return CodedSession(
        session=Session(
            utterances=tuple(_utterance(one) for one in said),
            format=session["format"],
            source=session["source"],
            notes=tuple(session["notes"]),
        ),
        codes=tuple(_codes(one["codes"]) for one in said),
        model=made_by["model"],
        codebook=made_by["codebook"],
    )


def _utterance(data: Data) -> Utterance:
    role = data["role"]
    return Utterance(
        index=data["index"],
        speaker=data["speaker"],
        text=data["text"],
        line=data["line"],
        start=data["start"],
        end=data["end"],
        role=None if role is None else Role(role),
    )


def _codes(data: Mapping[str, Data]) -> dict[str, Code]:
    """Return the codes of an utterance; one that doesn't apply has no ``by`` and is left out."""
    return {name: _code(name, one) for name, one in data.items() if "by" in one}


def _code(name: str, data: Data) -> Code:
    value, p, words, alternatives = data["value"], data["p"], data["words"], data["alternatives"]
    if value is None and p is None and not (words or alternatives):
        return _not_there(name, data["by"], data["unsure"])
    return Code(
        name=name,
        value=_value(value),
        p=tuple(p) if isinstance(p, list) else p,
        by=data["by"],
        unsure=data["unsure"],
        words=_pair(words),
        alternatives=tuple(alternatives.items()),
    )


@cache
def _not_there(name: str, by: str, unsure: bool) -> Code:
    """Return a rule's code that found nothing: most codes of a session are one of these."""
    return Code(name, None, by=by, unsure=unsure)


def _value(value: str | Iterable[str] | None) -> Value:
    return value if value is None or isinstance(value, str) else tuple(value)


def _pair(pair: Iterable[Any] | None) -> tuple[Any, Any] | None:
    if pair is None:
        return None
    first, second = pair
    return first, second


def _indicator(data: Data) -> Indicator:
    reference = data["reference"]
    return Indicator(
        **_known(Indicator, data)
        | {
            "unit": Unit(data["unit"]),
            "status": Status(data["status"]),
            "interval": _pair(data["interval"]),
            "reference": None if reference is None else _reference(reference),
        }
    )


def _reference(data: Data) -> Reference:
    return Reference(
        high=_spread(data["high"]),
        low=_spread(data["low"]),
        lines=tuple((name, value) for name, value in data["lines"]),
        note=data["note"],
    )


def _spread(data: Data | None) -> Spread | None:
    return None if data is None else Spread(**_known(Spread, data))


def _opening(data: Data) -> Opening:
    response = data["response"]
    return Opening(
        index=data["index"],
        kind=data["kind"],
        response_index=data["response_index"],
        response=None if response is None else Response(response),
    )


def _accuracy(data: Data) -> Accuracy:
    return Accuracy(**_known(Accuracy, {"experimental": False} | dict(data)))  # a later key


def _moments(data: Iterable[Data]) -> tuple[Moment, ...]:
    return tuple(Moment(tuple(one["focus"]), tuple(one["lines"]), one["why"]) for one in data)


def _known(kind: type, data: Data) -> dict[str, Any]:
    return {name: data[name] for name in _names(kind)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
