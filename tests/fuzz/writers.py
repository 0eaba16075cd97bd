"""One small writer for every way that a transcript may be written."""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from holdfast.formats import write_jsonl
from holdfast.formats.clock import spell_clock
from holdfast.session import Session, Utterance

from .talk import Line

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

CHAT_CODES = {"Therapist": "THE", "Client": "CLI"}


def webvtt_voices(lines: Sequence[Line]) -> str:
    cues = [
        f"{number}\n{spell_clock(one.start)} --> {spell_clock(one.end)} align:left\n"
        f"<v {one.speaker}>{html.escape(one.text, quote=False)}</v>\n"
        for number, one in enumerate(lines)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def webvtt_names(lines: Sequence[Line]) -> str:
    cues = [
        f"{spell_clock(one.start)} --> {spell_clock(one.end)}\n"
        f"{one.speaker}: {html.escape(one.text, quote=False)}\n"
        for one in lines
    ]
    return "\n".join(["WEBVTT\n", "NOTE made up\n", *cues])


def srt(lines: Sequence[Line]) -> str:
    return "\n".join(
        f"{number}\n{spell_clock(one.start, mark=',')} --> {spell_clock(one.end, mark=',')}\n"
        f"{one.speaker}: {html.escape(one.text, quote=False)}\n"
        for number, one in enumerate(lines, start=1)
    )


def srt_brackets(lines: Sequence[Line]) -> str:
    return "\n".join(
        f"{number}\n{spell_clock(one.start)} --> {spell_clock(one.end)}\n"
        f"[{one.speaker}] {html.escape(one.text, quote=False)}\n"
        for number, one in enumerate(lines, start=1)
    )


def plain(lines: Sequence[Line]) -> str:
    return "".join(f"{one.speaker}: {one.text}\n" for one in lines)


def plain_times(lines: Sequence[Line]) -> str:
    return "".join(f"[{spell_clock(one.start)}] {one.speaker}: {one.text}\n" for one in lines)


def otter(lines: Sequence[Line]) -> str:
    turns = [f"{one.speaker}  {spell_clock(one.start)[:8]}\n{one.text}\n" for one in lines]
    return "\n".join([*turns, "Transcribed by https://otter.ai\n"])


def table(lines: Sequence[Line], delimiter: str = ",") -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    rows.writerow(["Start Time", "end", "Interlocutor", "utterance_text"])
    rows.writerows([one.start, spell_clock(one.end), one.speaker, one.text] for one in lines)
    return out.getvalue()


def tabs(lines: Sequence[Line]) -> str:
    return table(lines, "\t")


def jsonl(lines: Sequence[Line]) -> str:
    return write_jsonl(
        Session(
            tuple(
                Utterance(index, one.speaker, one.text, index + 1, one.start, one.end)
                for index, one in enumerate(lines)
            )
        )
    )


def convokit(lines: Sequence[Line]) -> str:
    return "".join(
        json.dumps(
            {
                "id": f"u{number}",
                "conversation_id": "u0",
                "text": one.text,
                "speaker": one.speaker,
                "meta": {},
                "reply-to": f"u{number - 1}" if number else None,
                "timestamp": one.start,
                "vectors": [],
            }
        )
        + "\n"
        for number, one in enumerate(lines)
    )


def whisper(lines: Sequence[Line]) -> str:
    segments = [
        {"id": number, "start": one.start, "end": one.end, "text": f" {one.text}"}
        for number, one in enumerate(lines)
    ]
    return json.dumps({"text": "", "segments": segments, "language": "en"})


def whisperx(lines: Sequence[Line]) -> str:
    segments = [
        {
            "start": one.start,
            "end": one.end,
            "text": f" {one.text}",
            "speaker": one.speaker,
            "words": [{"word": word, "speaker": one.speaker} for word in one.words],
        }
        for one in lines
    ]
    return json.dumps({"segments": segments, "word_segments": []})


def chat(lines: Sequence[Line]) -> str:
    body = "".join(
        f"*{CHAT_CODES[one.speaker]}:\t{one.text} . "
        f"\x15{round(one.start * 1000)}_{round(one.end * 1000)}\x15\n"
        for one in lines
    )
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tTHE Dana Therapist, CLI Lee Client\n"
    return f"{head}{body}@End\n"


def elan(lines: Sequence[Line]) -> str:
    slots, tiers = [], dict[str, list[str]]()
    for number, one in enumerate(lines):
        begin, end = f"ts{2 * number}", f"ts{2 * number + 1}"
        slots.append(f'<TIME_SLOT TIME_SLOT_ID="{begin}" TIME_VALUE="{round(one.start * 1000)}"/>')
        slots.append(f'<TIME_SLOT TIME_SLOT_ID="{end}" TIME_VALUE="{round(one.end * 1000)}"/>')
        tiers.setdefault(one.speaker, []).append(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" TIME_SLOT_REF1="{begin}"'
            f' TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{escape(one.text)}</ANNOTATION_VALUE>'
            "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    body = "".join(
        f"<TIER LINGUISTIC_TYPE_REF='default-lt' TIER_ID={quoteattr(name)}>{''.join(said)}</TIER>\n"
        for name, said in tiers.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT>\n<TIME_ORDER>'
        f"{''.join(slots)}</TIME_ORDER>\n{body}</ANNOTATION_DOCUMENT>\n"
    )


def docx(lines: Sequence[Line]) -> bytes:
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for one in lines
        for text in (f"{one.speaker}   {spell_clock(one.start)[:8]}", one.text)
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD_NAMESPACE}">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Writer:
    """A writer, the format that should read it, and what of the talk the format keeps."""

    write: Callable[[Sequence[Line]], str | bytes]
    format: str
    suffix: str
    speakers: bool = True
    times: str = "both"  # both | start | whole seconds | none
    rough: bool = True
    cast: tuple[str, ...] | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    closing: str = ""
    share: int = 6


WRITERS = (
    Writer(webvtt_voices, "webvtt", ".vtt"),
    Writer(webvtt_names, "webvtt", ".vtt"),
    Writer(srt, "srt", ".srt"),
    Writer(srt_brackets, "srt", ".srt"),
    Writer(plain, "plain", ".txt", times="none"),
    Writer(plain_times, "plain", ".txt", times="start"),
    Writer(otter, "plain", ".txt", times="whole seconds"),
    Writer(table, "table", ".csv"),
    Writer(tabs, "table", ".tsv"),
    Writer(jsonl, "jsonl", ".jsonl"),
    Writer(convokit, "convokit", ".jsonl", times="start"),
    Writer(whisper, "whisper", ".json", speakers=False),
    Writer(whisperx, "whisperx", ".json"),
    Writer(
        chat, "chat", ".cha", rough=False, cast=tuple(CHAT_CODES), codes=CHAT_CODES, closing="."
    ),
    Writer(elan, "elan", ".eaf"),
    Writer(docx, "docx", ".docx", times="whole seconds", share=1),
)
