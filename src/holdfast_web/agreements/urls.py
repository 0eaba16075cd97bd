"""Addresses of agreements: the same pages for the client and for their therapist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.urls import URLPattern, path

from holdfast_web.accounts.models import Role
from holdfast_web.agreements.views import agreement, drafts, practice, shares, versions
from holdfast_web.agreements.views.place import mine, theirs
from holdfast_web.care.parts import Part

app_name = "agreements"

READERS = (Role.THERAPIST, Role.SUPERVISOR, Role.OWNER)
"""Whoever may have a way to a record; the record itself decides who gets in."""

READ: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "agreement": ("agreement/", agreement.show),
    "versions": ("agreement/versions/", versions.versions),
    "version": ("agreement/versions/<uuid:version_id>/", versions.version),
}
WRITE: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "accept": ("agreement/<uuid:version_id>/accept/", agreement.accept_it),
    "decline": ("agreement/<uuid:version_id>/decline/", agreement.decline_it),
    "take_back": ("agreement/<uuid:version_id>/take-back/", agreement.take_it_back),
    "it_stays": ("agreement/<uuid:version_id>/it-stays/", agreement.it_stays),
    "ask": ("agreement/<uuid:version_id>/ask/<slug:clause>/", agreement.ask),
    "reply": ("agreement/questions/<uuid:question_id>/", agreement.reply),
    "draft": ("agreement/change/", drafts.draft),
    "drop_draft": ("agreement/change/drop/", drafts.drop),
    "change_clause": ("agreement/change/<slug:clause>/", drafts.change_clause),
    "leave_clause": ("agreement/change/<slug:clause>/leave/", drafts.leave_clause),
}


def _both() -> Iterator[URLPattern]:
    for name, (route, view) in (READ | WRITE).items():
        yield path(f"me/{route}", mine(view), name=f"my_{name}")
        gate = theirs(*READERS) if name in READ else theirs()
        yield path(f"clients/<uuid:client_id>/{route}", gate(view), name=name)


CARE = theirs(part=Part.CARE)
urlpatterns: list[URLPattern] = [
    *_both(),
    path("me/agreement/consent/<slug:kind>/", mine(agreement.consent), name="consent"),
    path("me/shares/", mine(shares.my_shares), name="my_shares"),
    path("me/shares/<uuid:share_id>/agree/", mine(shares.agree), name="agree_to_share"),
    path("me/shares/<uuid:share_id>/close/", mine(shares.close), name="close_my_share"),
    path("clients/<uuid:client_id>/shares/", CARE(shares.shares), name="shares"),
    path(
        "clients/<uuid:client_id>/shares/<uuid:share_id>/close/",
        CARE(shares.close),
        name="close_share",
    ),
    path("practice/agreement/", practice.clauses, name="practice"),
    path("practice/agreement/preview/", practice.preview, name="preview"),
    path("practice/agreement/<slug:clause>/", practice.clause, name="practice_clause"),
    path("practice/agreement/<slug:clause>/put-back/", practice.put_back, name="put_back"),
]
