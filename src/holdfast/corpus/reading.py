"""Files to sessions: whatever can't be read becomes a row of failures, with its reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from holdfast.corpus.archives import close_archive
from holdfast.corpus.batch import Item
from holdfast.corpus.dates import date_of, dates_of_conversations
from holdfast.corpus.finding import CONVERSATIONS, CONVOKIT, Found, as_path, find
from holdfast.corpus.splitting import Many, Piece, many
from holdfast.corpus.tables import Row, failure
from holdfast.errors import HoldfastError, TranscriptError
from holdfast.formats import open_document, read_document
from holdfast.formats.registry import LARGEST_FILE

Failed = Callable[[Row], None]
TWICE = "The same talk as {}, so it was coded once."


@dataclass(slots=True)
class Reading:
    """Everything that some paths lead to, counted before it is read.

    Attributes
    ----------
    files
        Files that may hold sessions, with their conversations where they hold several.
    failures
        What could not be read; grows while :meth:`items` is read.
    ignored
        How many files of folders are no transcripts by their ending.
    about
        ConvoKit's ``conversations.json`` by the folder that it lies in.
    """

    files: list[tuple[Found, Many | None]] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)
    ignored: int = 0
    about: dict[PurePosixPath, Found] = field(default_factory=dict)

    @property
    def sessions(self) -> int:
        """How many sessions there are, if all can be read."""
        return sum(1 if split is None else len(split.counts) for _, split in self.files)

    def items(self) -> Iterator[Item]:
        """Yield each session once; what can't be read and what is there twice is a failure."""
        seen: dict[str, str] = {}
        for found, split in self.files:
            for item in self._of(found, split):
                if item.session_id in seen:
                    first = TWICE.format(seen[item.session_id])
                    self._fail(item.source, item.conversation, "duplicate", first)
                    continue
                seen[item.session_id] = _place(item)
                yield item
        close_archive()

    def _of(self, found: Found, split: Many | None) -> Iterator[Item]:
        known = self._dates(found)
        if split is None:
            only = next(iter(known.values())) if len(known) == 1 else None
            item = self._tried(found.name, None, lambda: _whole(found, only))
            if item is not None:
                yield item
            return
        for piece in split.pieces():
            held_on = known.get(piece.conversation)
            item = self._tried(
                found.name,
                piece.conversation,
                lambda: _piece(found, piece, held_on),  # noqa: B023
            )
            if item is not None:
                yield item

    def _dates(self, found: Found) -> dict[str, date]:
        about = self.about.get(as_path(found.name).parent)
        if about is None or not found.name.endswith(CONVOKIT):
            return {}
        try:
            with about.open() as file:
                return dates_of_conversations(file)
        except OSError:
            return {}

    def _tried(self, name: str, conversation: str | None, read: Callable[[], Item]) -> Item | None:
        try:
            return read()
        except TranscriptError as error:
            self._fail(name, conversation, "unreadable", _reason(error))
        except OSError as error:
            said = f"It can't be opened ({error.strerror or type(error).__name__})."
            self._fail(name, conversation, "unreadable", said)
        except Exception as error:  # noqa: BLE001 - one bad file must not stop the run
            said = f"{type(error).__name__} while it was read; please report its format."
            self._fail(name, conversation, "unreadable", said)
        return None

    def _fail(self, source: str, conversation: str | None, kind: str, reason: str) -> None:
        self.failures.append(failure(source, conversation, kind, reason))

    def add(self, found: Found) -> None:
        """Add a file, and count what is in it."""
        if found.ignored:
            self.ignored += 1
            if found.name.endswith(CONVERSATIONS):
                self.about[as_path(found.name).parent] = found
            return
        if found.refusal is not None:
            self._fail(found.name, None, "unreadable", _reason(found.refusal))
            return
        try:
            split = many(found)
        except (HoldfastError, MemoryError):
            raise
        except (UnicodeDecodeError, csv.Error, ValueError):
            split = None  # read whole, its format's own reader says what is wrong and where
        except Exception as error:  # noqa: BLE001 - such as a Parquet file cut short
            self._fail(found.name, None, "unreadable", f"{type(error).__name__}: it isn't whole.")
            return
        self.files.append((found, split))


def look(paths: Sequence[str]) -> Reading:
    """Find and count the sessions that some paths lead to, without coding any.

    Examples
    --------
    >>> from holdfast.examples import FIRST_SESSION
    >>> look([str(FIRST_SESSION)]).sessions
    1
    """
    reading = Reading()
    for found in find(paths):
        reading.add(found)
    close_archive()
    return reading


def _whole(found: Found, held_on: date | None) -> Item:
    with found.open() as file:
        data = file.read(LARGEST_FILE + 1)
    name = as_path(found.name).name
    if len(data) > LARGEST_FILE:
        raise TranscriptError(
            f"the file has more than {LARGEST_FILE // 1_000_000} MB; an hour has less than one",
            source=name,
            remedy="Check that it is the transcript and not the recording",
        )
    document = open_document(data, name)
    session = read_document(document)
    return Item(found.name, None, session, held_on or date_of(document, session.format))


def _piece(found: Found, piece: Piece, held_on: date | None) -> Item:
    name = f"{as_path(found.name).stem}-{piece.conversation}{piece.suffix}"
    document = open_document(piece.text.encode("utf-8", "replace"), name)
    session = read_document(document)
    held_on = held_on or date_of(document, session.format)
    return Item(found.name, piece.conversation, session, held_on)


def _place(item: Item) -> str:
    return item.source if item.conversation is None else f"{item.source}, {item.conversation}"


def _reason(error: TranscriptError) -> str:
    line = "" if error.line is None else f"line {error.line}: "
    return f"{line}{error.problem}. {error.remedy}".strip()
