"""Instruments as forms that a person can fill in: the engine's items and words, joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from holdfast.instruments import (
    Condition,
    Instrument,
    InstrumentError,
    Item,
    Wording,
    instrument_names,
    load_instrument,
    load_wordings,
    practice_folder,
)

Kind = Literal["scale", "choice", "text"]
Value = int | float
Answers = Mapping[str, Value | str | None]
Stamp = tuple[int, ...]

FALLBACK = "en"
OPEN_TO_ALL = "CC0-1.0"


class NoSuchForm(Exception):  # noqa: N818 - a sentence, not a fault
    """There is no such instrument, or there are no words of it here."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered; ``said`` is its label in full where a number stands for it."""

    value: Value
    label: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One item, with its words.

    Attributes
    ----------
    name
        As answers and records have it.
    text
        What is asked.
    kind
        ``"scale"``: a row of numbers between two ends; ``"choice"``; ``"text"``: an open line.
    options
        What is offered, in the order in which it is shown.
    low, high
        Words at the left and the right end of a scale.
    optional
        Whether leaving it out matters to nothing.
    hint
        What the numbers of a scale between two statements mean.
    asked_if, only_if
        When it is asked, and the same for a reader; ``None`` and ``""`` for always.
    """

    name: str
    text: str
    kind: Kind
    options: tuple[Option, ...] = ()
    low: str = ""
    high: str = ""
    optional: bool = False
    hint: str = ""
    asked_if: Condition | None = None
    only_if: str = ""

    def label(self, value: Value | str) -> str:
        """Return the words of an answer, the answer itself where it has none."""
        found = next((one for one in self.options if one.value == value), None)
        return (found.said or found.label) if found else str(value)


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument in words.

    Attributes
    ----------
    instrument, version
        Its name and version.
    title, stem, closing
        Above, before and after the questions; ``""`` where there is nothing to say.
    questions
        In order.
    attribution
        Whose words these are, as their licence wants it shown; ``""`` where it wants nothing.
    """

    instrument: str
    version: str
    title: str
    stem: str
    closing: str
    questions: tuple[Question, ...]
    attribution: str

    def left_open(self, answers: Answers) -> tuple[Question, ...]:
        """Return the questions that count, are asked and have no answer."""
        given = {key: one for key, one in answers.items() if isinstance(one, int | float)}
        gates = {name for one in self.questions if one.asked_if for name in one.asked_if.items}
        return tuple(
            one
            for one in self.questions
            if one.name not in given
            and (not one.optional or one.name in gates)
            and (one.asked_if is None or one.asked_if.holds(given))
        )


@dataclass(frozen=True, slots=True)
class Known:
    """An instrument that the engine knows; ``askable`` where there are words to ask it in."""

    name: str
    title: str
    about: str
    measures: str
    askable: bool
    full_title: str = ""
    terms: str = ""


def form_of(
    name: str, *, respondent: str = "client", language: str = FALLBACK, turn: int = 0
) -> Form:
    """Return an instrument as a form.

    Parameters
    ----------
    name
        The instrument.
    respondent
        ``"client"``, or ``"therapist"`` who guesses the client's answers.
    language
        BCP 47 tag; English stands in where there are no words in it.
    turn
        Picks one of the texts that take turns: say, the number of the session.

    Raises
    ------
    NoSuchForm
        If there is no such instrument, or nobody gave it words.

    Examples
    --------
    >>> form = form_of("check-in", turn=1)
    >>> form.questions[0].text, form.questions[0].kind, form.questions[0].high
    ('We gave our time to what is important to me.', 'scale', 'Completely')
    >>> form_of("phq-9").questions[8].options[1]
    Option(value=1, label='Several days', said='')
    """
    return _form(name, respondent, language, turn, _stamp())


def known_instruments() -> tuple[Known, ...]:
    """Return the instruments that the engine knows, in alphabetical order.

    Examples
    --------
    >>> {one.name: one.askable for one in known_instruments()}["phq-9"]
    True
    """
    return _known(_stamp())


@lru_cache(maxsize=8)
def _known(stamp: Stamp) -> tuple[Known, ...]:
    return tuple(_readable(stamp))


def _readable(stamp: Stamp) -> Iterator[Known]:
    for name in instrument_names():
        try:
            one, wordings = load_instrument(name), _wordings(name, stamp)
        except InstrumentError:
            # A file of the practice's own that can't be read; `holdfast instrument` says why.
            continue
        askable = any(wording.respondent == "client" for wording in wordings)
        yield Known(
            name=one.name,
            title=one.title,
            about=one.about,
            measures=one.measures,
            askable=askable,
            full_title=one.full_title,
            terms=one.licence.terms,
        )


@lru_cache(maxsize=512)
def _form(name: str, respondent: str, language: str, turn: int, stamp: Stamp) -> Form:
    try:
        instrument, wordings = load_instrument(name), _wordings(name, stamp)
    except InstrumentError as error:
        raise NoSuchForm(str(error)) from None
    wording = _best(wordings, respondent, language)
    if wording is None:
        raise NoSuchForm(f"There are no words of {instrument.title} for the {respondent} here.")
    return Form(
        instrument=instrument.name,
        version=instrument.version,
        title=wording.title,
        stem=wording.stem,
        closing=wording.closing,
        questions=tuple(_question(instrument, one, wording, turn) for one in instrument.items),
        attribution=_attribution(wording),
    )


def _best(wordings: tuple[Wording, ...], respondent: str, language: str) -> Wording | None:
    there = {one.language: one for one in wordings if one.respondent == respondent}
    for tag in (language, language.partition("-")[0], FALLBACK):
        if tag in there:
            return there[tag]
    return next(iter(there.values()), None)


def _question(instrument: Instrument, item: Item, wording: Wording, turn: int) -> Question:
    text, sides = wording.text(item.name, turn), dict(wording.sides).get(item.name)
    told = {
        "asked_if": item.asked_if,
        "only_if": _only_if(instrument, item.asked_if, wording) if item.asked_if else "",
    }
    if item.options is None:
        return Question(item.name, text, "text", optional=True, **told)  # type: ignore[arg-type]
    values, labels = item.options.values, wording.labels(item.options.name)
    kind: Kind = "choice" if labels.each and not sides else "scale"
    options = [
        Option(_whole(value), label if kind == "choice" else f"{abs(value) if sides else value:g}",
               said="" if kind == "choice" else label)
        for value, label in zip(values, labels.each or ("",) * len(values), strict=True)
    ]  # fmt: skip
    if sides:
        # As on the form: the left statement is the higher number.
        options.reverse()
        text = f"{sides[0]}, or: {sides[1]}"
    low, high = sides or (labels.low, labels.high)
    hint = "; ".join(f"{one.label}: {one.said}" for one in options if one.value >= 0 and sides)
    return Question(
        item.name, text, kind, tuple(options), low, high, not item.scored, hint, **told  # type: ignore[arg-type]
    )  # fmt: skip


def _only_if(instrument: Instrument, condition: Condition, wording: Wording) -> str:
    parts = []
    for name, least in zip(condition.items, condition.at_least, strict=True):
        options = instrument.item(name).options
        assert options is not None  # noqa: S101 - conditions are about choices, reading sees to it
        each = wording.labels(options.name).each
        labels = [each[at] if each else f"{one:g}" for at, one in enumerate(options.values)
                  if one >= least]  # fmt: skip
        answers = " or ".join(f"“{one}”" for one in labels)
        parts.append(f"{answers} to “{wording.text(name)}”")
    return f"Only if you answered {', or '.join(parts)}"


def _attribution(wording: Wording) -> str:
    licence = "" if wording.licence == OPEN_TO_ALL else wording.licence
    return " ".join(one for one in (wording.attribution, licence) if one)


@lru_cache(maxsize=256)
def _wordings(name: str, stamp: Stamp) -> tuple[Wording, ...]:  # noqa: ARG001 - keys the cache
    return load_wordings(name)


def _whole(value: float) -> Value:
    return int(value) if float(value).is_integer() else value


def _stamp() -> Stamp:
    """Say when the practice's own instruments last changed: what was read before then is old."""
    folder = practice_folder()
    found = []
    for one in (folder, folder / "wording"):
        try:
            found.append(one.stat().st_mtime_ns)
        except OSError:
            found.append(0)
    return tuple(found)
