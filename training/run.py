"""The steps of a training run.

Each writes its result into the run's folder and is skipped when it is there already, so a
stopped run goes on where it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from holdfast.runtime.folder import CARD, GRAPH, TOKENIZER, write_checksums
from training import card, learn
from training.annotation.kappas import kappas
from training.corpora import Example, annomi, bolt, goemotions, uptake
from training.encoded import Encoded, encode, punctuation
from training.export import export
from training.further import further
from training.layer import with_layer
from training.minilm import base_folder, base_tokenizer, fresh_network
from training.network import Network
from training.outcome import outcome
from training.rarity import rarity
from training.recipe import Recipe
from training.tasks import OUTPUTS, TASKS
from training.unseen import FOLDS, read_unseen
from training.widen import widening_file
from training.written import written

START = 0
"""The seed of the one network that all others start from."""


@dataclass(frozen=True, slots=True)
class Run:
    """A training run: its data, its folder, its settings."""

    data: Path
    folder: Path
    recipe: Recipe
    device: torch.device
    say: learn.Say

    def step(self, text: str) -> None:
        """Tell the person who waits."""
        self.say(f"[{self.recipe.name}] {text}")


@dataclass(frozen=True, slots=True)
class Corpora:
    """Everything that is learned from or judged on.

    ``asides`` are learned with every fold's sessions: comments, classroom exchanges, single
    utterances, dialogues of our own. Nothing is judged on them.
    """

    sessions: list[Example]
    encoded: list[Encoded]
    asides: tuple[learn.Aside, ...]
    comments: list[Encoded]
    unseen: dict[str, list[Encoded]]
    exchanges: list[Encoded]


def train(run: Run) -> Path:
    """Run all steps and return the model folder."""
    tokenizer = base_tokenizer()
    corpora = read_corpora(run, tokenizer)
    commented = learn_comments(run, tokenizer, corpora)
    for fold in range(FOLDS):
        graph_of(run, tokenizer, corpora, commented, fold)
    whole_graph(run, tokenizer)
    return write_model(run, corpora)


def read_corpora(run: Run, tokenizer: Tokenizer) -> Corpora:
    """Read the corpora of the open recipe."""
    run.step("reading the corpora")
    recipe = run.recipe
    sessions = with_layer(annomi(run.data / "annomi", subtypes=recipe.subtypes))
    comments = {
        split: encode(goemotions(run.data / "goemotions", split), tokenizer)
        for split in ("train", "dev", "test")
    }
    helped = encode(bolt(run.data / "bolt", sessions), tokenizer)
    exchanges, kept_back = uptake(run.data / "uptake")
    ours = encode(written(), tokenizer)
    asides = (
        learn.Aside(comments["train"], recipe.comments),
        learn.Aside(encode(exchanges, tokenizer), recipe.exchanges),
        learn.Aside(helped, len(helped)),
        learn.Aside(ours, recipe.dialogues),
    )
    return Corpora(
        sessions,
        encode(sessions, tokenizer),
        asides,
        comments["train"],
        {"dev": comments["dev"], "test": comments["test"]},
        encode(kept_back, tokenizer),
    )


def learn_comments(run: Run, tokenizer: Tokenizer, corpora: Corpora) -> Path:
    """Teach a fresh network emotions, on single comments."""
    checkpoint = run.folder / "comments.pt"
    run.step("learning emotions from comments")
    recipe = run.recipe
    learn.fit(
        fresh_network(tokenizer, START).to(run.device),
        [],
        [learn.Aside(corpora.comments, len(corpora.comments))],
        recipe,
        lesson=learn.Lesson(TASKS, torch.ones(OUTPUTS)),
        epochs=recipe.comment_epochs,
        rate=recipe.comment_rate,
        seed=START,
        checkpoint=checkpoint,
        device=run.device,
        say=run.step,
        punctuation=punctuation(tokenizer),
    )
    return checkpoint


def graph_of(run: Run, tokenizer: Tokenizer, corpora: Corpora, commented: Path, fold: int) -> Path:
    """Train on all sessions but one fold's and export."""
    folder = run.folder / f"fold-{fold}"
    if (folder / "SHA256SUMS").exists():
        return folder
    sessions = [
        one
        for example, one in zip(corpora.sessions, corpora.encoded, strict=True)
        if example.fold != fold
    ]
    lesson = learn.Lesson(TASKS, torch.from_numpy(rarity(sessions, run.recipe)))
    for seed, epochs in enumerate(run.recipe.epochs):
        run.step(f"learning sessions: all but fold {fold}, seed {seed}")
        learn.fit(
            started(run, tokenizer, commented),
            sessions,
            corpora.asides,
            run.recipe,
            lesson=lesson,
            epochs=epochs,
            rate=run.recipe.rate,
            seed=seed,
            checkpoint=checkpoint_of(run, fold, seed),
            device=run.device,
            say=run.step,
            punctuation=punctuation(tokenizer),
        )
    write_average(run, tokenizer, folder, learned(run.recipe, fold))
    return folder


def whole_graph(run: Run, tokenizer: Tokenizer) -> Path:
    """Average the networks of all folds and export: together they have read every session.

    They start from one network, so that their weights may be averaged (Wortsman et al. 2022,
    Model soups), and no session is learned a sixth time.
    """
    folder = run.folder / "all"
    if not (folder / "SHA256SUMS").exists():
        run.step("averaging the folds' networks")
        each = [one for fold in range(FOLDS) for one in learned(run.recipe, fold)]
        write_average(run, tokenizer, folder, each)
    return folder


def learned(recipe: Recipe, fold: int) -> list[tuple[int, int]]:
    """Return fold and seed of each network that learns without a fold."""
    return [(fold, seed) for seed in range(len(recipe.epochs))]


def checkpoint_of(run: Run, fold: int, seed: int) -> Path:
    """Return where a network is kept while and after it learns."""
    return run.folder / f"fold-{fold}-seed-{seed}.pt"


def write_average(
    run: Run, tokenizer: Tokenizer, folder: Path, learned: Sequence[tuple[int, int]]
) -> None:
    """Average some networks weight by weight and write their graph."""
    states = [
        torch.load(checkpoint_of(run, fold, seed), map_location="cpu", weights_only=True)["network"]
        for fold, seed in learned
    ]
    network = fresh_network(tokenizer, START)
    network.load_state_dict(averaged(states))
    write_folder(folder, network, run.recipe)


def started(run: Run, tokenizer: Tokenizer, commented: Path) -> Network:
    """Return a network that knows comments and no sessions."""
    network = fresh_network(tokenizer, START)
    state = torch.load(commented, map_location="cpu", weights_only=True)
    network.load_state_dict(state["network"])
    return network.to(run.device)


def averaged(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of several networks' weights."""
    return {name: torch.stack([one[name] for one in states]).mean(0) for name in states[0]}


def write_folder(folder: Path, network: Network, recipe: Recipe) -> None:
    """Write a model folder whose card knows no figures yet."""
    folder.mkdir(parents=True, exist_ok=True)
    export(network, folder / GRAPH)
    shutil.copyfile(base_folder() / "tokenizer.json", folder / TOKENIZER)
    card.write(folder / CARD, card.bare(recipe))
    write_checksums(folder)


def write_model(run: Run, corpora: Corpora) -> Path:
    """Judge the folds, fit calibration and thresholds, and complete the final model's card.

    The card is written before all is judged: some judges read the final model with its settings.
    """
    run.step("judging out of fold")
    unseen = read_unseen(
        run.folder, corpora.sessions, corpora.encoded, corpora.unseen, corpora.exchanges
    )
    result = outcome(
        corpora.sessions,
        corpora.encoded,
        corpora.unseen,
        corpora.exchanges,
        unseen,
        kappas(run.data),
    )
    folder = run.folder / "all"
    complete = card.complete(run.recipe, result)
    card.write(folder / CARD, complete)
    write_checksums(folder)
    complete["accuracy"] |= judged_further(run, corpora)
    card.write(folder / CARD, complete)
    write_checksums(folder)
    (run.folder / "intervals.toml").write_text(widening_file(result.widening), encoding="utf-8")
    run.step(f"the model is in {folder}, its intervals beside it")
    return folder


def judged_further(run: Run, corpora: Corpora) -> dict[str, object]:
    """Return simpler coders' figures, changed transcripts', other corpora's and so on."""
    return further(run.data, run.folder, corpora.sessions, base_tokenizer(), run.step)
