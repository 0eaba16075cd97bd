"""My course, as one calm picture with my own words beside it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.records import own_record
from holdfast_web.portal.queries.course import course_of


@only(Role.CLIENT)
def my_course(request: SignedIn) -> HttpResponse:
    """Show my check-ins and questionnaires over the sessions."""
    course = course_of(own_record(request.user), viewer=request.user)
    return render(request, "portal/course.html", {"course": course})
