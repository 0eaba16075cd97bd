"""Rebuilds the shipped model: ``python -m training --data PATH --out FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.learn import timed
from training.recipe import Recipe
from training.run import Run, train

DEFAULT = Recipe()


def main() -> None:
    """Read the options and train."""
    options = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    options.add_argument(
        "--data", type=Path, required=True, help="folder with annomi/, goemotions/, bolt/, uptake/"
    )
    options.add_argument("--out", type=Path, default=Path("runs/open"), help="the run's folder")
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument(
        "--epochs", type=int, nargs="+", default=DEFAULT.epochs, help="of each network of a fold"
    )
    options.add_argument("--threads", type=int, default=torch.get_num_threads())
    options.add_argument("--without-subtypes", action="store_true", help="leave AnnoMI-full out")
    given = options.parse_args()
    recipe = Recipe(epochs=tuple(given.epochs), subtypes=not given.without_subtypes)
    torch.set_num_threads(given.threads)
    train(Run(given.data, given.out, recipe, torch.device(given.device), timed()))


if __name__ == "__main__":
    main()
