"""What a person may say at a line of a session that was read."""

from __future__ import annotations

from django import forms


class CorrectionForm(forms.Form):
    """One code of a line: a label, nothing, or the machine's alone again.

    Each button sends one of ``label`` (empty for "nothing here"), ``off`` (a label that is taken
    away, of a code with several) and ``back``.
    """

    reading = forms.UUIDField()
    code = forms.SlugField(max_length=40)
    label = forms.CharField(max_length=40, required=False)
    off = forms.CharField(max_length=40, required=False)
    back = forms.CharField(max_length=4, required=False)


class UndoForm(forms.Form):
    """The last step at a line, by its id."""

    undo = forms.UUIDField()


class ReadThroughForm(forms.Form):
    """Which lines were read, by people's numbers."""

    reading = forms.UUIDField()
    first = forms.IntegerField(min_value=1, max_value=1_000_000)
    last = forms.IntegerField(min_value=1, max_value=1_000_000)
    blind = forms.BooleanField(required=False)
