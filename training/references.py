"""Makes the reference figures: where indicators lie among AnnoMI's demonstrations.

Run with ``python -m training.references --data PATH``, where PATH is AnnoMI's folder. It takes
the codes that people and our annotation layer gave, adds those of the rules, measures every
session, and writes the quantiles of the high- and the low-quality demonstrations to
``references.toml``: figures only. Emotions and uptake have no codes by people there, so their
indicators have no reference.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import holdfast.indicators
from holdfast.coding.codes import Code, CodedSession
from holdfast.coding.layer import layer_codes, with_answers
from holdfast.coding.rules import code_by_rules
from holdfast.indicators import Indicator, Spread, Unit, measure
from holdfast.runtime import Card, Head
from holdfast.session import Role, Session, Utterance
from training.corpora import TALK, Example, Labelled, annomi, rows
from training.layer import with_layer
from training.tasks import OUTPUTS, TASKS, spans

SHIPPED = Path(holdfast.indicators.__file__).parent / "references.toml"
SESSIONS_NEEDED = 10
LABELS = {task.name: task.labels for task in TASKS}
KINDS = ("reflection", "question", "input")
BY_ROLE = {"therapist": "said", "client": "heard"}
LAYER = ("said", "heard", "feeling", "response")
SPANS = spans()
SURE = 50.0
"""A logit whose probability is 1, so that people's codes go through the coder's own decoding."""

CERTAIN = Card(
    "people",
    "0",
    {
        task.name: Head(
            task.name,
            task.labels,
            SPANS[task.name].start,
            task.exclusive,
            temperature=1.0,
            offsets=(0.0,) * len(task.labels),
            thresholds=(0.5,) * (1 if task.exclusive else len(task.labels)),
        )
        for task in TASKS
        if task.name in LAYER
    },
    {},
    {},
)
"""Decodes what the annotation layer says. Where it says nothing, a choice of one stays unsure."""

HEAD = """\
# Where indicators lie among reference sessions. Made by training/references.py: do not edit.
#
# From AnnoMI (Wu et al., ICASSP 2022; Future Internet 15(3):110, 2023): public demonstrations of
# good and poor motivational interviewing, with behaviours and talk types coded by people, what no
# open corpus labels by our own, machine-assisted annotation (training/annotation), and the other
# codes by Holdfast's rules. Counts are left out, because sessions differ in length, and so
# is what fewer than {needed} sessions of a quality can tell.

[notes]
lines = "Made for motivational interviewing, by expert opinion"

[lines.complex_reflection_share]
"MITI 4.2.1, fair" = 0.4
"MITI 4.2.1, good" = 0.5

[lines.reflection_to_question_ratio]
"MITI 4.2.1, fair" = 1.0
"MITI 4.2.1, good" = 2.0
"""


def gold_session(example: Example, starts: dict[int, float]) -> CodedSession:
    """Return a session of AnnoMI with the codes that people gave it, and those of the rules."""
    session = Session(
        tuple(
            Utterance(
                index, said.role, said.text, index + 1, starts.get(index), role=Role(said.role)
            )
            for index, said in enumerate(example.utterances)
        ),
        format="annomi",
        source=example.name,
    )
    layer = np.array([layer_logits(said) for said in example.utterances])
    given = with_answers([gold_codes(said) for said in example.utterances], session, layer, CERTAIN)
    codes = tuple(
        {**by_people(one), **ruled}
        for one, ruled in zip(given, code_by_rules(session), strict=True)
    )
    return CodedSession(session, codes, model="people", codebook="AnnoMI")


def gold_codes(said: Labelled) -> dict[str, Code]:
    """Return the codes that people and the annotation layer gave to one utterance, with certainty.

    How an opening was felt and answered is known of a whole session only: ``gold_session`` adds it.
    """
    if said.role == Role.CLIENT:
        given = {"talk": _gold("talk", said, TALK)}
    else:
        given = {name: _gold(name, said, LABELS[name]) for name in ("behaviour", *KINDS)}
    head = BY_ROLE[said.role]
    if head not in said.targets:
        return given
    return given | by_people(layer_codes(layer_logits(said), CERTAIN, head))


def layer_logits(said: Labelled) -> NDArray[np.float32]:
    """Return logits that say what the annotation layer says, sure of each yes and no."""
    row = np.zeros(OUTPUTS, dtype=np.float32)
    for name in LAYER:
        if name in said.targets:
            row[SPANS[name]] = SURE * (2 * np.array(said.targets[name]) - 1)
    return row


def by_people(codes: dict[str, Code]) -> dict[str, Code]:
    """Return codes as what people gave."""
    return {name: replace(code, by="people") for name, code in codes.items()}


def _gold(name: str, said: Labelled, labels: tuple[str, ...]) -> Code:
    target = said.targets.get(name)
    value = None if target is None else labels[int(np.argmax(target))]
    return Code(name, value, 1.0, by="people")


def start_times(folder: Path) -> dict[str, dict[int, float]]:
    """Return each session's start times by the utterance's place in it."""
    times: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows(folder / "AnnoMI-simple.csv"):
        hours, minutes, seconds = map(int, row["timestamp"].split(":"))
        times[row["transcript_id"]][int(row["utterance_id"])] = (
            hours * 3600.0 + minutes * 60 + seconds
        )
    return {
        name: {place: times[name][index] for place, index in enumerate(sorted(times[name]))}
        for name in times
    }


def spread(values: Iterable[float]) -> Spread | None:
    """Return the quantiles of some sessions, ``None`` if they are too few."""
    known = np.array(list(values))
    if len(known) < SESSIONS_NEEDED:
        return None
    p10, p25, p50, p75, p90 = (
        round(float(one), 4) for one in np.quantile(known, (0.1, 0.25, 0.5, 0.75, 0.9))
    )
    return Spread(p10, p25, p50, p75, p90, len(known))


def spreads(measured: Iterable[tuple[str, Indicator]]) -> dict[str, dict[str, Spread]]:
    """Return the spread of each indicator by the sessions' quality."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for quality, indicator in measured:
        if indicator.value is not None and indicator.unit is not Unit.COUNT:
            values[indicator.name][quality].append(indicator.value)
    found = {
        name: {quality: spread(each) for quality, each in sorted(by_quality.items())}
        for name, by_quality in values.items()
    }
    return {
        name: {quality: one for quality, one in by_quality.items() if one is not None}
        for name, by_quality in found.items()
    }


def written(found: dict[str, dict[str, Spread]]) -> Iterator[str]:
    """Yield the lines of ``references.toml``."""
    yield HEAD.format(needed=SESSIONS_NEEDED)
    for name, by_quality in found.items():
        for quality, one in by_quality.items():
            yield f"[spreads.{name}.{quality}]"
            for field in Spread.__dataclass_fields__:
                yield f"{field} = {getattr(one, field)}"
            yield ""


def main(arguments: list[str] | None = None) -> None:
    """Read the corpus, measure it, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="AnnoMI's folder")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the figures go")
    given = parser.parse_args(arguments)
    times = start_times(given.data)
    found = spreads(
        (example.quality, indicator)
        for example in with_layer(annomi(given.data))
        for indicator in measure(gold_session(example, times[example.name]))
    )
    given.out.write_text("\n".join(written(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
