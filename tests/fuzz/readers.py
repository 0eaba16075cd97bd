"""Throw made-up and damaged transcripts at every reader, and count what goes wrong.

Run it from the top of the repository::

    python -m tests.fuzz.readers --inputs 1000000 --seed 7

Every input ends in a session or in a :class:`~holdfast.errors.TranscriptError`; anything else is
a crash. An undamaged input must give back each word, speaker and time; anything less is a loss.
An error that quotes the talk is a leak. An input that takes longer than the limit is a hang.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from holdfast.errors import TranscriptError
from holdfast.formats import FORMATS, open_document, read_document
from holdfast.session import Session

from .damage import damaged
from .talk import SECRET, Line, talk
from .writers import WRITERS, Writer

HANG_SECONDS = 2.0
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
SUFFIXES = (*sorted({writer.suffix for writer in WRITERS}), ".dat", "")


class HungError(Exception):
    """An input took longer than the limit."""


@dataclass
class Tally:
    """What a run found."""

    inputs: int = 0
    whole: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    by_format: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def fault(self, what: str, detail: str, data: bytes) -> None:
        self.faults[what] += 1
        if len(self.examples) < 20:
            self.examples.append(f"{what}: {detail}\n  input: {data[:1500]!r}")


def run(inputs: int, seed: int) -> Tally:
    """Read ``inputs`` inputs, of which one in four is undamaged."""
    random, tally = Random(seed), Tally()  # noqa: S311 - repeatable, not secret
    weights = [writer.share for writer in WRITERS]
    recent: list[bytes] = [b""]
    signal.signal(signal.SIGALRM, _hung)
    while tally.inputs < inputs:
        writer = random.choices(WRITERS, weights)[0]
        lines = talk(random, rough=writer.rough, cast=writer.cast)
        data = _encoded(writer.write(lines), random)
        _one(tally, data, f"session{writer.suffix}", None, (writer, lines))
        for _ in range(min(3, inputs - tally.inputs)):
            name = f"session{random.choice(SUFFIXES) if random.random() < 0.3 else writer.suffix}"
            asked = random.choice(FORMATS).name if random.random() < 0.2 else None
            _one(tally, damaged(data, random.choice(recent), random), name, asked, None)
        recent = [*recent[-20:], data]
        if tally.inputs % 100_000 == 0:
            found = sum(tally.faults.values())
            sys.stderr.write(f"{tally.inputs:,} of {inputs:,} tried, {found} faults\n")
    return tally


def _encoded(text: str | bytes, random: Random) -> bytes:
    return text if isinstance(text, bytes) else text.encode(random.choice(ENCODINGS))


def _one(
    tally: Tally,
    data: bytes,
    name: str,
    asked: str | None,
    whole: tuple[Writer, Sequence[Line]] | None,
) -> None:
    tally.inputs += 1
    tally.whole += whole is not None
    began = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS)
    try:
        session = read_document(open_document(data, name), format=asked)
    except TranscriptError as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        tally.refused += 1
        if SECRET in str(error):
            tally.fault("leak", str(error), data)
        if whole is not None:
            tally.fault("loss", f"{whole[0].write.__name__}: refused: {error}", data)
    except HungError:
        tally.fault("hang", f"asked for {asked}", data)
    except Exception:  # noqa: BLE001 - a crash is what we look for
        signal.setitimer(signal.ITIMER_REAL, 0)
        tally.fault("crash", traceback.format_exc(limit=-4), data)
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        tally.read += 1
        tally.by_format[session.format] += 1
        problem = unsound(session) or (differs(session, *whole) if whole else None)
        if problem:
            tally.fault("loss" if whole else "unsound", problem, data)
    signal.setitimer(signal.ITIMER_REAL, 0)
    tally.slowest = max(tally.slowest, time.process_time() - began)


def unsound(session: Session) -> str | None:
    """Return what no session may have, if it has it."""
    for index, one in enumerate(session.utterances):
        if one.index != index or one.line < 1:
            return f"utterance {index} has index {one.index}, line {one.line}"
        if not one.text or one.speaker == "" or "\0" in one.text:
            return f"utterance {index} has an empty text or speaker"
        for moment in (one.start, one.end):
            if moment is not None and not (math.isfinite(moment) and moment >= 0):
                return f"utterance {index} has the time {moment}"
        if one.start is not None and one.end is not None and one.end < one.start:
            return f"utterance {index} ends before it starts"
        one.text.encode()
    return None if session.utterances else "no utterance"


def differs(session: Session, writer: Writer, lines: Sequence[Line]) -> str | None:
    """Return what of the talk did not come back, ``None`` where all of it did."""
    who = writer.write.__name__
    if session.format != writer.format:
        return f"{who} was read as {session.format}"
    if len(session) != len(lines):
        return f"{who}: {len(lines)} lines became {len(session)} utterances"
    for one, line in zip(session.utterances, lines, strict=True):
        if one.text.removesuffix(writer.closing).split() != list(line.words):
            return f"{who}: {line.words} became {one.text!r}"
        if writer.speakers and one.speaker != writer.codes.get(line.speaker, line.speaker):
            return f"{who}: {line.speaker} became {one.speaker}"
        problem = _times_differ(one.start, one.end, writer, line)
        if problem:
            return f"{who}: {problem}"
    return None


def _times_differ(start: float | None, end: float | None, writer: Writer, line: Line) -> str | None:
    if writer.times == "none":
        return None
    near = 1.0 if writer.times == "whole seconds" else 0.0011
    if start is None or abs(start - line.start) > near:
        return f"start {line.start} became {start}"
    if writer.times == "both" and (end is None or abs(end - line.end) > near):
        return f"end {line.end} became {end}"
    return None


def _hung(_signal: int, _frame: FrameType | None) -> None:
    raise HungError


def report(tally: Tally, seed: int, seconds: float) -> str:
    """Return a run's figures as text."""
    faults = ", ".join(
        f"{tally.faults[what]} {what}" for what in ("crash", "hang", "loss", "leak", "unsound")
    )
    formats = ", ".join(f"{name} {number:,}" for name, number in tally.by_format.most_common())
    return "\n".join(
        [
            f"{tally.inputs:,} inputs ({tally.whole:,} undamaged), seed {seed}",
            f"{tally.read:,} read, {tally.refused:,} refused with a reason",
            f"found: {faults}",
            f"{seconds:.0f} s, {tally.inputs / seconds:,.0f} inputs a second",
            f"slowest input {tally.slowest * 1000:.0f} ms of processor time",
            f"read as: {formats}",
            *tally.examples,
        ]
    )


def main() -> int:
    """Run from the command line; 1 where anything was found."""
    options = argparse.ArgumentParser(description="Fuzz the transcript readers.")
    options.add_argument("--inputs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    began = time.perf_counter()
    tally = run(chosen.inputs, chosen.seed)
    sys.stdout.write(report(tally, chosen.seed, time.perf_counter() - began) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
