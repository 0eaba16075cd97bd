"""On what the figures were measured: without that they say little."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("holdfast", "numpy", "onnxruntime", "tokenizers", "torch", "transformers")


def machine() -> dict[str, object]:
    """Return the processor, its cores, the versions, and how busy the machine is."""
    return {
        "processor": _processor(),
        "cores": cores(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "packages": {name: known for name in PACKAGES if (known := _version(name))},
        "load": round(os.getloadavg()[0], 2),
    }


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def busy_seconds() -> float | None:
    """Return how long all cores together have been busy since the start, ``None`` if untold."""
    try:
        first = Path("/proc/stat").read_text(encoding="utf-8").partition("\n")[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _idle, _wait, *more = map(int, first[:8])
    return (user + nice + system + sum(more)) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
