"""A link to one sheet, for a tablet in the waiting room; the tablet's pages need no sign-in."""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.linking import hand_in_by_link, make_link
from holdfast_web.measures.forms.asking import read_filled
from holdfast_web.measures.queries.asking import link_of, sheet_behind, sheet_to_answer
from holdfast_web.measures.tokens import token_of
from holdfast_web.measures.views import filling

HELP_FIRST = "help_first"
SECONDS = 600
SIGNED_IN = (
    "You are signed in on this device. Sign out, or use another one, before you hand it to "
    "somebody: with it they would see what you see."
)


@only(Role.THERAPIST)
@require_POST
def make(request: SignedIn, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Make a link to a sheet that waits."""
    client = record_for(request.user, client_id, Part.COURSE)
    link, _ = make_link(by=request.user, sheet=sheet_to_answer(request.user, sheet_id, of=client))
    return redirect("measures:link", client.pk, link.pk)


@only(Role.THERAPIST)
@require_GET
def link(request: SignedIn, client_id: UUID, link_id: UUID) -> HttpResponse:
    """Show a link and its code, while it holds, to whoever made it."""
    client = record_for(request.user, client_id, Part.COURSE)
    found = link_of(link_id, viewer=request.user)
    if found.client_id != client.pk:
        raise NotYours
    address = request.build_absolute_uri(reverse("measures:tablet", args=(token_of(found.pk),)))
    drawing = segno.make(address, error="m").svg_inline(
        scale=6, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )
    context = {
        "client": client,
        "link": found,
        "address": address,
        "code": mark_safe(drawing),  # noqa: S308 - made here of an address of ours
    }
    return render(request, "measures/link.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: HttpRequest, token: str) -> HttpResponse:
    """Show the one sheet that a link opens, to whoever holds the tablet, or hand it in."""
    if request.user.is_authenticated:
        raise Refused(SIGNED_IN)
    sheet = sheet_behind(token, done_too=request.method == "POST")
    page = filling.Page(
        "measures/tablet.html",
        here=reverse("measures:tablet", args=(token,)),
        extra={"user": AnonymousUser()},
    )
    if request.method != "POST":
        request.session.pop(HELP_FIRST, None)
        return page.show(request, sheet, {})
    filled = read_filled(filling.form_for(sheet), request.POST)
    asks_again = filling.point_out(request, page, sheet, filled)
    if asks_again is not None:
        return asks_again
    try:
        row = hand_in_by_link(by=None, token=token, answers=filled.answers, edition=filled.edition)
    except Stale as stale:
        now = sheet_behind(token, done_too=True)
        return filling.quicker(request, page, now, filled, stale, beside=False)
    if any(one.urgent for one in filling.flags_of(row, row.answers)):
        request.session[HELP_FIRST] = True
        request.session.set_expiry(SECONDS)
    return redirect("measures:tablet_thanks")


@login_not_required
@require_GET
def tablet_thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you to whoever holds the tablet, with help, and nothing of what was answered."""
    context = {"user": AnonymousUser(), "urgent": bool(request.session.get(HELP_FIRST))}
    return render(request, "measures/tablet_thanks.html", context)
