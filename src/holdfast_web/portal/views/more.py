"""More: what isn't needed every day; how a client is reached; who opened their record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.queries import emergencies_of
from holdfast_web.care.records import own_record, therapist_now
from holdfast_web.portal.actions import note_emergencies, set_contact
from holdfast_web.portal.forms import ContactForm
from holdfast_web.portal.queries.opened import opened_of


@only(Role.CLIENT)
def more(request: SignedIn) -> HttpResponse:
    """Show the ways to all that isn't in the navigation."""
    return render(request, "portal/more.html")


@only(Role.CLIENT)
def contact(request: SignedIn) -> HttpResponse:
    """Show how a client is reached, or change it."""
    client = own_record(request.user)
    form = ContactForm(
        request.POST or None, initial={"email": not client.no_email, "phone": client.phone or ""}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        set_contact(by=request.user, client=client, no_email=not told["email"], phone=told["phone"])
        messages.success(request, "Saved.")
        return redirect("portal:contact")
    status = 422 if form.errors else 200
    context = {"form": form, "therapist": therapist_now(client)}
    return render(request, "portal/contact.html", context, status=status)


@only(Role.CLIENT)
def opened(request: SignedIn) -> HttpResponse:
    """Show who opened my record, in plain words."""
    client = own_record(request.user)
    before = request.GET.get("before", "")
    own = request.GET.get("own") == "yes"
    found = opened_of(
        client,
        viewer=request.user,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        own=own,
    )
    unseen = list(emergencies_of(client))
    if unseen:
        note_emergencies(by=request.user, client=client)
    context = {"opened": found, "own": own, "emergencies": unseen, "paged": before}
    return render(request, "portal/opened.html", context)
