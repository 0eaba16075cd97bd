"""Examples as token numbers, between the marks that say who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from holdfast.coding.batches import CLOSING
from holdfast.coding.windows import clip
from training.corpora import Example, Target

MARKS = {"therapist": 2, "client": 3, "other": 4}
"""Token numbers of the speaker marks: entries of BERT's vocabulary that no text contains."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as token numbers: per utterance its role, tokens and targets."""

    roles: tuple[str, ...]
    tokens: tuple[tuple[int, ...], ...]
    targets: tuple[dict[str, Target], ...]

    def marked(self, limit: int, *, veiled: bool = False) -> list[list[int]]:
        """Return each utterance's tokens between its speaker's mark and a closing mark."""
        return [
            [MARKS["other" if veiled else role], *clip(ids, limit), CLOSING]
            for role, ids in zip(self.roles, self.tokens, strict=True)
        ]

    def bare(self, punctuation: frozenset[int]) -> Encoded:
        """Return the example as an automatic transcript writes it: without punctuation."""
        kept = tuple(
            tuple(one for one in ids if one not in punctuation) or ids for ids in self.tokens
        )
        return Encoded(self.roles, kept, self.targets)


def punctuation(tokenizer: Tokenizer) -> frozenset[int]:
    """Return the token numbers of all marks but the apostrophe, which belongs to its word."""
    return frozenset(
        number
        for token, number in tokenizer.get_vocab().items()
        if not any(char.isalnum() or char == "'" for char in token.removeprefix("##"))
        and not (token.startswith("[") and len(token) > 1)
    )


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Encoded]:
    """Return the examples as token numbers."""
    encoded = []
    for example in examples:
        texts = [utterance.text for utterance in example.utterances]
        lines = tokenizer.encode_batch(texts, add_special_tokens=False)
        encoded.append(
            Encoded(
                tuple(utterance.role for utterance in example.utterances),
                tuple(tuple(line.ids) for line in lines),
                tuple(utterance.targets for utterance in example.utterances),
            )
        )
    return encoded
