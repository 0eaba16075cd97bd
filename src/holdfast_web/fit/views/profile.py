"""A therapist describes themselves, looks at it as a client does, and answers who chose them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.fit.actions.confirming import say_no, say_yes
from holdfast_web.fit.actions.profiles import save_profile
from holdfast_web.fit.describing import lines_about
from holdfast_web.fit.forms.profile import ProfileForm, filled_from
from holdfast_web.fit.models import Profile
from holdfast_web.fit.queries.candidates import choices_of
from holdfast_web.fit.queries.profiles import own_profile
from holdfast_web.fit.seeking import offer_of
from holdfast_web.lib.refusals import NotYours, Stale

ANSWERS = {
    "yes": (say_yes, "Care has begun. You can open the record now."),
    "no": (say_no, "They are told that you can’t take them on just now, and choose again."),
}


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedIn) -> HttpResponse:
    """Show what a therapist says of themselves, save it, or show it as a client sees it."""
    if request.POST.get("do") in ANSWERS:
        return _answer(request)
    held = own_profile(request.user)
    form = ProfileForm(request.POST or None, initial=filled_from(held))
    said, status = "", 200
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "preview":
            return _page(request, form, Profile(person=request.user, **form.told()), typed=True)
        try:
            save_profile(by=request.user, told=form.told(), edition=form.cleaned_data["edition"])
        except Stale as stale:
            said, status = str(stale), 409
        else:
            messages.success(request, "Saved. This is how you are described from now on.")
            return redirect("fit:profile")
    return _page(request, form, held, said=said, status=status)


def _page(
    request: SignedIn,
    form: ProfileForm,
    shown: Profile,
    *,
    typed: bool = False,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "shown": shown,
        "lines": lines_about(offer_of(shown)),
        "typed": typed,
        "said": said,
        "choices": choices_of(viewer=request.user),
    }
    return render(request, "fit/matching/profile.html", context, status=status)


def _answer(request: SignedIn) -> HttpResponse:
    act, words = ANSWERS[request.POST["do"]]
    try:
        proposal_id = UUID(request.POST.get("proposal", ""))
    except ValueError:
        raise NotYours from None
    act(by=request.user, proposal_id=proposal_id)
    messages.success(request, words)
    return redirect("fit:profile")
