"""Nothing that a person wrote may end in a log, nor a token that opens something."""

from __future__ import annotations

import logging
import re
import traceback

TOKEN = re.compile(
    r"(/(?:w|i|invitation|account/password/reset/key|account/confirm-email)/)[^/\s]+"
)
"""Addresses whose last part lets somebody in."""


class NoWords(logging.Filter):
    """Keeps where something went wrong, and drops what it was about, and tokens in addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace an exception by its kind and its place, and tokens by dots."""
        record.msg, record.args = TOKEN.sub(r"\1…", record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            where = traceback.extract_tb(error.__traceback__)[-6:]
            places = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(where))
            record.exc_info = None
            record.exc_text = None
            record.msg = f"{record.msg} [{type(error).__name__} at {places}]"
        return True
