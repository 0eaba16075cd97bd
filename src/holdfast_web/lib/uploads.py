"""One uploaded file, kept in memory up to a limit; nothing of it ever lies on the disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

DRAINED = 64 * 1024 * 1024
"""Bytes that are read and thrown away so that a browser hears the answer; beyond, we hang up."""


class OneFileInMemory(FileUploadHandler):
    """Takes the first file of a form, if it is no larger than it may be.

    Attributes
    ----------
    most
        Bytes that it may have.
    too_large
        Whether it had more, and was dropped.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.too_large = False
        self._sent = 0
        self._held: BytesIO | None = None
        self._is_done = False

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: dict[str, Any],  # noqa: ARG002, N803 - Django's name
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Remember how much is on its way."""
        self._sent = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file; every file after the first is thrown away."""
        super().new_file(*args, **kwargs)
        if self._held is not None:
            raise SkipFile
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece."""
        assert self._held is not None  # noqa: S101 - a file was begun
        if start + len(raw_data) > self.most:
            self.too_large = True
            self._held = BytesIO()
            raise StopUpload(connection_reset=self._sent > DRAINED)
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Hand over the file, once."""
        if self._held is None or self._is_done:
            return None
        self._is_done = True
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def take_one_file(request: HttpRequest, most: int) -> OneFileInMemory:
    """Let this request bring one file, in memory; say so before its form is read."""
    handler = OneFileInMemory(request, most)
    request.upload_handlers = [handler]
    return handler
