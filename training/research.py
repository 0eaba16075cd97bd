"""The research recipe: ``python -m training.research --data PATH --start CHECKPOINT``.

A network that the open recipe trained learns ESConv's strategies, and another EPITOME's levels,
encoder and all. Both corpora may be used for academic research only: what comes out is judged,
and never ships. A stopped run goes on where it was; with ``--only`` two runs may share the work.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training import learn
from training.encoded import Encoded, encode
from training.kept import kept
from training.learn import timed
from training.minilm import base_tokenizer, fresh_network, load_encoder
from training.network import Network
from training.reading import logits_of
from training.recipe import Recipe
from training.support_corpora import (
    LEVELS,
    MECHANISMS,
    STRATEGIES,
    SUPPORT,
    epitome,
    esconv,
    labelled,
    post_of,
    truth_of,
)
from training.support_figures import level_scores, over_draws, parts_of, strategy_figures
from training.tasks import Task, spans, width

STRATEGY = (Task("strategy", STRATEGIES, "therapist"),)
EMPATHY = tuple(Task(name, LEVELS, "therapist") for name in MECHANISMS)
RECIPE = Recipe(name="holdfast-research", epochs=(3,), rate=1e-4, bare=0, veiled=0, size=264)
"""Windows hold a post and its reply, each cut to the limit."""


@dataclass(frozen=True, slots=True)
class Research:
    """A research run: its data, the network that it starts from, its folder."""

    data: Path
    start: Path | None
    folder: Path
    device: torch.device
    say: learn.Say

    def taught(
        self, name: str, tasks: tuple[Task, ...], sessions: Sequence[Encoded], seed: int = 0
    ) -> Network:
        """Return a network that has learned the tasks; of a stopped run, what is missing."""
        outputs = width(tasks)
        network = fresh_network(base_tokenizer(), seed, outputs)
        if self.start is not None:
            load_encoder(network, self.start)
        self.say(f"learning {name}")
        learn.fit(
            network.to(self.device),
            [],
            [learn.Aside(sessions, len(sessions))],
            RECIPE,
            lesson=learn.Lesson(tasks, torch.ones(outputs)),
            epochs=RECIPE.epochs[0],
            rate=RECIPE.rate,
            seed=seed,
            checkpoint=self.folder / f"{name}.pt",
            device=self.device,
            say=self.say,
        )
        return network


def strategies(run: Research) -> dict[str, Any]:
    """Learn ESConv's training part and return the figures of its test part."""
    tokenizer = base_tokenizer()
    train, valid, test = (esconv(run.data / "esconv", part) for part in ("train", "valid", "test"))
    network = run.taught("esconv", STRATEGY, encode(train, tokenizer))
    read = [
        labelled(part, logits_of(network, encode(part, tokenizer), RECIPE), "strategy")
        for part in (valid, test)
    ]
    return strategy_figures(truth_of(train, "strategy"), *read)


def levels(run: Research, seed: int) -> dict[str, dict[str, float]]:
    """Learn a draw of EPITOME's training part and return each mechanism's scores in its test."""
    pairs = epitome(run.data / "epitome")
    encoded = encode(pairs, base_tokenizer())
    posts = np.unique([post_of(one) for one in pairs], return_inverse=True)[1]
    train, _, test = (np.flatnonzero(part) for part in parts_of(posts, seed))
    network = run.taught(f"epitome-{seed}", EMPATHY, [encoded[at] for at in train], seed)
    read = logits_of(network, [encoded[at] for at in test], RECIPE)
    asked = [pairs[at] for at in test]
    return {
        name: level_scores(labelled(asked, [one[:, span] for one in read], name, post_of))
        for name, span in spans(EMPATHY).items()
    }


def main() -> None:
    """Learn, judge, and write the figures beside the networks."""
    options = argparse.ArgumentParser(prog="python -m training.research")
    options.add_argument("--data", type=Path, required=True, help="with esconv/ and epitome/")
    options.add_argument("--start", type=Path, help="a checkpoint of the open recipe; or the base")
    options.add_argument("--out", type=Path, default=Path("runs/research"), help="the run's folder")
    options.add_argument("--only", choices=SUPPORT, help="one of the corpora")
    options.add_argument("--draws", type=int, default=5, help="of EPITOME's parts")
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--threads", type=int, default=torch.get_num_threads())
    given = options.parse_args()
    for name in [given.only] if given.only else SUPPORT:
        if not (given.data / name).is_dir():
            options.error(f"There is no folder {name}/ in {given.data}, the folder of --data.")
    if given.draws < 1:
        options.error(f"--draws is {given.draws}; it takes at least one draw.")
    if given.start is not None and not given.start.exists():
        options.error(
            f"There is no checkpoint at {given.start}. make train leaves one for each fold."
        )
    torch.set_num_threads(given.threads)
    say = timed()
    run = Research(given.data, given.start, given.out, torch.device(given.device), say)
    run.folder.mkdir(parents=True, exist_ok=True)
    if given.only != "epitome":
        kept(run.folder / "esconv.json", lambda: strategies(run), say)
    if given.only != "esconv":
        draws = [
            kept(run.folder / f"epitome-{seed}.json", lambda seed=seed: levels(run, seed), say)
            for seed in range(given.draws)
        ]
        rows = json.dumps(over_draws(draws), indent=1)
        (run.folder / "epitome.json").write_text(rows + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
