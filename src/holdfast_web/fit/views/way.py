"""How a page of an intake is shown, and where somebody goes on from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.fit.opening import Door
from holdfast_web.fit.queries.intakes import Told, intake_behind

READ = "read"


def show(
    request: HttpRequest,
    door: Door,
    name: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Return a page."""
    shown = {**context, **through(door)}
    return render(request, f"fit/intake/{name}.html", shown, status=status)


def through(door: Door) -> dict[str, Any]:
    """Return what every page gets; behind a link nothing of whoever else uses the browser."""
    return {"door": door, **({"user": AnonymousUser()} if door.by is None else {})}


def onward(door: Door) -> HttpResponse:
    """Lead to what comes next, or to help where the questions stopped."""
    told = intake_behind(door)
    return redirect(door.front if told.stopping else next_of(door, told))


def next_of(door: Door, told: Told) -> str:
    """Return where somebody goes on: to the next page, or to read it all over."""
    return door.page(told.next.slug if told.next else READ)
