"""The owner's page of those who wait for a therapist: a plan, why, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Person, Role
from holdfast_web.fit.actions.confirming import settle
from holdfast_web.fit.models import Proposal
from holdfast_web.fit.queries.waiting import Row, waiting_list
from holdfast_web.lib.refusals import Refused


@only(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: SignedIn) -> HttpResponse:
    """Show who waits and who could begin with whom; settle what the owner ticked."""
    page = waiting_list(viewer=request.user)
    if request.method == "POST":
        _settle(request, page.rows)
        return redirect("fit:waiting")
    return render(request, "fit/matching/waiting.html", {"page": page})


def _settle(request: SignedIn, rows: tuple[Row, ...]) -> None:
    ticked = set(request.POST.getlist("take"))
    begun = proposed = 0
    for row in rows:
        if str(row.client_id) not in ticked:
            continue
        try:
            made = _one(request, row)
        except Refused as refused:
            messages.error(request, f"{row.name}: {refused}")
            continue
        if made.state == Proposal.State.CONFIRMED:
            begun += 1
        else:
            proposed += 1
    if begun or proposed:
        messages.success(request, f"{begun} begin now, to {proposed} somebody was proposed.")
    elif not ticked:
        messages.info(request, "Nobody was ticked.")


def _one(request: SignedIn, row: Row) -> Proposal:
    wanted = request.POST.get(f"with-{row.client_id}", "")
    options: dict[str, UUID] = {str(pk): pk for pk, _ in row.options}
    if wanted not in options:
        raise Refused("Please choose one of the therapists who are offered for them.")
    therapist = Person.objects.get(pk=options[wanted])
    return settle(by=request.user, client_id=row.client_id, therapist=therapist)
