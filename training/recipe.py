"""The settings of a training run, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is trained.

    Attributes
    ----------
    name, version
        Of the model that comes out.
    subtypes
        Use the subtypes of AnnoMI-full, which carries no licence statement. Without them the
        model knows main behaviours and talk types only.
    comment_epochs, comment_rate
        Passes over GoEmotions before sessions are read, and their peak learning rate.
    epochs, rate
        Passes over the sessions of each network of a fold, which start from one and are averaged
        (the first with seed 0, the next with seed 1, …); their peak learning rate; heads learn
        ``head_rate`` as fast.
    comments, exchanges, dialogues
        Comments, classroom exchanges and dialogues of our own mixed among the sessions of an
        epoch: so that emotions are not forgotten, uptake is learned and rare codes are heard.
    veiled
        Share of sessions read a second time with the speakers unmarked, to learn roles.
    bare
        Share of sessions and comments read without punctuation, as automatic transcripts come.
    heaviest
        The most that a yes of a rare label counts (``training.rarity``); 1: all count alike.
    size, context, limit, after
        Tokens of a window, of its context and of an utterance; later utterances to be seen.
    reading_context
        Tokens of context when the finished model reads: more than in training, where it would
        cost time, helps it.
    budget
        Tokens of one step.
    """

    name: str = "holdfast-open"
    version: str = "0.3.0"
    subtypes: bool = True
    comment_epochs: int = 2
    comment_rate: float = 1.5e-4
    epochs: tuple[int, ...] = (6,)
    rate: float = 1.5e-4
    head_rate: float = 5.0
    comments: int = 1500
    exchanges: int = 300
    dialogues: int = 700
    veiled: float = 0.1
    bare: float = 0.4
    smoothing: float = 0.05
    heaviest: float = 8.0
    warm_up: float = 0.1
    size: int = 255
    context: int = 64
    reading_context: int = 128
    limit: int = 128
    after: int = 0
    budget: int = 3072
