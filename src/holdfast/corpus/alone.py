"""One run at a time in a folder: a file there says who writes, and goes when they are done.

It is created exclusively, so of two runs that begin together one is refused. A run that was killed
leaves its file behind; the next one on the same host sees that its process is gone and takes over.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from holdfast.errors import HoldfastError

IN_USE = "in-use.json"
BORN, STATE, DEAD = 19, 0, ("Z", "X")  # places in /proc/PID/stat behind the process's name


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that writes into a folder.

    Attributes
    ----------
    host, pid
        The machine and the process.
    born
        When the process began, in the kernel's ticks: a number of a process is used again, the two
        together are not. Empty where the system doesn't tell.
    since
        When it took the folder, for people.
    """

    host: str
    pid: int
    born: str
    since: str

    @classmethod
    def of_this_process(cls) -> Holder:
        """Return this process as a holder.

        Examples
        --------
        >>> Holder.of_this_process().is_gone()
        False
        """
        pid = os.getpid()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(platform.node(), pid, _born(pid) or "", now)

    def is_gone(self) -> bool:
        """Whether the process has surely ended; of another host nobody here can tell."""
        if self.host != platform.node() or os.name != "posix":
            return False
        if self.born:
            return _born(self.pid) != self.born
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other run out of a folder for a while.

    Raises
    ------
    HoldfastError
        If another run writes there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, alone(Path(folder)):
    ...     [one.name for one in Path(folder).iterdir()]
    ['in-use.json']
    """
    path, me = folder / IN_USE, Holder.of_this_process()
    while not _created(path, me):
        holder = _read(path)
        if not path.exists():
            continue
        if holder is None or not holder.is_gone():
            raise HoldfastError(_refusal(path, holder))
        _set_aside(path, holder)
    try:
        yield
    finally:
        if _read(path) == me:
            path.unlink()


def _created(path: Path, me: Holder) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(json.dumps(asdict(me)))
    except FileExistsError:
        return False
    return True


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _set_aside(path: Path, gone: Holder) -> None:
    """Remove a gone run's file, unless another run has taken the folder in the meantime."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    if _read(aside) != gone:
        aside.replace(path)
    else:
        aside.unlink()


def _born(pid: int) -> str | None:
    """Return when a process began, ``None`` if it has ended or the system doesn't tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[STATE] in DEAD else told[BORN]


def _refusal(path: Path, holder: Holder | None) -> str:
    folder = path.parent
    if holder is None:
        return (
            f"{folder} is in use: another run has just begun there. If none runs, one was killed "
            f"as it began: remove {path}."
        )
    who = f"process {holder.pid} on {holder.host} has been writing there since {holder.since}"
    if holder.host == platform.node():
        return f"{folder} is in use: {who}. Wait for it, or give another folder with --out."
    return (
        f"{folder} is in use: {who}. Wait for it, or give another folder with --out. If that "
        f"machine runs it no more, remove {path} and go on with --resume."
    )
