"""Who speaks in a cue: voice tags, ``Name:``, ``[Name]``, ``>>`` and dashes.

A cue in which several people speak becomes several utterances with the cue's times; two cues of
the same speaker stay two utterances. Whoever cannot be told stays unknown, with every word.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from holdfast.formats.cues import Cue
from holdfast.formats.document import Said
from holdfast.formats.mending import count
from holdfast.formats.names import before_bracket, before_colon, kind, speakers_among

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]([^<>]*))?>|</v>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.I)
_CHANGE = re.compile(r"[ \t]*(?:>>+|[-–—][ \t])[ \t]*")
_MEETING = re.compile(r'\d+ "([^"]{1,80})" \(\d*\)')
_DASHES = ("- ", "– ", "— ")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A line of a cue, or the part of it that one voice tag holds."""

    line: int
    text: str
    raw: str
    speaker: str | None = None
    tagged: bool = False
    opens: bool = False


@dataclass(slots=True)
class _Turn:
    """What one speaker says in a cue, as it is gathered."""

    speaker: str | None
    line: int
    texts: dict[int, str] = field(default_factory=dict)
    raws: dict[int, str] = field(default_factory=dict)

    def add(self, line: int, text: str, raw: str) -> None:
        """Take in a line of the cue, or one more part of it."""
        self.texts[line] = self.texts.get(line, "") + text
        self.raws[line] = self.raws.get(line, "") + raw

    def said(self, cue: Cue) -> Said:
        """Return it as an utterance with the cue's times."""
        text = " ".join(text for text in self.texts.values() if text)
        raw = "\n".join(self.raws.values())
        return Said(self.speaker, text, self.line, cue.start, cue.end, raw)


@dataclass(frozen=True, slots=True)
class _Names:
    """What counts as a speaker in this file, before a colon and in brackets."""

    colon: frozenset[str]
    bracket: frozenset[str]

    def split(self, text: str) -> tuple[str, str] | None:
        found = before_colon(text)
        if found is not None and found[0] in self.colon:
            return found
        found = before_bracket(text)
        return found if found is not None and found[0] in self.bracket else None


def voices(cues: Sequence[Cue]) -> tuple[list[Said], list[str]]:
    """Return what was said in each cue, and what a person should know of it.

    Examples
    --------
    >>> said, notes = voices([Cue(3, 1.0, 2.0, 4, ("<v Dana>How was it?</v>",))])
    >>> said[0].speaker, said[0].text
    ('Dana', 'How was it?')
    """
    stretches = [list(_stretches(cue)) for cue in cues]
    names = _names(stretches)
    turns = [_turns(of_cue, names) for of_cue in stretches]
    said = [
        [one for turn in of_cue if (one := turn.said(cue)).text]
        for cue, of_cue in zip(cues, turns, strict=True)
    ]
    return list(chain.from_iterable(said)), _notes(cues, stretches, said)


def clean(text: str) -> str:
    """Return a line without tags and with its entities as characters.

    Examples
    --------
    >>> clean("<i>Rock &amp; roll</i> <laughs>")
    'Rock & roll <laughs>'
    """
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text.strip()


def _stretches(cue: Cue) -> Iterator[_Stretch]:
    """Cut a cue's lines at its voice tags."""
    meeting = _MEETING.fullmatch(cue.identifier)
    voice: str | None = meeting[1].strip() if meeting else None
    tagged, closed = meeting is not None, False
    for line, raw in enumerate(cue.payload, start=cue.first):
        for part in _parts(raw):
            tag, text, opens = _VOICE.match(part), clean(part), False
            if tag is not None and not tag[0].startswith("</"):
                voice, tagged, opens = _spoken_name(tag[1]), True, True
            elif closed and _WORD.search(text):
                voice, tagged, opens = None, False, True
            closed = part.endswith("</v>") or (closed and not opens)
            yield _Stretch(line, text, part, voice, tagged, opens)


def _parts(raw: str) -> list[str]:
    """Cut a line before each voice that opens and after each that closes."""
    if "<" not in raw:
        return [raw]
    tags = _VOICE.finditer(raw)
    cuts = [tag.end() if tag[0].startswith("</") else tag.start() for tag in tags]
    parts = (raw[start:end] for start, end in pairwise([0, *cuts, len(raw)]))
    return [part for part in parts if part.strip()]


def _spoken_name(annotation: str | None) -> str | None:
    return " ".join(clean(annotation or "").split()) or None


def _names(stretches: Iterable[Iterable[_Stretch]]) -> _Names:
    """Judge over the whole file which openings of lines are speakers."""
    colon, bracket, blocks = [], [], 0
    for of_cue in stretches:
        plain = [_CHANGE.sub("", one.text, count=1) for one in of_cue if not one.tagged]
        blocks += any(plain)
        for text in plain:
            if (found := before_colon(text)) is not None:
                colon.append(found[0])
            elif (found := before_bracket(text)) is not None:
                bracket.append(found[0])
    spoken = speakers_among(colon, blocks)
    mostly = len(bracket) * 2 >= blocks
    sure = {name for name in bracket if mostly or name in spoken or kind(name) == "role"}
    return _Names(spoken, frozenset(sure))


def _turns(stretches: Sequence[_Stretch], names: _Names) -> list[_Turn]:
    dialogue = sum(one.text.startswith(_DASHES) for one in stretches) > 1
    turns: list[_Turn] = []
    for one in stretches:
        speaker, text, opens = one.speaker, one.text, one.opens or not turns
        if not one.tagged:
            change = _CHANGE.match(text)
            if change and (dialogue or text.startswith(">>")):
                text, opens = text[change.end() :], True
            if (found := names.split(text)) is not None:
                (speaker, text), opens = found, True
        if opens:
            turns.append(_Turn(speaker, one.line))
        turns[-1].add(one.line, text, one.raw)
    return turns


def _notes(
    cues: Sequence[Cue], stretches: Sequence[Sequence[_Stretch]], said: Sequence[Sequence[Said]]
) -> list[str]:
    unknown = sum(one.speaker is None for of_cue in said for one in of_cue)
    everyone = sum(map(len, said))
    several = sum(len(of_cue) > 1 for of_cue in said)
    silent = sum(not of_cue for of_cue in said)
    marked = sum(
        any(clean(one.raw) != _VOICE.sub("", one.raw).strip() for one in of_cue)
        for of_cue in stretches
    )
    notes = []
    if cues and cues[0].start is None and said[0]:
        notes.append("Text stands above the first cue; it is kept, without times.")
    if unknown:
        notes.append(f"{unknown} of {everyone} utterances have no speaker; their words are kept.")
    if several:
        has = count(several, "cue holds", "cues hold")
        notes.append(f"{has} several utterances; each has the times of the whole cue.")
    if marked:
        notes.append(f"Markup was taken out of the text of {count(marked, 'cue', 'cues')}.")
    if silent:
        notes.append(
            f"{count(silent, 'cue without words was', 'cues without words were')} left out."
        )
    return notes
