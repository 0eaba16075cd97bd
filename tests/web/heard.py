"""Findings for tests of pages: made by the real engine once, kept as a worker keeps them."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

from django.utils import timezone

from holdfast_web.agreements.actions import give_consent
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.care.models import CareRelationship
from holdfast_web.engine.coding import analyse
from holdfast_web.engine.gist import gist_of
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast
from tests.web.ratings import session_of
from tests.web.transcripts import ROLES, TALK, brought, vtt

Talk = tuple[tuple[str, str], ...]
STRAINED: Talk = (
    *TALK,
    ("Tessa", "Have you thought of writing a list?"),
    ("Cleo", "You're not listening to me. There's nothing to talk about."),
    ("Tessa", "I hear that you are angry with me."),
    ("Cleo", "I feel like you don't understand me, Tessa."),
    ("Tessa", "Where were you last night?"),
    ("Cleo", "At home. I was so scared that I cried."),
    ("Tessa", "Did you bring the form for the insurance?"),
)
"""A session of our own making with strain in it, a feeling that is passed over, and a name."""


def agreed(cast: Cast) -> None:
    """Have both agree, and the client say yes to recording and to analysis."""
    agreed_upon(cast)
    for kind in ("recording", "analysis"):
        give_consent(by=cast.client_person, client=cast.client, kind=kind, given=True)


def transcript_at(cast: Cast, number: int, talk: Talk = STRAINED) -> Transcript:
    """Return the transcript of a session by its number, with who is who."""
    care: CareRelationship = cast.care
    return brought(cast, vtt(talk), session=session_of(care, number))


def kept(transcript: Transcript, data: Any = None, **told: Any) -> Analysis:
    """Return a reading of a transcript that was done."""
    if data is None:
        data = found(tuple((one["speaker"], one["text"]) for one in transcript.lines))
    row = Analysis(
        client=transcript.client,
        transcript=transcript,
        edition=transcript.edition,
        asked_by=transcript.brought_by,
        state=Analysis.State.DONE,
        ended_at=timezone.now(),
        findings=data,
        gist=gist_of(data),
        engine=data["made_by"]["versions"]["holdfast"],
        model=data["made_by"]["model"],
        codebook=data["made_by"]["codebook"],
    )
    for name, value in told.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


@cache
def _read(talk: Talk) -> str:
    lines = [
        {"speaker": who, "text": text, "line": at, "start": 6.0 * at, "end": 6.0 * at + 5}
        for at, (who, text) in enumerate(talk)
    ]
    return json.dumps(analyse(lines, ROLES, ["Tessa Therapist", "Cleo Client"]).data)


def found(talk: Talk = STRAINED) -> Any:
    """Return what the engine finds in talk, masked, as it is stored."""
    return json.loads(_read(talk))


def long_findings(utterances: int, talk: Talk = TALK) -> Any:
    """Return findings of a long session: the same talk again and again, as it was coded once."""
    data = found(talk)
    count = len(talk)
    again = copy.deepcopy(data)
    again["utterances"] = [
        data["utterances"][at % count]
        | {"index": at, "line": at + 1, "start": 6 * at, "end": 6 * at + 5}
        for at in range(utterances)
    ]
    again["openings"] = [
        one | {"index": one["index"] + off, "response_index": _moved(one["response_index"], off)}
        for off in range(0, utterances - count, count)
        for one in data["openings"]
    ]
    return again


def also_heard(data: Any, line: int, **codes: str | list[str] | None) -> Any:
    """Return findings in which the model heard more at a line, of what is still experimental."""
    more = copy.deepcopy(data)
    more["utterances"][line]["codes"] |= {
        name: {
            "value": value,
            "p": [0.99] * len(value) if isinstance(value, list) else 0.99,
            "unsure": False,
            "by": "model",
            "words": None,
            "alternatives": {},
        }
        for name, value in codes.items()
    }
    return more


def long_talk(utterances: int, talk: Talk = TALK) -> Talk:
    """Return the words of the same."""
    return tuple(talk[at % len(talk)] for at in range(utterances))


def _moved(index: int | None, off: int) -> int | None:
    return None if index is None else index + off
