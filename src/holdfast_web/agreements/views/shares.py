"""What a supervisor may see of a client: offered by the therapist, decided by the client."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.agreements.actions import agree_to_share, offer_share, withdraw_share
from holdfast_web.agreements.forms import ShareForm
from holdfast_web.agreements.queries import share_for, shares_of, supervisors
from holdfast_web.agreements.views.place import Place
from holdfast_web.lib.refusals import Refused, Stale


@require_safe
def my_shares(request: SignedIn, place: Place) -> HttpResponse:
    """Show the client what is shared, and what they are asked to share."""
    return _page(request, place)


def shares(request: SignedIn, place: Place) -> HttpResponse:
    """Show the therapist what is shared, or offer to share something."""
    form = ShareForm(supervisors(), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, place, form)
    if not form.is_valid():
        return _page(request, place, form, status=400)
    try:
        offer_share(by=request.user, client=place.client, **form.offered)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, place, form, status=403)
    messages.success(request, "Asked. Nothing is open until your client agrees to it.")
    return redirect(place.shares)


@require_POST
def agree(request: SignedIn, place: Place, share_id: UUID) -> HttpResponse:
    """Agree to a share."""
    share = share_for(place.client, share_id, viewer=request.user)
    try:
        agree_to_share(by=request.user, share=share)
    except Stale as gone:
        return _page(request, place, problem=str(gone), status=409)
    messages.success(request, "Agreed. You can close it at any time, on this page.")
    return redirect(place.shares)


@require_POST
def close(request: SignedIn, place: Place, share_id: UUID) -> HttpResponse:
    """Say no to a share, or close it."""
    share = share_for(place.client, share_id, viewer=request.user)
    try:
        withdraw_share(by=request.user, share=share)
    except Stale as gone:
        form = None if place.mine else ShareForm(supervisors())
        return _page(request, place, form, problem=str(gone), status=409)
    messages.success(request, "Closed. Nothing of it is open any more.")
    return redirect(place.shares)


def _page(
    request: SignedIn,
    place: Place,
    form: ShareForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    view = shares_of(place.client, viewer=request.user)
    told = {"place": place, "view": view, "form": form, "problem": problem}
    return render(request, "agreements/shares.html", told, status=status)
