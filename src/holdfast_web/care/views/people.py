"""The owner's page of people: who works here, who is in whose care, who is invited."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.actions import close_account, invite, open_account, withdraw_invitation
from holdfast_web.accounts.forms import InviteStaff
from holdfast_web.accounts.gate import SignedIn, fresh_sign_in, only
from holdfast_web.accounts.letters import address_of, send_letter
from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.queries import open_invitations, staff
from holdfast_web.accounts.rules import may_close_account
from holdfast_web.care.actions import pass_care_on
from holdfast_web.care.forms import Assign
from holdfast_web.care.models import CareRelationship
from holdfast_web.care.queries import clients_in_care
from holdfast_web.lib.refusals import Refused


@only(Role.OWNER)
def people(request: SignedIn) -> HttpResponse:
    """Show everybody, and invite somebody of the practice."""
    form = InviteStaff(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            link = _invite(request, form)
            form = InviteStaff()
        except Refused as refused:
            form.add_error("email", str(refused))
    return render(
        request,
        "care/people.html",
        {
            "form": form,
            "link": link,
            "staff": [(one, may_close_account(request.user, one)) for one in staff()],
            "clients": clients_in_care(viewer=request.user),
            "invitations": open_invitations(),
        },
    )


def _invite(request: SignedIn, form: InviteStaff) -> str:
    _, token = invite(by=request.user, **form.cleaned_data)
    link = address_of(f"/invitation/{token}/")
    send_letter(
        form.cleaned_data["email"],
        "Your invitation",
        f"{request.user.name} invites you to the practice’s software, Holdfast.",
        f"Come in here, within two weeks: {link}",
    )
    return link


@only(Role.OWNER)
@fresh_sign_in
def account(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    person = get_object_or_404(Person, pk=person_id)
    if request.method == "POST":
        change = close_account if person.is_active else open_account
        change(by=request.user, person=person)
        return redirect("care:people")
    return render(
        request,
        "care/account.html",
        {"person": person, "decision": may_close_account(request.user, person)},
    )


@only(Role.OWNER)
@fresh_sign_in
def hand_over(request: SignedIn, care_id: UUID) -> HttpResponse:
    """End a care relationship and begin the one with another therapist."""
    care = get_object_or_404(CareRelationship, pk=care_id, ends_at=None)
    form = Assign(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pass_care_on(by=request.user, care=care, therapist=form.cleaned_data["therapist"])
        messages.success(request, "The care has passed on. Access went with it.")
        return redirect("care:people")
    return render(request, "care/hand_over.html", {"care": care, "form": form})


@only(Role.OWNER)
@require_POST
def withdraw(request: SignedIn, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    withdraw_invitation(by=request.user, invitation_id=invitation_id)
    return redirect("care:people")
