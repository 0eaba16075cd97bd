"""Nothing that a person wrote may end in a log: tracebacks lose their messages and locals."""

from __future__ import annotations

import logging
import traceback


class NoWords(logging.Filter):
    """Keeps where something went wrong, and drops what it was about."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace an exception by its kind and its place."""
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            where = traceback.extract_tb(error.__traceback__)[-6:]
            places = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(where))
            record.exc_info = None
            record.exc_text = None
            record.msg = f"{record.getMessage()} [{type(error).__name__} at {places}]"
            record.args = ()
        return True
