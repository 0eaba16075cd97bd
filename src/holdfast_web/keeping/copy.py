"""The copy that a client may take away: one zip file, made in memory, never on this disk."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string

from holdfast_web.care.models import Client
from holdfast_web.keeping.record.answered import bundle_for
from holdfast_web.keeping.record.whole import record_of
from holdfast_web.keeping.record.written import written_files


def make_copy(client: Client) -> bytes:
    """Return a client's copy: a page to read and print, the same as JSON, answers as FHIR."""
    bundled = bundle_for(client)
    record = record_of(client, bundled)
    inside: dict[str, str | bytes] = {
        "record.html": render_to_string("keeping/record.html", {"record": record}),
        "record.css": (files("holdfast_web.keeping") / "record.css").read_text(encoding="utf-8"),
        "record.json": as_json(record),
    }
    if bundled.bundle is not None:
        inside["fhir.json"] = as_json(bundled.bundle)
    inside |= written_files(client)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return made.getvalue()


def as_json(value: Any) -> str:
    """Return a value as JSON; dates and times as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
