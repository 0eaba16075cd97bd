"""Runs a command that must open no socket, and stops it the moment that it tries.

``python watched.py holdfast analyze …`` or ``python watched.py -c CODE``. Two watchers: an audit
hook sees whatever Python does; on Linux a seccomp filter also sees libraries in other languages
(an inference runtime could phone home without Python's knowledge). Local sockets between
processes (``AF_UNIX``) are let through by the filter, as name look-ups of users need them.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

EXIT = 86
"""Exit code when Python touches a socket; the filter's kill shows as signal 31 (SIGSYS)."""

# Of each machine: its audit architecture (linux/audit.h) and the number of socket(2).
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}

LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER_MODE = 38, 22, 2


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def stop_python_sockets() -> None:
    """End the process on the first audit event of the socket module."""

    def hook(event: str, _: object) -> None:
        if event.startswith("socket."):
            sys.stderr.write(f"watched: {event} was called\n")
            sys.stderr.flush()
            os._exit(EXIT)

    sys.addaudithook(hook)


def kill_on_any_socket() -> bool:
    """Have the kernel kill the process if it opens a socket; return whether that is possible."""
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    architecture, number = MACHINES[platform.machine()]
    steps = (
        (LOAD, 0, 0, 4),  # the architecture
        (EQUAL, 0, 5, architecture),
        (LOAD, 0, 0, 0),  # the number of the system call
        (EQUAL, 0, 3, number),
        (LOAD, 0, 0, 16),  # its first argument: the family
        (EQUAL, 1, 0, 1),  # AF_UNIX
        (RETURN, 0, 0, KILL),
        (RETURN, 0, 0, ALLOW),
    )
    program = _Program(len(steps), (_Step * len(steps))(*(_Step(*step) for step in steps)))
    system = ctypes.CDLL(None)
    if system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not system.prctl(SET_SECCOMP, FILTER_MODE, ctypes.byref(program), 0, 0)


def main(arguments: list[str]) -> None:
    """Set the watchers, then run ``holdfast`` or a piece of code."""
    command, *rest = arguments
    kill_on_any_socket()
    stop_python_sockets()
    if command == "-c":
        exec(rest[0], {"__name__": "__main__"})  # noqa: S102 - how the tests try the watchers
        return
    sys.argv = [command, *rest]
    from holdfast.cli import main as run

    run()


if __name__ == "__main__":
    main(sys.argv[1:])
