"""What stood out: the lines worth keeping, the openings missed, the lines to read again."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.indicators.opened import OPPORTUNITY, RESPONSE, Response
from holdfast.reports.heard import STRAINS
from holdfast.reports.moments import Moment
from holdfast.reports.page.lines import anchor, speaker_of
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.record import Record
from holdfast.reports.unmissed import none_missed
from holdfast.session import Role

KEPT_NONE = "No reflection followed a feeling closely enough for this page to choose one."
KEPT_ABOUT = "Reflections that took up a feeling."
MISSED_ABOUT = "An opening stays open: it can be picked up next time."
REREAD_ABOUT = "Only a hint for rereading. You were there, and know what it was."


@dataclass(frozen=True, slots=True)
class Part:
    """Moments of one kind.

    Attributes
    ----------
    name
        ``"kept"``, ``"missed"`` or ``"reread"``.
    heading, about
        Its heading, and what its moments are and how often the codes behind them are right.
    moments
        In the order of the session.
    none
        What is said where there are none; ``""`` where the part is left out.
    """

    name: str
    heading: str
    about: str
    moments: tuple[Moment, ...]
    none: str = ""


def parts(record: Record) -> tuple[Part, ...]:
    """Return the kinds of moments, in the order in which they are read."""
    moments = record.moments
    return (
        Part(
            "kept",
            "Worth keeping",
            f"{KEPT_ABOUT} {_sure(record, 'reflection')}",
            moments.kept,
            KEPT_NONE,
        ),
        Part(
            "missed",
            _missed_heading(record),
            f"{MISSED_ABOUT} {_sure(record, OPPORTUNITY, RESPONSE)}",
            moments.missed,
            none_missed(record.openings),
        ),
        Part(
            "reread",
            "Worth rereading",
            f"{REREAD_ABOUT} {_sure(record, *_strains(record))}",
            moments.reread,
        ),
    )


def stood_out(record: Record) -> Markup:
    """Return the first section of the page."""
    return tag(
        "section",
        tag("h2", "What stood out", id="stood-out"),
        *(_part(record, one) for one in parts(record) if one.moments or one.none),
        aria_labelledby="stood-out",
    )


def _sure(record: Record, *codes: str) -> str:
    """Say how often the codes behind a part are right, where that is known."""
    known = [(code, record.accuracy[code].sentence) for code in codes if code in record.accuracy]
    if len(known) == 1:
        return known[0][1]
    named = ((code.replace("_", " ").capitalize(), sentence) for code, sentence in known)
    return " ".join(f"{name}: {sentence}" for name, sentence in named)


def _strains(record: Record) -> list[str]:
    """Return the codes of strain that the moments to reread carry."""
    marked = {index for moment in record.moments.reread for index in moment.focus}
    return [
        name
        for name in STRAINS
        if any(record.coded.value(index, name) is not None for index in marked)
    ]


def _missed_heading(record: Record) -> str:
    missed = sum(opening.response is Response.MISSED for opening in record.openings)
    if not missed:
        return "Openings missed"
    shown = len(record.moments.missed)
    noun = "opening" if len(record.openings) == 1 else "openings"
    more = f", {shown} shown" if shown < missed else ""
    return f"Openings missed: {missed} of {len(record.openings)} {noun}{more}"


def _part(record: Record, part: Part) -> Markup:
    return tag(
        "div",
        tag("h3", part.heading),
        tag("p", part.about if part.moments else part.none, class_="note"),
        *(_moment(record, moment) for moment in part.moments),
        class_="part",
    )


def _moment(record: Record, moment: Moment) -> Markup:
    first = moment.focus[0]
    jump = tag("a", f"Go to line {first + 1}", href=f"#{anchor(first)}", class_="jump")
    return tag(
        "figure",
        tag("div", *(_line(record, index, moment) for index in moment.lines), class_="around"),
        tag("figcaption", f"{moment.why}. ", jump),
        class_="moment",
    )


def _line(record: Record, index: int, moment: Moment) -> Markup:
    utterance = record.coded.session.utterances[index]
    role = "client" if utterance.role is Role.CLIENT else "therapist"
    focus = " focus" if index in moment.focus else ""
    return tag(
        "p",
        speaker_of(utterance),
        " ",
        tag("span", utterance.text, class_="words", dir="auto"),
        class_=f"line {role}{focus}",
    )
