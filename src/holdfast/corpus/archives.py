"""Archives: their members opened one after another, without unpacking them on the disk."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable
from typing import IO, ClassVar

BROKEN = (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError)
"""What the libraries raise for an archive that isn't whole."""


class Archive:
    """A zip or tar file. One is open at a time, so that thousands of them do no harm.

    Members come in the order in which they lie there: a compressed tar can only be read forwards.
    """

    _open: ClassVar[Archive | None] = None

    def __init__(self, name: str, opener: Callable[[], IO[bytes]]) -> None:
        self._name = name.lower()
        self._opener = opener
        self._file: IO[bytes] | None = None
        self._archive: zipfile.ZipFile | tarfile.TarFile | None = None

    def members(self) -> list[str]:
        """Return the names of its files."""
        archive = self._opened()
        if isinstance(archive, zipfile.ZipFile):
            return [one.filename for one in archive.infolist() if not one.is_dir()]
        return [one.name for one in archive.getmembers() if one.isfile()]

    def member(self, name: str) -> IO[bytes]:
        """Open one of its files."""
        archive = self._opened()
        if isinstance(archive, zipfile.ZipFile):
            return archive.open(name)
        extracted = archive.extractfile(name)
        if extracted is None:
            raise OSError(f"{name} is no file")
        return extracted

    def _opened(self) -> zipfile.ZipFile | tarfile.TarFile:
        if self._archive is None:
            if Archive._open is not None:
                Archive._open.close()
            self._file = self._opener()
            try:
                zipped = self._name.endswith(".zip")
                self._archive = (
                    zipfile.ZipFile(self._file)
                    if zipped
                    else tarfile.TarFile.open(fileobj=self._file)
                )
            except BROKEN:
                self.close()
                raise
            Archive._open = self
        return self._archive

    def close(self) -> None:
        """Close the archive; it opens again when a member is asked for."""
        for one in (self._archive, self._file):
            if one is not None:
                one.close()
        self._archive = self._file = None
        if Archive._open is self:
            Archive._open = None


def close_archive() -> None:
    """Close the archive that is still open, if there is one."""
    if Archive._open is not None:
        Archive._open.close()
