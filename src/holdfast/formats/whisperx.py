"""WhisperX's JSON: Whisper's segments, with speakers on segments and on words.

A speaker may be missing, and so may a word's times. Where the words of one segment have
different speakers, the segment becomes several utterances, cut from its own text so that
nothing of it is lost. A word that names nobody belongs to whoever spoke before it.
An utterance's line is the number of its segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.noticed import Noticed
from holdfast.formats.segments import (
    broken,
    looks_like_segments,
    seconds_of,
    segments_of,
    speaker_of,
    text_of,
)
from holdfast.session import Seconds, Session

SPLIT = "The speaker changes inside a segment, so it was split"
WHOLE = "The speaker changes inside a segment, but its words are not its text, so it was kept whole"
NAMELESS = "Nobody is named"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a segment: its text, who says it, and when."""

    text: str
    speaker: str | None
    start: Seconds | None
    end: Seconds | None


def recognise(document: Document) -> bool:
    """Whether the document is JSON with segments that may name speakers."""
    text = document.text or ""
    return looks_like_segments(document) and ('"speaker"' in text or '"word_segments"' in text)


def parse(document: Document) -> Session:
    """Read each segment as one utterance, or as several where its speaker changes."""
    noticed = Noticed()
    said = [
        one
        for number, entry in enumerate(segments_of(document), start=1)
        for one in _segment(entry, number, document, noticed)
    ]
    spoken = list(noticed.leave_out_silent(said))
    noticed[NAMELESS] += [one.line for one in spoken if one.speaker is None]
    return make_session(spoken, format=FORMAT.name, document=document, notes=noticed.notes())


def _segment(
    entry: Mapping[str, object], number: int, document: Document, noticed: Noticed
) -> Iterator[Said]:
    words = _words(entry, number, document)
    raw = text_of(entry, "text", number=number, document=document)
    raw = raw if raw.strip() else " ".join(word.text for word in words)
    whole = Said(
        speaker=speaker_of(entry, number=number, document=document) or _first_speaker(words),
        text=" ".join(raw.split()),
        line=number,
        start=seconds_of(entry, "start", number=number, document=document),
        end=seconds_of(entry, "end", number=number, document=document),
        raw=raw,
    )
    runs = [list(run) for _, run in groupby(words, key=lambda word: word.speaker)]
    if len(runs) < 2:
        yield whole
        return
    pieces = _cut(raw, runs)
    noticed[SPLIT if pieces else WHOLE].append(number)
    yield from _split(whole, runs, pieces) if pieces else (whole,)


def _split(whole: Said, runs: list[list[Word]], pieces: list[str]) -> Iterator[Said]:
    last = len(runs) - 1
    for place, (run, raw) in enumerate(zip(runs, pieces, strict=True)):
        starts = [word.start for word in run if word.start is not None]
        ends = [word.end for word in run if word.end is not None]
        yield Said(
            speaker=run[0].speaker,
            text=" ".join(raw.split()),
            line=whole.line,
            start=whole.start if place == 0 else min(starts, default=None),
            end=whole.end if place == last else max(ends, default=None),
            raw=raw,
        )


def _cut(text: str, runs: list[list[Word]]) -> list[str]:
    """Cut a text where each run of words begins; nothing if the words are not its words."""
    cuts, place = [], 0
    for run in runs:
        for number, word in enumerate(run):
            found = text.find(word.text, place)
            if found < 0 or text[place:found].strip():
                return []
            if number == 0:
                cuts.append(found)
            place = found + len(word.text)
    if text[place:].strip():
        return []
    edges = [0, *cuts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _words(entry: Mapping[str, object], number: int, document: Document) -> list[Word]:
    entries = entry.get("words")
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise broken(document, number, 'has "words" that are no list')
    words = []
    for one in entries:
        if not isinstance(one, dict):
            raise broken(document, number, "has a word that is no JSON object")
        words.append(
            Word(
                text=text_of(one, "word", number=number, document=document).strip(),
                speaker=speaker_of(one, number=number, document=document),
                start=seconds_of(one, "start", number=number, document=document),
                end=seconds_of(one, "end", number=number, document=document),
            )
        )
    return _named([word for word in words if word.text])


def _named(words: list[Word]) -> list[Word]:
    """Give each word that names nobody the speaker of the word before it, or of the first named."""
    speaker, named = _first_speaker(words), []
    for word in words:
        speaker = word.speaker or speaker
        named.append(Word(word.text, speaker, word.start, word.end))
    return named


def _first_speaker(words: list[Word]) -> str | None:
    return next((word.speaker for word in words if word.speaker), None)


FORMAT = Format(
    name="whisperx",
    title="WhisperX JSON (speakers from --diarize)",
    suffixes=(".json",),
    recognise=recognise,
    parse=parse,
)
