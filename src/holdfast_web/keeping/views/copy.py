"""A client takes a copy of everything away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from holdfast_web.accounts.gate import SignedIn, fresh_sign_in, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.records import own_record
from holdfast_web.keeping.actions import take_copy
from holdfast_web.keeping.record.whole import NOT_IN_IT


@only(Role.CLIENT)
@fresh_sign_in
def my_copy(request: SignedIn) -> HttpResponse:
    """Say what a copy holds; hand it out."""
    client = own_record(request.user)
    if request.method != "POST":
        return render(request, "keeping/my_copy.html", {"not_in_it": NOT_IN_IT})
    copy = take_copy(by=request.user, client=client)
    name = f"my-record-{timezone.localdate():%Y-%m-%d}.zip"
    return HttpResponse(
        copy,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
