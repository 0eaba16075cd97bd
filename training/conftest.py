"""The examples in what needs PyTorch run only where it is installed."""

from __future__ import annotations

from importlib.util import find_spec

WITH_TORCH = (
    "__main__",
    "export",
    "learn",
    "minilm",
    "network",
    "prepare",
    "reading",
    "research",
    "run",
)

collect_ignore = [] if find_spec("torch") else [f"{name}.py" for name in WITH_TORCH]
