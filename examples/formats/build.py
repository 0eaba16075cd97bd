"""Write one invented conversation in every transcript format that Holdfast reads.

Run ``python examples/formats/build.py`` to write the files again beside this script. Nobody
said these words: Dana, Lee and the allotment are made up.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from holdfast.session import Role, Session, Utterance

TALK = (
    (0, 4.5, "Dana", "Hello, Lee. It's good to see you. How has the week been?"),
    (5, 12.5, "Lee", "Long. I went back to the allotment, the first time since Mum died."),
    (13, 15.5, "Dana", "The first time since she died."),
    (17, 24.5, "Lee", "Yes. Her gloves were still on the hook. I just, um, I just stood there."),
    (26, 31, "Dana", "You stood there with her gloves in front of you. What was that like?"),
    (33, 42.5, "Lee", "Like she'd walk in and tell me I was late. And then I felt silly, crying."),
    (44, 51, "Dana", "It doesn't sound silly to me. She was all around you, and you missed her."),
    (53, 53.75, "Lee", "Mm."),
    (54, 55.5, "Dana", "Take your time."),
    (68, 74.5, "Lee", "I did water the beans, in the end. It was quiet. It helped a little."),
    (76, 83, "Dana", "So part of you was hurting, and part of you looked after what she loved."),
    (85, 92, "Lee", "I hadn't thought of it like that. I think I'd like to go again."),
    (94, 101, "Dana", "We have ten minutes left. Was there anything today that I missed?"),
    (103, 108, "Lee", "No. You gave me time. That's what I needed."),
)
ROLES = {"Dana": Role.THERAPIST, "Lee": Role.CLIENT}
SESSION = Session(
    tuple(
        Utterance(index, who, text, index + 1, start, end, role=ROLES[who])
        for index, (start, end, who, text) in enumerate(TALK)
    )
)


def as_webvtt(session: Session) -> str:
    """Write cues with voice tags."""
    cues = (
        f"{_clock(said.start)} --> {_clock(said.end)}\n<v {said.speaker}>{said.text}</v>\n"
        for said in session.utterances
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def as_srt(session: Session) -> str:
    """Write numbered cues that begin with the name."""
    return "\n".join(
        f"{said.index + 1}\n{_clock(said.start, ',')} --> {_clock(said.end, ',')}\n"
        f"{said.speaker}: {said.text}\n"
        for said in session.utterances
    )


def as_plain(session: Session) -> str:
    """Write a name, a colon and the words."""
    return "".join(f"{said.speaker}: {said.text}\n" for said in session.utterances)


def as_otter(session: Session) -> str:
    """Write a heading with name and time, and the words below it."""
    return "\n".join(
        f"{said.speaker}  {_minutes(said.start)}\n{said.text}\n" for said in session.utterances
    )


def as_table(session: Session, *, delimiter: str = ",") -> str:
    """Write columns with names."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    writer.writerow(("start", "end", "speaker", "text"))
    writer.writerows((one.start, one.end, one.speaker, one.text) for one in session.utterances)
    return table.getvalue()


def as_tsv(session: Session) -> str:
    """Write columns with names, between tabs."""
    return as_table(session, delimiter="\t")


def as_whisper(session: Session) -> str:
    """Write Whisper's own JSON, which names nobody."""
    segments = [
        {"id": said.index, "start": said.start, "end": said.end, "text": f" {said.text}"}
        for said in session.utterances
    ]
    text = "".join(f" {said.text}" for said in session.utterances)
    return _pretty({"text": text, "segments": segments, "language": "en"})


def as_whisperx(session: Session, *, joined: Iterable[int] = (7,)) -> str:
    """Write WhisperX's JSON; those in ``joined`` share a segment with the next one."""
    segments: list[dict[str, object]] = []
    together: list[Utterance] = []
    for said in session.utterances:
        together.append(said)
        if said.index not in set(joined):
            segments.append(_whisperx_segment(together))
            together = []
    words = [word for segment in segments for word in segment["words"]]  # type: ignore[attr-defined]
    return _pretty({"segments": segments, "word_segments": words, "language": "en"})


def _whisperx_segment(together: list[Utterance]) -> dict[str, object]:
    segment: dict[str, object] = {
        "start": together[0].start,
        "end": together[-1].end,
        "text": " " + " ".join(said.text for said in together),
        "words": [word for said in together for word in _timed_words(said)],
    }
    return segment | ({"speaker": together[0].speaker} if together[0].speaker else {})


def _timed_words(said: Utterance) -> list[dict[str, object]]:
    """Spread the words evenly over the utterance, as far as it has times."""
    words = said.text.split()
    speaker = {"speaker": said.speaker} if said.speaker else {}
    if said.start is None or said.end is None:
        return [{"word": word, **speaker} for word in words]
    edges = [
        round(said.start + (said.end - said.start) * place / len(words), 3)
        for place in range(len(words) + 1)
    ]
    return [
        {"word": word, "start": start, "end": end, "score": 0.9, **speaker}
        for word, start, end in zip(words, edges, edges[1:], strict=False)
    ]


def as_chat(session: Session) -> str:
    """Write headers, main lines with their times, and a dependent tier to be left aside."""
    codes = {name: (name or "UNK").upper()[:7] for name in session.speakers}
    people = {one.speaker: (one.role or "Participant").title() for one in session.utterances}
    introduced = ", ".join(f"{codes[name]} {name} {role}" for name, role in people.items())
    lines = ["@UTF8", "@Begin", "@Languages:\teng", f"@Participants:\t{introduced}"]
    for said in session.utterances:
        line = f"*{codes[said.speaker]}:\t{said.text.replace(' um,', ' &-um,')}"
        if said.start is not None and said.end is not None:
            line += f" \x15{said.start * 1000:.0f}_{said.end * 1000:.0f}\x15"
        lines += [line, "%com:\tinvented"]
    return "\n".join([*lines, "@End", ""])


def as_elan(session: Session) -> str:
    """Write a tier for each speaker, and one of notes that depends on the first."""
    times = [time for said in session.utterances for time in (said.start, said.end)]
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{number}"'
        + (f' TIME_VALUE="{time * 1000:.0f}"' if time is not None else "")
        + "/>\n"
        for number, time in enumerate(times)
    )
    tiers = "".join(
        f'<TIER LINGUISTIC_TYPE_REF="talk" TIER_ID={quoteattr(f"talk {name}")}'
        f" PARTICIPANT={quoteattr(name or '')}>\n"
        + "".join(_elan_annotation(said) for said in session.utterances if said.speaker == name)
        + "</TIER>\n"
        for name in session.speakers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2024-01-01T00:00:00+00:00" FORMAT="3.0"'
        ' VERSION="3.0">\n'
        '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n'
        f"<TIME_ORDER>\n{slots}</TIME_ORDER>\n{tiers}"
        '<TIER LINGUISTIC_TYPE_REF="note" TIER_ID="notes"'
        f" PARENT_REF={quoteattr(f'talk {session.speakers[0]}')}>\n"
        '<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="n0" ANNOTATION_REF="a0">'
        "<ANNOTATION_VALUE>a note</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>\n</TIER>\n"
        '<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="talk"'
        ' TIME_ALIGNABLE="true"/>\n</ANNOTATION_DOCUMENT>\n'
    )


def _elan_annotation(said: Utterance) -> str:
    slot = 2 * said.index
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{said.index}"'
        f' TIME_SLOT_REF1="ts{slot}" TIME_SLOT_REF2="ts{slot + 1}">'
        f"<ANNOTATION_VALUE>{escape(said.text)}</ANNOTATION_VALUE>"
        "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
    )


def as_docx(session: Session) -> bytes:
    """Write Teams' Word file: a title, then a paragraph for each utterance under name and time."""
    paragraphs = ["Weekly session", "2 May 2024, 03:00pm"]
    paragraphs += [
        f"{said.speaker}   {_minutes(said.start)}\n{said.text}" for said in session.utterances
    ]
    return word_file([*paragraphs, "Dana stopped transcription"])


def as_docx_with_ranges(session: Session) -> bytes:
    """Write Teams' older Word file: times, name and words, each on its line."""
    return word_file(
        f"{_clock(said.start)} --> {_clock(said.end)}\n{said.speaker}\n{said.text}"
        for said in session.utterances
    )


def as_docx_by_hand(session: Session) -> bytes:
    """Write a Word file as a person would, ``Name: words`` in each paragraph."""
    return word_file(f"{said.speaker}: {said.text}" for said in session.utterances)


def word_file(paragraphs: Iterable[str]) -> bytes:
    """Return a Word file with these paragraphs; a new line in one is a line break."""
    body = "".join(
        "<w:p><w:r>"
        + "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in paragraph.split("\n")
        )
        + "</w:r></w:p>"
        for paragraph in paragraphs
    )
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(entry, head + part)
    return packed.getvalue()


def as_convokit(session: Session) -> str:
    """Write ConvoKit's ``utterances.jsonl``."""
    return _lines(
        {
            "id": f"u{said.index}",
            "conversation_id": "u0",
            "speaker": said.speaker,
            "reply_to": f"u{said.index - 1}" if said.index else None,
            "timestamp": said.start,
            "text": said.text,
            "meta": {},
        }
        for said in session.utterances
    )


def as_jsonl(session: Session) -> str:
    """Write Holdfast's own lines of JSON, with roles."""
    return _lines(
        {
            "index": said.index,
            "speaker": said.speaker,
            "role": said.role,
            "start": said.start,
            "end": said.end,
            "text": said.text,
        }
        for said in session.utterances
    )


FILES: dict[str, Callable[[Session], str | bytes]] = {
    "session.vtt": as_webvtt,
    "session.srt": as_srt,
    "session.txt": as_plain,
    "session-otter.txt": as_otter,
    "session.csv": as_table,
    "session.tsv": as_tsv,
    "session-whisper.json": as_whisper,
    "session-whisperx.json": as_whisperx,
    "session.cha": as_chat,
    "session.eaf": as_elan,
    "session.docx": as_docx,
    "session-convokit.jsonl": as_convokit,
    "session.jsonl": as_jsonl,
}


def _clock(seconds: float | None, mark: str = ".") -> str:
    thousandths = round((seconds or 0) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"


def _minutes(seconds: float | None) -> str:
    minutes, rest = divmod(int(seconds or 0), 60)
    return f"{minutes}:{rest:02d}"


def _pretty(whole: object) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _lines(entries: Iterable[object]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def build(folder: Path) -> None:
    """Write every file into a folder."""
    for name, write in FILES.items():
        content = write(SESSION)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    build(Path(__file__).parent)
