"""What else is judged of a finished run, and stands on the card beside its figures.

Each part is kept in the run's folder and not made a second time. A part whose corpus isn't there
is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from holdfast.runtime import load_model
from training.baselines import baselines, frozen, tfidf
from training.corpora import Example
from training.elsewhere import elsewhere
from training.kept import kept
from training.perturbed import robustness
from training.quality import coded_unseen, session_quality, settings_of
from training.references import start_times
from training.support_corpora import SUPPORT


def further(
    data: Path,
    folder: Path,
    sessions: Sequence[Example],
    tokenizer: Tokenizer,
    say: Callable[[str], None],
) -> dict[str, object]:
    """Return by name what simpler coders hear, what changed transcripts cost, and so on.

    Parameters
    ----------
    data
        The folder with ``annomi/`` and, where they are to be had, ``esconv/`` and ``epitome/``.
    folder
        A run's, whose final model has its settings.
    sessions
        AnnoMI's, with the layer's targets.
    tokenizer
        The base's.
    say
        Tells the person who waits.
    """
    parts: dict[str, Callable[[], object]] = {
        "baselines": lambda: simpler(sessions, folder),
        "robustness": lambda: robustness(folder, sessions, tokenizer),
        "session_quality": lambda: quality(data, folder, sessions),
    }
    if all((data / name).exists() for name in SUPPORT):
        parts["elsewhere"] = lambda: elsewhere(folder / "all", data)
    return {name: kept(folder / f"{name}.json", make, say) for name, make in parts.items()}


def simpler(sessions: Sequence[Example], folder: Path) -> dict[str, dict[str, float]]:
    """Return what simpler coders hear."""
    texts = [said.text for one in sessions for said in one.utterances]
    return baselines(sessions, {"tfidf": tfidf(texts), "frozen": frozen(texts, folder)})


def quality(data: Path, folder: Path, sessions: Sequence[Example]) -> dict[str, Any]:
    """Return how well all indicators tell good from poor demonstrations, out of fold."""
    settings = settings_of(load_model(folder / "all").card)
    coded = coded_unseen(folder, sessions, start_times(data / "annomi"), settings)
    return session_quality(sessions, coded)
