"""CHAT, the ``.cha`` files of TalkBank: headers, main lines, dependent tiers.

A main line (``*PAR:``) is one utterance, with the lines that continue it after a tab. The
speaker is the line's own code; who is behind it, as ``@Participants`` says, becomes a note.
Where that header itself names someone a therapist or a client, in the words CHAT has for it,
the file has assigned the role. Dependent tiers (``%mor:``) say nothing new and are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.formats.chat_codes import interposed, readable
from holdfast.formats.document import LONGEST_UTTERANCE, Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.noticed import Noticed
from holdfast.session import Role, Seconds, Session

LONGEST_LINE = 3 * LONGEST_UTTERANCE
"""Characters of a main line, codes and all, beyond which it is refused before it is read."""

BULLET = "\x15"
ROLES = {
    "therapist": Role.THERAPIST,
    "clinician": Role.THERAPIST,
    "counselor": Role.THERAPIST,
    "counsellor": Role.THERAPIST,
    "doctor": Role.THERAPIST,
    "psychologist": Role.THERAPIST,
    "client": Role.CLIENT,
    "patient": Role.CLIENT,
}
"""Participants' roles, as CHAT writes them, that say who is who."""

_BULLETS = re.compile(rf"{BULLET}([^{BULLET}]*){BULLET}")
_MAIN = re.compile(r"\*([^\s:]{1,40}):")
_OPENINGS = ("@UTF8", "@Begin", "@Participants:")


@dataclass(frozen=True, slots=True)
class Block:
    """A line with the lines that continue it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone whom ``@Participants`` introduces."""

    code: str
    name: str
    role: str

    def __str__(self) -> str:
        return f"{self.code} is {f'{self.name}, ' if self.name else ''}{self.role}"


def recognise(document: Document) -> bool:
    """Whether the text begins with CHAT's headers."""
    head = document.head.lstrip("\ufeff \t\n")
    return head.startswith(_OPENINGS) or "\n@Participants:" in head


def parse(document: Document) -> Session:
    """Read each main line as one utterance."""
    blocks = list(_blocks(document))
    participants = _participants(blocks)
    roles = {one.code: ROLES.get(one.role.lower()) for one in participants}
    noticed = Noticed()
    said = [
        one
        for block in blocks
        if block.text.startswith("*")
        for one in _utterances(block, roles, document)
    ]
    return make_session(
        list(noticed.leave_out_silent(said)),
        format=FORMAT.name,
        document=document,
        notes=(*_introductions(participants), *_tiers(blocks), *noticed.notes()),
    )


def _blocks(document: Document) -> Iterator[Block]:
    """Yield each header, main line and tier, joined with the lines that continue it."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(document.lines, start=1):
        line = line.lstrip("\ufeff")
        if not line.strip():
            continue
        if line[0] in "@*%":
            if parts:
                yield Block(begun, "\n".join(parts))
            begun, parts = number, [line]
        elif line[0] in " \t" and parts:
            parts.append(line)
        else:
            raise document.refuse(
                "a line begins with none of @, *, % and a tab, which CHAT's lines begin with",
                "Run CLAN's CHECK over it, or begin the line with a tab if it continues another",
                line=number,
            )
    if parts:
        yield Block(begun, "\n".join(parts))


def _utterances(block: Block, roles: dict[str, Role | None], document: Document) -> Iterator[Said]:
    """Yield what the speaker of a main line says, then what others put in."""
    main = _MAIN.match(block.text)
    if main is None:
        raise document.refuse(
            "a main line has no speaker: expected a code and a colon, as in *PAR:",
            "Run CLAN's CHECK over it",
            line=block.line,
        )
    if len(block.text) > LONGEST_LINE:
        raise document.refuse(
            f"a main line has {len(block.text):,} characters; one utterance has a few hundred",
            "Export it again with a main line for each utterance",
            line=block.line,
        )
    code, raw = main[1], block.text[main.end() :].strip()
    start, end = _times(raw)
    coded = _BULLETS.sub(" ", raw).replace(BULLET, " ")
    yield Said(code, _words(coded), block.line, start, end, raw, roles.get(code))
    for other, words in interposed(coded):
        yield Said(other, words, block.line, raw=words, role=roles.get(other))


def _words(coded: str) -> str:
    """Return the readable words, ``""`` where there is nothing but punctuation."""
    words = readable(coded)
    return words if any(character.isalnum() for character in words) else ""


def _times(raw: str) -> tuple[Seconds | None, Seconds | None]:
    """Return the first start and the last end between a line's bullets."""
    spans = [span for bullet in _BULLETS.findall(raw) if (span := _span(bullet))]
    return (spans[0][0], spans[-1][1]) if spans else (None, None)


def _span(bullet: str) -> tuple[Seconds, Seconds] | None:
    """Return the times of ``1500_2300`` or ``%snd:"file"_1500_2300``, in seconds."""
    *_, start, end = ("", "", *bullet.strip().split("_"))
    if all(part.isascii() and part.isdigit() and len(part) <= 12 for part in (start, end)):
        return int(start) / 1000, int(end) / 1000
    return None


def _participants(blocks: list[Block]) -> list[Participant]:
    header = next((block.text for block in blocks if block.text.startswith("@Participants:")), "")
    found = []
    for entry in header.partition(":")[2].split(","):
        words = entry.split()
        if len(words) >= 2:
            found.append(Participant(words[0], " ".join(words[1:-1]), words[-1]))
    return found


def _introductions(participants: list[Participant]) -> Iterator[str]:
    if participants:
        yield f"The file introduces its participants: {'; '.join(map(str, participants))}."


def _tiers(blocks: list[Block]) -> Iterator[str]:
    names = dict.fromkeys(
        block.text[:40].partition(":")[0].split()[0]
        for block in blocks
        if block.text.startswith("%")
    )
    if names:
        yield f"Dependent tiers left aside: {', '.join(names)}."


FORMAT = Format(
    name="chat",
    title="CHAT (.cha, TalkBank)",
    suffixes=(".cha",),
    recognise=recognise,
    parse=parse,
)
