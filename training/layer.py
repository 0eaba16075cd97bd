"""Turns the annotation layer's codes into targets (training/annotation, training/written)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from training.annotation.labels import Codes, SessionLabels, read
from training.annotation.scheme import FEELING, OPENING, RESPONSE
from training.annotation.sessions import LABELS
from training.corpora import Example, Labelled, Target, one_hot
from training.tasks import FEELINGS, HEARD, RESPONSES, SAID


def with_layer(sessions: Sequence[Example], *, reader: str = "a") -> list[Example]:
    """Return AnnoMI's sessions with the codes that pass ``reader`` of the layer gave them."""
    return [annotated(one, labels_of(one, reader)) for one in sessions]


def labels_of(example: Example, reader: str = "a") -> SessionLabels | None:
    """Return what a pass wrote of a session, ``None`` where it read it not."""
    path = LABELS / reader / f"{example.name}.txt"
    return read(path, [said.role for said in example.utterances]) if path.exists() else None


def annotated(example: Example, labels: SessionLabels | None) -> Example:
    """Return a session whose utterances also carry the layer's targets."""
    if labels is None:
        return example
    given = [labels.codes.get(place, frozenset()) for place in range(len(example.utterances))]
    lines = list(example.utterances)
    for place, said in enumerate(lines):
        lines[place] = replace(said, targets=said.targets | targets(said.role, given[place]))
    for place, answer in answers(lines, given):
        said = lines[place]
        lines[place] = replace(said, targets=said.targets | {"response": answer})
    return replace(example, utterances=tuple(lines))


def targets(role: str, codes: Codes) -> dict[str, Target]:
    """Return the targets of one utterance that was read: what is not written is absent.

    Examples
    --------
    >>> targets("client", frozenset({("hope", "present")}))["heard"][-2:]
    (0.0, 1.0)
    """
    if role == "therapist":
        return {"said": tuple(float(holds(label, codes)) for label in SAID)}
    found = {"heard": tuple(float(holds(label, codes)) for label in HEARD)}
    felt = [value for code, value in codes if code == FEELING]
    if felt:
        found["feeling"] = one_hot(felt[0], FEELINGS)
    return found


def holds(label: str, codes: Codes) -> bool:
    """Return whether codes hold what a label asks for.

    Examples
    --------
    >>> given = frozenset({("interpretation", "1"), ("validation", "affirming")})
    >>> [holds(one, given) for one in ("validation", "validation=affirming", "interpretation>=2")]
    [True, True, False]
    """
    if ">=" in label:
        name, level = label.split(">=")
        return any(code == name and int(value) >= int(level) for code, value in codes)
    name, _, wanted = label.partition("=")
    return any(code == name and wanted in ("", value) for code, value in codes)


def answers(lines: Sequence[Labelled], given: Sequence[Codes]) -> list[tuple[int, Target]]:
    """Return the therapist's utterances that follow an opening, each with how it answers.

    The answer belongs to the client's opening; the model reads it off the next utterance of the
    therapist. Of several openings before one utterance, the last counts.
    """
    found: dict[int, Target] = {}
    for place, codes in enumerate(given):
        answer = [value for code, value in codes if code == RESPONSE]
        if not answer or not any(code == OPENING for code, _ in codes):
            continue
        following = next(
            (then for then in range(place + 1, len(lines)) if lines[then].role == "therapist"), None
        )
        if following is not None:
            found[following] = one_hot(answer[0], RESPONSES)
    return sorted(found.items())
