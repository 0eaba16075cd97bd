"""Makes the model card: what the outputs mean, how well they were heard, and on what data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.encoded import MARKS
from training.outcome import Outcome
from training.recipe import Recipe
from training.tasks import TASKS, spans

FACTS = Path(__file__).parent / "facts.json"
"""Sentences of the card that no run changes: base, data with terms, splits, limits."""


def bare(recipe: Recipe) -> dict[str, Any]:
    """Return a card without calibration or figures, enough to run the graph."""
    laid = spans()
    return {
        "name": recipe.name,
        "version": recipe.version,
        "heads": [
            {
                "name": task.name,
                "labels": list(task.labels),
                "start": laid[task.name].start,
                "exclusive": task.exclusive,
                "temperature": 1.0,
                "offsets": [0.0] * len(task.labels),
                "thresholds": [0.0] if task.exclusive else [0.5] * len(task.labels),
            }
            for task in TASKS
        ],
        "marks": MARKS,
        "window": {
            "size": recipe.size,
            "context": recipe.reading_context,
            "limit": recipe.limit,
            "after": recipe.after,
        },
    }


def complete(recipe: Recipe, outcome: Outcome) -> dict[str, Any]:
    """Return the card with calibration, thresholds, figures and facts."""
    card = bare(recipe)
    for head in card["heads"]:
        head |= outcome.settings.get(head["name"], {})
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    people = facts["people"]["macro_f1"]
    card["accuracy"] = {
        name: figures | ({"people": people[name]} if name in people else {})
        for name, figures in outcome.accuracy.items()
    }
    card["facts"] = facts | {"roles": outcome.roles, "recipe": asdict(recipe)}
    return card


def write(path: Path, card: dict[str, Any]) -> None:
    """Write a card as JSON."""
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
