"""What helps me: coping strategies, tried, kept or dropped; made to be read in distress."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.goals.actions import add_help, reword_help, say_tried, set_help_status
from holdfast_web.goals.forms import HelpStatusForm, RewordForm, TriedForm
from holdfast_web.goals.models import Help
from holdfast_web.goals.queries import help_row, helps_of
from holdfast_web.goals.views.place import own_place, place_of
from holdfast_web.goals.views.shelf import Shelf, change_one, show_all

HELPS = Shelf(
    name="helps",
    one="help",
    views=helps_of,
    row=help_row,
    add=add_help,
    changes={
        "tried": (TriedForm, say_tried),
        "status": (HelpStatusForm, set_help_status),
        "reword": (RewordForm, reword_help),
    },
    said={
        Help.Status.KEPT: "Kept. It stands at the top from now on.",
        Help.Status.TRYING: "Taken back, to try it again.",
        Help.Status.DROPPED: "Put away. It is at the end of the page, should you want it back.",
    },
)


@only(Role.CLIENT)
def my_helps(request: SignedIn) -> HttpResponse:
    """Show what helps me, or add something."""
    return show_all(request, own_place(request), HELPS)


@only(Role.CLIENT)
def my_help(request: SignedIn, help_id: UUID) -> HttpResponse:
    """Change something that may help me."""
    return change_one(request, own_place(request), HELPS, help_id)


@only(Role.THERAPIST, Role.SUPERVISOR, Role.OWNER)
def helps(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show what helps a client, or add something together."""
    return show_all(request, place_of(request, client_id), HELPS)


@only(Role.THERAPIST)
def help_of(request: SignedIn, client_id: UUID, help_id: UUID) -> HttpResponse:
    """Change something that may help a client, together."""
    return change_one(request, place_of(request, client_id), HELPS, help_id)
