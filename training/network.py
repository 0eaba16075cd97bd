"""The network: a MiniLM encoder that reads a window of utterances, and one linear head per task.

The encoder is BERT's (Devlin et al. 2019) at MiniLM's size (Wang et al. 2020), written out so
that its attention can be limited to an utterance and what was said before it, and so that the
exported graph holds nothing that the shipped model does not need.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
LAYERS = 6
HEADS = 12
INNER = 1536
VOCABULARY = 30522
POSITIONS = 512


class Batch(NamedTuple):
    """Windows of one batch.

    ``tokens`` and ``owner`` are ``[windows, length]``; ``owner`` gives each token's utterance
    within its window: 0 for the opening mark, 1, 2, … for utterances, -1 for padding.
    ``slots`` is the largest number of utterances in a window of the batch.
    """

    tokens: Tensor
    owner: Tensor
    slots: int


class Dropout(nn.Module):
    """Drops whole features of a window rather than of each token (Gal & Ghahramani 2016).

    Drawing one mask per window instead of one per token also saves a tenth of the time on a CPU.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, states: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[2], device=states.device) >= self.p
        return states * (kept.to(states.dtype) / (1 - self.p))


class Layer(nn.Module):
    """One transformer layer with post-normalisation, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.thought = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        windows, length, _ = states.shape
        asked = (self.query, self.key, self.value)
        # One product instead of three: a quarter less time on a CPU.
        weight = torch.cat([linear.weight for linear in asked])
        bias = torch.cat([linear.bias for linear in asked])
        together = functional.linear(states, weight, bias)
        split = together.view(windows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        heads = functional.scaled_dot_product_attention(*split.unbind(0), attn_mask=mask)
        mixed = self.mix(heads.transpose(1, 2).reshape(windows, length, WIDTH))
        states = self.attended(states + mixed)
        thought = self.narrow(functional.gelu(self.widen(states)))
        return self.thought(states + self.dropout(thought))


class Encoder(nn.Module):
    """MiniLM; an utterance attends to itself, to those before it and to ``after`` later ones."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.normal = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)

    def forward(self, tokens: Tensor, owner: Tensor, after: Tensor) -> Tensor:
        place = torch.arange(tokens.shape[1], device=tokens.device)
        states = self.dropout(self.normal(self.words(tokens) + self.places(place)))
        mask = may_attend(owner, after)
        for layer in self.layers:
            states = layer(states, mask)
        return states


def may_attend(owner: Tensor, after: Tensor) -> Tensor:
    """Return ``[windows, 1, length, length]``: 0 where a row may see a column, else very little."""
    reader, read = owner.unsqueeze(2), owner.unsqueeze(1)
    seen = (read >= 0) & (read <= reader + after)
    return torch.where(seen, 0.0, -1e4).unsqueeze(1)


class Network(nn.Module):
    """Encoder, one vector per utterance, one linear head for all outputs of all tasks."""

    def __init__(self, outputs: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = nn.Dropout(2 * dropout)
        self.heads = nn.Linear(2 * WIDTH, outputs)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)

    def forward(self, tokens: Tensor, owner: Tensor, slots: Tensor, after: Tensor) -> Tensor:
        """Return logits ``[windows, slots, outputs]``; ``slots`` is ``arange(1, n + 1)``."""
        states = self.encoder(tokens, owner, after)
        belongs = (owner.unsqueeze(1) == slots.view(1, -1, 1)).to(states.dtype)
        mean = belongs @ states / belongs.sum(2, keepdim=True).clamp(min=1)
        before = torch.cat([owner[:, :1] - 1, owner[:, :-1]], dim=1)
        opening = owner > before
        mark = (belongs * opening.unsqueeze(1).to(states.dtype)) @ states
        return self.heads(self.dropout(torch.cat([mark, mean], dim=2)))


def load_base(encoder: Encoder, folder: Path) -> None:
    """Fill the encoder with the weights of ``all-MiniLM-L6-v2`` (a Hugging Face folder)."""
    theirs = load_file(folder / "model.safetensors")
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "normal.weight": "embeddings.LayerNorm.weight",
        "normal.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mix": "attention.output.dense",
        "attended": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "thought": "output.LayerNorm",
    }
    for layer in range(LAYERS):
        for ours, part in parts.items():
            for kind in ("weight", "bias"):
                names[f"layers.{layer}.{ours}.{kind}"] = f"encoder.layer.{layer}.{part}.{kind}"
    state = {ours: theirs[name] for ours, name in names.items()}
    state["words.weight"] = state["words.weight"].clone()
    segment = theirs["embeddings.token_type_embeddings.weight"][0]
    state["places.weight"] = state["places.weight"] + segment
    encoder.load_state_dict(state)
