"""A few files of one form, kept in memory; nothing of them ever lies on the disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from holdfast_web.correspondence.kinds import LARGEST, MOST_FILES
from holdfast_web.lib.uploads import DRAINED, OneFileInMemory


class FewFilesInMemory(OneFileInMemory):
    """Takes a few files of a form, each no larger than it may be, and all that is typed.

    Attributes
    ----------
    too_many
        Whether there were more, which were dropped.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, LARGEST)
        self.too_many = False
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file; those beyond the last that may come are thrown away."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        if self._taken >= MOST_FILES:
            self.too_many = True
            raise SkipFile
        self._taken += 1
        self._held, self._is_done = BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; a file that is too large goes, what else was sent stays."""
        try:
            super().receive_data_chunk(raw_data, start)
        except StopUpload:
            if self._sent > DRAINED:
                raise
            raise SkipFile from None


def take_few_files(request: HttpRequest) -> FewFilesInMemory:
    """Let this request bring a few files, in memory; say so before its form is read."""
    handler = FewFilesInMemory(request)
    request.upload_handlers = [handler]
    return handler
