"""What is typed and attached."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.datastructures import MultiValueDict

from holdfast_web.correspondence.kinds import (
    LARGEST,
    LONGEST_NAME,
    MOST_FILES,
    Enclosed,
    kind_of,
    plain_name,
)
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.rules import LONGEST, may_be_kept
from holdfast_web.correspondence.uploads import FewFilesInMemory

NOW, LATER = "now", "later"
NO_KIND = "“{name}” can’t be sent. PDFs, pictures (PNG, JPEG) and plain text can."


class LetterForm(forms.Form):
    """A message, as it stands in the page."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    told = forms.ChoiceField(
        choices=((NOW, NOW), (LATER, LATER)), required=False, widget=forms.HiddenInput
    )
    about = forms.CharField(required=False, strip=True)
    # Longer than may be kept, so that the rule says in words by how much.
    words = forms.CharField(required=False, strip=False, max_length=LONGEST * 4)
    not_before = forms.DateTimeField(
        required=False,
        error_messages={"invalid": "Please give a day and a time, or leave it empty."},
    )

    def __init__(
        self,
        data: Any = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        handler: FewFilesInMemory | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._sent = files.getlist("files") if files is not None else []
        self._handler = handler
        self.enclosed: tuple[Enclosed, ...] = ()

    def clean(self) -> dict[str, Any]:
        """See that words fit, and what the files are."""
        told = super().clean() or {}
        allowed = may_be_kept(told.get("words", ""), told.get("about", ""))
        if not allowed:
            self.add_error("words", allowed.reason)
        self.enclosed = tuple(self._enclosed())
        return told

    def letter(self) -> Letter:
        """Return what is to be sent."""
        told = self.cleaned_data
        return Letter(
            words=told["words"],
            about=told["about"],
            files=self.enclosed,
            not_before=told["not_before"],
            key=told["key"] or uuid4(),
            edition=told["edition"] or 0,
        )

    def _enclosed(self) -> list[Enclosed]:
        if self._handler is not None and self._handler.too_large:
            self.add_error(None, f"A file may have at most {LARGEST // 2**20} MB. Choose it anew.")
        if self._handler is not None and self._handler.too_many:
            self.add_error(None, f"At most {MOST_FILES} files go with one message.")
        found = []
        for file in self._sent:
            data = file.read()
            kind = kind_of(data)
            if kind is None:
                self.add_error(None, NO_KIND.format(name=(file.name or "")[:LONGEST_NAME]))
            else:
                found.append(Enclosed(plain_name(file.name or "", kind), kind, data))
        return found


def first_form(about: str, words: str, edition: int, told: str) -> LetterForm:
    """Return the form as it is opened: with the draft, and a key of its own."""
    return LetterForm(
        initial={
            "about": about,
            "words": words,
            "edition": edition,
            "key": uuid4(),
            "told": told,
        }
    )


def page_number(text: str) -> int:
    """Return the number of a page; the first for what is none."""
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def as_id(text: str) -> UUID | None:
    """Return an id; ``None`` for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
