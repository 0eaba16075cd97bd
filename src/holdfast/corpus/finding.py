"""Paths to files: folders, globs, archives and addresses of object storage, opened alike."""

from __future__ import annotations

import glob
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from holdfast.corpus.archives import BROKEN, Archive
from holdfast.corpus.extras import need_storage
from holdfast.errors import TranscriptError
from holdfast.formats import FORMATS

ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
TABLES = (".parquet", ".pq")
SUFFIXES = frozenset({suffix for one in FORMATS for suffix in one.suffixes} | {*TABLES, *ARCHIVES})
CONVOKIT = "utterances.jsonl"
CONVERSATIONS = "conversations.json"
BESIDE = frozenset({"corpus.json", "index.json", "speakers.json", CONVERSATIONS})
"""What lies beside ConvoKit's utterances and is no transcript."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold sessions.

    Attributes
    ----------
    name
        What tables call it: its path as given, or ``archive.zip/member``.
    open
        Opens it for reading bytes; may be called again.
    refusal
        Why it can't be read at all.
    ignored
        Whether it lies in a folder and is no transcript by its ending.
    """

    name: str
    open: Callable[[], IO[bytes]]
    refusal: TranscriptError | None = None
    ignored: bool = False


def find(paths: Sequence[str]) -> Iterator[Found]:
    """Yield every file that some paths lead to, in a fixed order.

    Parameters
    ----------
    paths
        Files, folders, globs, archives, or addresses such as ``s3://bucket/sessions``.

    Examples
    --------
    >>> from holdfast.examples import FIRST_SESSION
    >>> [Path(found.name).name for found in find([str(FIRST_SESSION)])]
    ['a-first-session.vtt']
    >>> next(find(["nowhere.vtt"])).refusal.problem
    'there is no such file or folder'
    """
    for path in paths:
        yield from _remote(path) if "://" in path else _local(path)


def _local(path: str) -> Iterator[Found]:
    whole = Path(path)
    if whole.is_dir():
        names = sorted(one.relative_to(whole).as_posix() for one in whole.rglob("*"))
        files = (name for name in names if (whole / name).is_file())
        yield from _chosen(
            [Found(str(whole / name), partial(_disk, whole / name)) for name in _visible(files)]
        )
    elif whole.exists():
        yield from _opened(path, partial(_disk, whole))
    else:
        matching = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - may be absolute
        if not matching:
            yield _refused(path, "there is no such file or folder", "Check its name and folder")
        for one in matching:
            yield from _local(one)


def _chosen(listed: list[Found]) -> Iterator[Found]:
    """Yield a folder's files; by their endings, since nobody named them one by one."""
    corpora = {as_path(one.name).parent for one in listed if one.name.endswith(CONVOKIT)}
    for one in listed:
        path = as_path(one.name)
        ours = one.name.lower().endswith(tuple(SUFFIXES))
        beside = path.name in BESIDE and path.parent in corpora
        if ours and not beside:
            yield from _opened(one.name, one.open)
        else:
            yield replace(one, ignored=True)


def as_path(name: str) -> PurePosixPath:
    r"""Return a found file's name as a path, also where it was written as Windows does.

    Examples
    --------
    >>> str(as_path("all.zip/inside/a.vtt").parent), as_path(r"old\a.vtt").name
    ('all.zip/inside', 'a.vtt')
    """
    return PurePosixPath(name.replace("\\", "/"))


def _disk(path: Path) -> IO[bytes]:
    return path.open("rb")


def _visible(names: Iterator[str]) -> Iterator[str]:
    for name in names:
        if not any(part.startswith(".") for part in PurePosixPath(name).parts):
            yield name


def _remote(address: str) -> Iterator[Found]:
    need_storage()
    import fsspec

    try:
        system, inside = fsspec.core.url_to_fs(address)
        if any(sign in inside for sign in "*?["):
            names = sorted(system.glob(inside))
        else:
            names = sorted(system.find(inside))
    except (ImportError, OSError, ValueError) as error:
        yield _refused(
            address,
            f"it can't be listed ({type(error).__name__})",
            "Check the address and your rights; some kinds need a package, such as s3fs",
        )
        return
    if not names:
        yield _refused(address, "there is nothing there", "Check the address")
    files = [Found(system.unstrip_protocol(name), _opener(system, name)) for name in names]
    if len(files) == 1:
        yield from _opened(files[0].name, files[0].open)
    else:
        yield from _chosen(files)


def _opener(system: Any, name: str) -> Callable[[], IO[bytes]]:  # noqa: ANN401 - fsspec's type
    def opened() -> IO[bytes]:
        file: IO[bytes] = system.open(name, "rb")
        return file

    return opened


def _opened(name: str, opener: Callable[[], IO[bytes]]) -> Iterator[Found]:
    """Yield a file itself, or what lies in an archive."""
    if not name.lower().endswith(ARCHIVES):
        yield Found(name, opener)
        return
    archive = Archive(name, opener)
    try:
        members = archive.members()
    except BROKEN:
        yield _refused(name, "the archive cannot be opened", "Check that it is whole")
        return
    for inside in _visible(iter(members)):
        ours = inside.lower().endswith(tuple(SUFFIXES - set(ARCHIVES)))
        yield Found(
            f"{name}/{inside}",
            partial(archive.member, inside),
            ignored=not ours or PurePosixPath(inside).name in BESIDE,
        )


def _refused(name: str, problem: str, remedy: str) -> Found:
    refusal = TranscriptError(problem, source=name, remedy=remedy)
    return Found(name, io.BytesIO, refusal=refusal)
