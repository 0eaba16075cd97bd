"""Processes beside the web server: they start with it, are started again, and end with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

LOOK_SECONDS = 0.5
AGAIN_SECONDS = 2.0
"""Pause before a process that ended is started again: one that can't start mustn't spin."""
GRACE_SECONDS = 10.0


@contextmanager
def beside(*commands: Sequence[str]) -> Iterator[None]:
    """Keep ``holdfast`` commands running for as long as the block does.

    However we end, killed or not, they notice it and end as well (:func:`end_with_parent`).
    """
    over = threading.Event()
    children = [_Child(command) for command in commands]
    keeper = threading.Thread(target=_keep, args=(children, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
        for one in children:
            one.ask_to_end()
        for one in children:
            one.see_it_end()


def end_with_parent(parent: int, end: Callable[[], None]) -> None:
    """Have a function called when the process that started this one is gone.

    Parameters
    ----------
    parent
        Its number. Elsewhere an orphan is seen by its new parent; on Windows, where it keeps the
        old number, by its input, a pipe, that ends.
    """

    def wait() -> None:
        if sys.platform == "win32":
            sys.stdin.buffer.read()
        else:
            while os.getppid() == parent:
                time.sleep(LOOK_SECONDS)
        end()

    threading.Thread(target=wait, daemon=True).start()


@dataclass(slots=True)
class _Child:
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ended_at: float = field(default=float("-inf"))

    def look_after(self) -> None:
        """Start it, or start it again once it has ended."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            self._close()
            self.process, self.ended_at = None, time.monotonic()
        if time.monotonic() - self.ended_at >= AGAIN_SECONDS:
            words = [sys.executable, "-m", "holdfast", *self.command, "--child", str(os.getpid())]
            self.process = subprocess.Popen(words, stdin=subprocess.PIPE)  # noqa: S603 - our own

    def ask_to_end(self) -> None:
        if self.process is not None:
            self._close()
            self.process.terminate()

    def see_it_end(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _close(self) -> None:
        assert self.process is not None  # noqa: S101 - asked before
        if self.process.stdin is not None:
            self.process.stdin.close()


def _keep(children: Sequence[_Child], over: threading.Event) -> None:
    while not over.is_set():
        for one in children:
            one.look_after()
        over.wait(LOOK_SECONDS)
