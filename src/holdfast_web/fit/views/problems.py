"""What supportive therapy may do for a problem: words with their sources, for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast_web.fit.problems import Claim, Section, shipped_page, shipped_pages
from holdfast_web.lib.refusals import NotYours

CHECKED = {
    "second hand": "We know it from somebody who quotes it.",
    "no": "Common practice; we have not compared it with a source.",
}
"""What is said of a source that nobody has compared the words with."""


@login_not_required
def help_for(request: HttpRequest, problem: str) -> HttpResponse:
    """Show a page on a problem; no sign-in is asked for."""
    page = shipped_page(problem)
    if page is None:
        raise NotYours
    context = {
        "page": page,
        "parts": [(one, _with_sources(one)) for one in page.sections],
        "checked": CHECKED,
        "others": [one for one in shipped_pages().values() if one.name != problem],
    }
    return render(request, "fit/help_for.html", context)


def _with_sources(section: Section) -> list[Claim]:
    """Return the claims that rest on more than how we work."""
    return [
        claim
        for claim in section.claims
        if any(source.checked != "choice" for source in claim.sources)
    ]
