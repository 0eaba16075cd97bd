"""ELAN's ``.eaf``: annotations on tiers, tied to slots on a time line.

Each tier that stands on its own is read, under its participant or, without one, its name.
Tiers that depend on another (words, glosses, translations) repeat what their parent says and
are left aside with a note; only where the parent has no words at all are they read instead.
Annotations of all tiers are put in order of time. A slot need not have a time: such an
annotation keeps its place on the time line and has no time of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from holdfast.errors import TranscriptError
from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.markup import Element, read_markup
from holdfast.formats.noticed import Noticed
from holdfast.session import Seconds, Session

DEEPEST_TIER = 50
REMEDY = "Open it in ELAN and save it again"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the time line: its own time if it has one, and the latest time up to there."""

    seconds: Seconds | None
    after: Seconds


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Where annotations lie in time."""

    slots: Mapping[str, Slot]
    annotations: Mapping[str, Element]
    document: Document

    def bounds(self, annotation: Element) -> tuple[Slot, Slot]:
        """Return the slots between which an annotation, or the one it refers to, lies."""
        begun_at, seen = annotation.line, set[str]()
        while (above := annotation.attributes.get("ANNOTATION_REF")) is not None:
            if len(seen) > DEEPEST_TIER or above in seen or above not in self.annotations:
                raise self._broken("an annotation refers to one that is not there", begun_at)
            seen.add(above)
            annotation = self.annotations[above]
        return self._slot(annotation, "TIME_SLOT_REF1"), self._slot(annotation, "TIME_SLOT_REF2")

    def _slot(self, annotation: Element, name: str) -> Slot:
        slot = self.slots.get(annotation.attributes.get(name, ""))
        if slot is None:
            raise self._broken(f"an annotation's {name} names no slot", annotation.line)
        return slot

    def _broken(self, problem: str, line: int) -> TranscriptError:
        return TranscriptError(problem, source=self.document.name, line=line, remedy=REMEDY)


def recognise(document: Document) -> bool:
    """Whether the text is XML whose root is an ELAN document."""
    return "<ANNOTATION_DOCUMENT" in (document.text or "")[:20_000]


def parse(document: Document) -> Session:
    """Read the annotations of every independent tier, in order of time."""
    root = read_markup(document.text or "", source=document.name, remedy=REMEDY)
    tiers = list(root.named("TIER"))
    spoken = _spoken_tiers(tiers)
    line = TimeLine(_slots(root, document), _annotations_by_id(tiers), document)
    placed = [one for tier in spoken for one in _tier(tier, line)]
    placed.sort(key=lambda one: one[0])
    noticed = Noticed()
    said = list(noticed.leave_out_silent(one for _, one in placed))
    notes = (*_tiers_left_aside(tiers, spoken), *noticed.notes())
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


def _slots(root: Element, document: Document) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    after = 0.0
    for order in root.named("TIME_ORDER"):
        for slot in order.named("TIME_SLOT"):
            value = slot.attributes.get("TIME_VALUE")
            seconds = None if value is None else _seconds(value, slot.line, document)
            after = after if seconds is None else seconds
            slots[slot.attributes.get("TIME_SLOT_ID", "")] = Slot(seconds, after)
    return slots


def _seconds(value: str, line: int, document: Document) -> Seconds:
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise TranscriptError(
            "a TIME_VALUE is no whole number of milliseconds",
            source=document.name,
            line=line,
            remedy=REMEDY,
        )
    return int(digits) / 1000


def _spoken_tiers(tiers: list[Element]) -> list[Element]:
    """Return each independent tier, or, where it has no words, those just below it that do."""
    below: dict[str, list[Element]] = {}
    for tier in tiers:
        below.setdefault(tier.attributes.get("PARENT_REF", ""), []).append(tier)
    level, spoken, seen = below.get("", []), [], set()
    while level:
        spoken += [tier for tier in level if _has_words(tier)]
        seen |= {_name(tier) for tier in level}
        level = [
            child
            for tier in level
            if not _has_words(tier)
            for child in below.get(_name(tier), [])
            if _name(child) not in seen
        ]
    return spoken


def _has_words(tier: Element) -> bool:
    return any(_value(annotation).strip() for annotation in _each(tier))


def _each(tier: Element) -> Iterator[Element]:
    """Yield a tier's annotations, aligned to the time line or to another annotation."""
    for annotation in tier.named("ANNOTATION"):
        yield from annotation.children


def _annotations_by_id(tiers: list[Element]) -> dict[str, Element]:
    return {
        annotation.attributes.get("ANNOTATION_ID", ""): annotation
        for tier in tiers
        for annotation in _each(tier)
    }


def _tier(tier: Element, line: TimeLine) -> Iterator[tuple[tuple[Seconds, bool], Said]]:
    """Yield what is said on a tier, each with its place on the time line."""
    name = tier.attributes.get("PARTICIPANT", "").split() or _name(tier).split()
    for annotation in _each(tier):
        start, end = line.bounds(annotation)
        raw = _value(annotation)
        yield (
            (start.after, start.seconds is None),
            Said(
                speaker=" ".join(name) or None,
                text=" ".join(raw.split()),
                line=annotation.line,
                start=start.seconds,
                end=end.seconds,
                raw=raw,
            ),
        )


def _tiers_left_aside(tiers: list[Element], spoken: list[Element]) -> Iterator[str]:
    """Yield a note on the tiers with words that were not read."""
    read = {id(tier) for tier in spoken}
    aside = [_name(tier) for tier in tiers if id(tier) not in read and _has_words(tier)]
    if aside:
        yield f"Tiers that depend on another, left aside: {', '.join(aside)}."


def _name(tier: Element) -> str:
    return tier.attributes.get("TIER_ID", "")


def _value(annotation: Element) -> str:
    return "".join(value.text for value in annotation.named("ANNOTATION_VALUE"))


FORMAT = Format(
    name="elan",
    title="ELAN (.eaf)",
    suffixes=(".eaf",),
    recognise=recognise,
    parse=parse,
)
