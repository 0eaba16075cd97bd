"""The walls between modules: who may import what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ENGINE, ROOT, engine_files, imports, place

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
RUNS_DATA_AS_CODE = {"dill", "joblib", "marshal", "pickle", "shelve"}
INFERENCE = {"onnxruntime", "tokenizers"}


def top(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("path", engine_files(), ids=place)
def test_no_file_of_the_engine_can_reach_the_network(path: Path) -> None:
    assert not NETWORK & {top(name) for name in imports(path)}


@pytest.mark.parametrize("path", engine_files(), ids=place)
def test_no_file_of_the_engine_reads_data_that_could_run(path: Path) -> None:
    assert not RUNS_DATA_AS_CODE & {top(name) for name in imports(path)}


def test_only_the_runtime_imports_the_inference_libraries() -> None:
    importers = {
        path.relative_to(ENGINE).parts[0]
        for path in engine_files()
        if INFERENCE & {top(name) for name in imports(path)}
    }
    assert importers == {"runtime"}


def test_the_layers_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_importing_holdfast_loads_nothing_heavy() -> None:
    code = "import sys, holdfast; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"numpy", "onnxruntime", "tokenizers", "typer", "rich"} & set(ran.stdout.split())
