"""Sessions are confidential: reading one must not open a socket, ever."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from holdfast.testing import as_webvtt, synthetic_session

WATCHED = Path(__file__).with_name("watched.py")
DOWNLOADERS = {"huggingface_hub", "hf_xet", "httpx", "httpcore", "requests", "urllib3", "ssl"}
COLLECTOR = b"events.data.microsoft.com"
SYSCALL_KILLED = -signal.SIGSYS if sys.platform == "linux" else None


def watched(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, str(WATCHED), *command], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def transcript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / "session.vtt"
    path.write_text(as_webvtt(synthetic_session(minutes=4)), encoding="utf-8")
    return path


def test_the_watcher_stops_pythons_sockets() -> None:
    assert watched("-c", "import socket; socket.socket()").returncode != 0


def test_the_watcher_stops_looking_up_a_name() -> None:
    assert watched("-c", "import socket; socket.getaddrinfo('localhost', 80)").returncode != 0


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_the_watcher_stops_a_socket_that_python_does_not_see() -> None:
    code = "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)"
    assert watched("-c", code).returncode == SYSCALL_KILLED


def test_the_watcher_lets_quiet_code_through() -> None:
    assert watched("-c", "print('quiet')").stdout == "quiet\n"


@pytest.mark.parametrize("command", ["code", "analyze"])
def test_a_session_is_read_without_a_socket(command: str, transcript: Path) -> None:
    ran = watched("holdfast", command, str(transcript), "--therapist", "Dana", "--client", "Lee")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("command", ["formats", "codebook", "model", "doctor"])
def test_every_other_command_stays_at_home_too(command: str) -> None:
    ran = watched("holdfast", command)
    assert ran.returncode == 0, ran.stderr


def test_the_inference_runtime_knows_no_address_to_report_to() -> None:
    folder = Path(str(files("onnxruntime"))) / "capi"
    libraries = [path for path in folder.iterdir() if ".so" in path.name or path.suffix == ".pyd"]
    assert libraries
    told = [path.name for path in libraries if COLLECTOR in path.read_bytes()]
    assert not told, f"{told} would report to {COLLECTOR.decode()}"


def test_the_inference_runtime_is_told_to_report_nothing() -> None:
    code = "import os, holdfast.runtime; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    assert watched("-c", code).stdout == "1\n"


def test_coding_a_session_loads_no_library_that_downloads() -> None:
    code = """
import sys
from holdfast import code
from holdfast.testing import synthetic_session
code(synthetic_session(minutes=1))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    loaded = set(watched("-c", code).stdout.split())
    assert "onnxruntime" in loaded
    assert not loaded & DOWNLOADERS


def test_the_page_loads_nothing_from_elsewhere(transcript: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    watched(
        "holdfast", "analyze", str(transcript), "--therapist", "Dana", "--client", "Lee",
        "--out", str(page),
    )  # fmt: skip
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|action|poster)\s*=\s*[\"']?(?:https?:)?//", text)
    assert not re.findall(r"<link[^>]+href\s*=\s*[\"']?(?:https?:)?//", text)
    assert not re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//|fetch\(|XMLHttpRequest", text)
