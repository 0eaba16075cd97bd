"""What a card may say beyond its summary, as sections that a page and a terminal can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.runtime.card import Card

Words = Callable[[str], str]
"""Says a label of the card in words."""

LAYER = (
    "What no open corpus labels, learned from our own annotation of AnnoMI's sessions and from "
    "dialogues of our own. The annotation is machine-assisted: language models read each session "
    "by the codebook, and some of them twice, in two readings that did not see each other. No "
    "trained clinical coder has checked it. So precision, recall and F1 say how far the model does "
    "what the annotation does, and κ how far the codebook settles what to write "
    "(docs/validity/annotation.md). Experimental (*) is what has a lower bound of F1 below 0.4 or "
    "a κ below 0.4. Codes that the codebook leaves to transparent rules stand here for comparison."
)
BASELINES = (
    "The same sessions, the same folds. Always the commonest label; TF-IDF with logistic "
    "regression; the base encoder as it comes, with logistic regression on top. Macro-F1; F1 for "
    "the codes of our own annotation."
)
ROBUSTNESS = (
    "The same sessions, changed as transcripts are changed in practice, and heard by the same "
    "models. In brackets the difference from the sessions as written."
)
ELSEWHERE = (
    "Corpora that the model never saw in training. Their labels mean something else than our "
    "codes: each is compared with the nearest of ours. Systems that learned these very labels "
    "stand beside it for scale, and are expected to be above."
)
UPTAKE = (
    "How far the model's order of held-out exchanges agrees with the raters': Spearman's ρ {rho} "
    "over {exchanges} exchanges. They are talk of teachers and pupils, another domain than ours; "
    "how well it carries over has not been measured."
)
QUALITY = (
    "A check of the instruments, never a grade. Do all indicators together tell demonstrations of "
    "good counselling from those of poor, in sessions not learned from? AUC {auc} over "
    "{sessions} sessions{alone}; 0.5 is chance, 1 always right. Many of the poor ones are "
    "exaggerated. Holdfast makes no such figure of anybody's session."
)
SHORT = {
    "behaviour": "Behaviour",
    "talk": "Talk type",
    "reflection": "Reflection",
    "question": "Question",
    "input": "Input",
    "said": "The therapist's other codes",
    "heard": "The client's other codes",
}
"""Codes above the columns of a table; ``said`` and ``heard`` are means over usable codes."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what a card says.

    Attributes
    ----------
    title, text
        Its heading and what to know before reading it.
    columns, rows
        Its table, the first column in words; empty where the text says it all.
    """

    title: str
    text: str
    columns: Row = ()
    rows: tuple[Row, ...] = ()


def sections(card: Card, words: Words = str) -> tuple[Section, ...]:
    """Return the sections that a card has something for.

    Parameters
    ----------
    card
        A model's card. Each of ``layer``, ``baselines``, ``robustness``, ``elsewhere``,
        ``uptake`` and ``session_quality`` among its figures makes a section.
    words
        Says a label such as ``"validation=normalising"`` in words.

    Examples
    --------
    >>> from holdfast.runtime import Card
    >>> found = {"uptake": {"rho": 0.5, "exchanges": 200}}
    >>> [one.title for one in sections(Card("made-up", "1", {}, {}, {}, found))]
    ["Uptake of the client's words"]
    """
    makers: dict[str, Callable[[Any, Card, Words], Section]] = {
        "layer": _layer,
        "uptake": _uptake,
        "baselines": _baselines,
        "robustness": _robustness,
        "elsewhere": _elsewhere,
        "session_quality": _quality,
    }
    known = ((make, card.accuracy.get(name)) for name, make in makers.items())
    return tuple(make(figures, card, words) for make, figures in known if figures)


def figure(value: float | str | None, interval: Sequence[float] | None = None) -> str:
    """Return a figure with its interval; words stay words, and nothing is a dash.

    Examples
    --------
    >>> figure(0.7, (0.65, 0.75)), figure(None), figure("not told")
    ('0.700 (0.650–0.750)', '–', 'not told')
    """
    if value is None or isinstance(value, str):
        return value or "–"
    between = f" ({interval[0]:.3f}–{interval[1]:.3f})" if interval else ""
    return f"{value:.3f}{between}"


def _layer(layer: Mapping[str, Any], _: Card, words: Words) -> Section:
    columns = ("Code", "Precision", "Recall", "F1", "Annotated", "κ")
    rows = tuple(
        (
            words(label) + ("" if one["usable"] else " *"),
            f"{one['precision']:.2f}",
            f"{one['recall']:.2f}",
            "{:.2f} ({:.2f}–{:.2f})".format(one["f1"], *one["interval"]),
            f"{one['true']:,}",
            f"{one['kappa']:.2f}" if "kappa" in one else "–",
        )
        for label, one in layer.items()
    )
    judged = max(one["sessions"] for one in layer.values())
    title = "Codes of our own annotation"
    return Section(title, f"{LAYER} Judged out of fold on {judged} sessions.", columns, rows)


def _uptake(found: Mapping[str, Any], _: Card, __: Words) -> Section:
    rho = figure(found["rho"], found.get("interval"))
    text = UPTAKE.format(rho=rho, exchanges=found["exchanges"])
    return Section("Uptake of the client's words", text)


def _baselines(found: Mapping[str, Any], card: Card, words: Words) -> Section:
    columns = ("Code", "Commonest", "TF-IDF", "Frozen encoder", "The model", "People")
    people = card.facts.get("people", {}).get("macro_f1", {})
    rows = tuple(
        (
            SHORT.get(name) or words(name),
            *(figure(one.get(way)) for way in ("majority", "tfidf", "frozen")),
            figure(_own(card.accuracy, name)),
            figure(people.get(name)),
        )
        for name, one in found.items()
    )
    return Section("Beside simpler ways", BASELINES, columns, rows)


def _own(accuracy: Mapping[str, Any], name: str) -> float | None:
    if name in accuracy:
        whole: float | None = accuracy[name].get("macro_f1")
        return whole
    layer: float | None = accuracy.get("layer", {}).get(name, {}).get("f1")
    return layer


def _robustness(found: Mapping[str, Mapping[str, float]], _: Card, words: Words) -> Section:
    written = next(iter(found.values()))
    rows = tuple(
        (copy, *(_changed(one.get(name), written[name], one is written) for name in written))
        for copy, one in found.items()
    )
    columns = ("Sessions", *(SHORT.get(name) or words(name) for name in written))
    return Section("When transcripts are not as clean", ROBUSTNESS, columns, rows)


def _changed(value: float | None, written: float, same: bool) -> str:
    if same or value is None:
        return figure(value)
    return f"{value:.3f} ({value - written:+.3f})"


def _elsewhere(found: Sequence[Mapping[str, Any]], _: Card, __: Words) -> Section:
    rows = tuple(
        (
            one["corpus"],
            one["what"],
            figure(one["figure"], one.get("interval")),
            "; ".join(_published(one.get("published"))) or "–",
        )
        for one in found
    )
    head = ("Corpus", "What", "Figure", "Published")
    return Section("On corpora it never saw", ELSEWHERE, head, rows)


def _published(known: Mapping[str, float] | float | str | None) -> Iterator[str]:
    if isinstance(known, Mapping):
        yield from (f"{who}: {figure(value)}" for who, value in known.items())
    elif known is not None:
        yield figure(known)


def _quality(found: Mapping[str, Any], _: Card, __: Words) -> Section:
    auc = figure(found["auc"], found.get("interval"))
    alone = found.get("talk_time_alone")
    beside = "" if alone is None else f" (talk time alone: {_auc(alone)})"
    text = QUALITY.format(auc=auc, sessions=found["sessions"], alone=beside)
    return Section("All indicators together: a check of the instruments", text)


def _auc(found: Mapping[str, Any] | float) -> str:
    if isinstance(found, Mapping):
        return figure(found["auc"], found.get("interval"))
    return figure(found)
