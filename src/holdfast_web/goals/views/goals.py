"""My goals: added, followed, reached, put aside, in the client's own words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.goals.actions import add_goal, reword_goal, say_progress, set_goal_status
from holdfast_web.goals.forms import GoalStatusForm, ProgressForm, RewordForm
from holdfast_web.goals.models import Goal
from holdfast_web.goals.queries import goal_row, goals_of
from holdfast_web.goals.views.place import own_place, place_of
from holdfast_web.goals.views.shelf import Shelf, change_one, show_all

GOALS = Shelf(
    name="goals",
    one="goal",
    views=goals_of,
    row=goal_row,
    add=add_goal,
    changes={
        "progress": (ProgressForm, say_progress),
        "status": (GoalStatusForm, set_goal_status),
        "reword": (RewordForm, reword_goal),
    },
    said={
        Goal.Status.ACTIVE: "Taken up again.",
        Goal.Status.REACHED: "Reached. It stays below, where you can look back at it.",
        Goal.Status.ASIDE: "Put aside. It stays below, and can be taken up again.",
    },
)


@only(Role.CLIENT)
def my_goals(request: SignedIn) -> HttpResponse:
    """Show my goals, or add one."""
    return show_all(request, own_place(request), GOALS)


@only(Role.CLIENT)
def my_goal(request: SignedIn, goal_id: UUID) -> HttpResponse:
    """Change one of my goals."""
    return change_one(request, own_place(request), GOALS, goal_id)


@only(Role.THERAPIST, Role.SUPERVISOR, Role.OWNER)
def goals(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show a client's goals, or add one together."""
    return show_all(request, place_of(request, client_id), GOALS)


@only(Role.THERAPIST)
def goal(request: SignedIn, client_id: UUID, goal_id: UUID) -> HttpResponse:
    """Change one of a client's goals, together."""
    return change_one(request, place_of(request, client_id), GOALS, goal_id)
