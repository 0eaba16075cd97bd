"""All addresses. Each app names its own; what only a demo has is added only there."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from holdfast_web import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("help/", pages.help_now, name="help_now"),
    # An address is who somebody is here, and it would change without any proof that it is theirs.
    path("account/email/", pages.closed),
    path("account/", include("allauth.urls")),
    path("", include("holdfast_web.accounts.urls")),
    path("", include("holdfast_web.care.urls")),
    path("", include("holdfast_web.audit.urls")),
    path("", include("holdfast_web.agreements.urls")),
    path("", include("holdfast_web.encounters.urls")),
    path("", include("holdfast_web.goals.urls")),
    path("", include("holdfast_web.correspondence.urls")),
    path("", include("holdfast_web.inbox.urls")),
    path("", include("holdfast_web.measures.urls")),
    path("", include("holdfast_web.analysis.urls")),
    path("", include("holdfast_web.fit.urls")),
    path("", include("holdfast_web.handover.urls")),
    path("", include("holdfast_web.portal.urls")),
    path("", include("holdfast_web.dashboards.urls")),
    path("", include("holdfast_web.keeping.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("holdfast_web.demo.urls")))

handler404 = "holdfast_web.pages.not_found"
handler500 = "holdfast_web.pages.went_wrong"
