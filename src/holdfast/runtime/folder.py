"""A model is a folder that introduces itself, and whose checksums say that nothing changed it.

Loading one reads four files and runs no code: the graph (ONNX), the tokenizer's vocabulary, the
card, and the checksums of the three.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from holdfast.errors import ModelError

SHIPPED = Path(__file__).parent.parent / "models" / "open"
"""The folder of the model that ships with the package."""

GRAPH, TOKENIZER, CARD, CHECKSUMS = "model.onnx", "tokenizer.json", "card.json", "SHA256SUMS"


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path) -> None:
    """Write the checksums of a model folder's files beside them."""
    lines = [f"{checksum(folder / name)}  {name}\n" for name in (GRAPH, TOKENIZER, CARD)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def check_folder(folder: Path) -> None:
    """Make sure that a model folder is whole and unchanged.

    Raises
    ------
    ModelError
        If a file is missing or differs from its checksum.
    """
    missing = [
        name for name in (GRAPH, TOKENIZER, CARD, CHECKSUMS) if not (folder / name).is_file()
    ]
    if missing:
        raise ModelError(
            f"The model folder {folder} lacks {', '.join(missing)}. "
            "Install Holdfast again, or give the folder that training wrote."
        )
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    known = [(name, expected) for expected, _, name in (line.partition("  ") for line in lines)]
    if uncovered := {GRAPH, TOKENIZER, CARD} - {name for name, _ in known}:
        raise ModelError(f"{folder / CHECKSUMS} does not cover {', '.join(sorted(uncovered))}.")
    for name, expected in known:
        if name not in (GRAPH, TOKENIZER, CARD):
            raise ModelError(f"{folder / CHECKSUMS} names {name!r}, which no model folder holds.")
        if checksum(folder / name) != expected:
            raise ModelError(
                f"{folder / name} is not the file that was released: its SHA-256 differs from "
                f"{CHECKSUMS}. Install Holdfast again; don't use results of this model."
            )
