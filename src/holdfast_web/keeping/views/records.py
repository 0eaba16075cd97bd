"""The owner's list of records, and how one is closed and erased."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from holdfast_web.accounts.gate import SignedIn, fresh_sign_in, only
from holdfast_web.accounts.models import Role
from holdfast_web.keeping.actions import close_record, erase_record
from holdfast_web.keeping.forms import EraseForm
from holdfast_web.keeping.queries.records import record_line, records


@only(Role.OWNER)
@require_GET
def all_records(request: SignedIn) -> HttpResponse:
    """Show which records are closed and until when they are kept, which are in care or erased."""
    return render(request, "keeping/records.html", {"records": records(viewer=request.user)})


@only(Role.OWNER)
@fresh_sign_in
def close(request: SignedIn, client_id: UUID) -> HttpResponse:
    """End a client's care, and close the record."""
    line = record_line(client_id, viewer=request.user)
    if request.method == "POST":
        close_record(by=request.user, client=line.client)
        messages.success(request, "The record is closed. Nobody works in it any more.")
        return redirect("keeping:records")
    return render(request, "keeping/close.html", {"line": line})


@only(Role.OWNER)
@fresh_sign_in
def erase(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Erase a record for good."""
    line = record_line(client_id, viewer=request.user)
    form = EraseForm(request.POST or None, wanted=line.name)
    if request.method == "POST" and form.is_valid():
        erase_record(by=request.user, client=line.client)
        messages.success(request, "The record is erased.")
        return redirect("keeping:records")
    status = 422 if form.errors else 200
    return render(request, "keeping/erase.html", {"line": line, "form": form}, status=status)
