"""A look at how it goes: each writes, both read, and they settle what comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import own_record, record_for
from holdfast_web.fit.actions.reviews import Words, open_review, settle_review, write_review
from holdfast_web.fit.due import review_waiting
from holdfast_web.fit.forms.reviews import WHEN, SettleForm, WriteForm
from holdfast_web.fit.models import Review
from holdfast_web.fit.problems import shipped_pages
from holdfast_web.fit.queries.reviews import ReviewPage, review_page, review_row, reviews_of
from holdfast_web.fit.rules.reviews import may_open_review
from holdfast_web.fit.views.review_place import Place
from holdfast_web.lib.refusals import NotYours, Stale


@only(Role.CLIENT)
def my_reviews(request: SignedIn) -> HttpResponse:
    """Show my looks at how it goes, or begin one."""
    return _all(request, Place(own_record(request.user), mine=True))


@only(Role.CLIENT)
def my_review(request: SignedIn, review_id: UUID) -> HttpResponse:
    """Show one, or write in it."""
    return _one(request, Place(own_record(request.user), mine=True), review_id)


@only(Role.THERAPIST)
def reviews(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show the looks at how it goes with a client, or begin one."""
    return _all(request, Place(record_for(request.user, client_id, Part.GOALS), mine=False))


@only(Role.THERAPIST)
def review(request: SignedIn, client_id: UUID, review_id: UUID) -> HttpResponse:
    """Show one with a client, or write in it."""
    place = Place(record_for(request.user, client_id, Part.GOALS), mine=False)
    return _one(request, place, review_id)


def _all(request: SignedIn, place: Place) -> HttpResponse:
    lines = reviews_of(place.client, viewer=request.user)
    if request.method == "POST":
        return redirect(place.one(open_review(by=request.user, client=place.client).pk))
    waiting = review_waiting(place.client, therapist=None if place.mine else request.user)
    held = waiting.held if waiting else None
    due = waiting.due if waiting else None
    open_line = next((one for one in lines if waiting and one.id == waiting.open_id), None)
    context = {
        "place": place,
        "lines": [(one, place.one(one.id)) for one in lines],
        "due": due,
        "open_url": place.one(open_line.id) if open_line and not due else "",
        "may_open": may_open_review(request.user, place.client, held=held, is_due=True),
    }
    return render(request, "fit/reviews.html", context)


def _one(request: SignedIn, place: Place, review_id: UUID) -> HttpResponse:
    row = review_row(review_id, place.client, viewer=request.user)
    if request.method != "POST":
        return _page(request, place, row)
    do = request.POST.get("do", "")
    if do == "settle":
        return _settle(request, place, row)
    if do not in ("save", "done"):
        raise NotYours
    return _write(request, place, row, done=do == "done")


def _write(request: SignedIn, place: Place, row: Review, *, done: bool) -> HttpResponse:
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _page(request, place, row, writing=form, status=422)
    words = Words(form.told, shows=form.cleaned_data["when"] == "now", done=done)
    try:
        write_review(by=request.user, review=row, words=words, edition=form.cleaned_data["edition"])
    except Stale as stale:
        fresh = review_row(row.pk, place.client, viewer=request.user)
        return _page(request, place, fresh, writing=form, stale=str(stale), status=409)
    said = "Thank you. It is finished; you can still change it." if done else "Saved."
    messages.success(request, said)
    return redirect(place.one(row.pk))


def _settle(request: SignedIn, place: Place, row: Review) -> HttpResponse:
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, place, row, settling=form, status=422)
    told = form.cleaned_data
    try:
        settle_review(by=request.user, review=row, **told)
    except Stale as stale:
        fresh = review_row(row.pk, place.client, viewer=request.user)
        return _page(request, place, fresh, settling=form, stale=str(stale), status=409)
    messages.success(request, "Noted. The other sees it here too.")
    return redirect(f"{place.one(row.pk)}#settled")


def _page(
    request: SignedIn,
    place: Place,
    row: Review,
    *,
    writing: forms.Form | None = None,
    settling: forms.Form | None = None,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    page = review_page(row, viewer=request.user)
    context = {
        "place": place,
        "page": page,
        "url": place.one(row.pk),
        "writing": writing,
        "settling": settling,
        "stale": stale,
        "fields": _fields(page, writing),
        "when": list(WHEN.items()),
        "choices": Review.Choice.choices,
        "problems": [(one.name, one.title) for one in shipped_pages().values()],
    }
    return render(request, "fit/review.html", context, status=status)


def _fields(page: ReviewPage, writing: forms.Form | None) -> list[dict[str, Any]]:
    """Return the questions with what was typed, or what is kept."""
    return [
        {
            "key": one.key,
            "question": one.question,
            "words": (writing.data.get(one.key, "") if writing else one.words),
            "errors": writing.errors.get(one.key, ()) if writing else (),
        }
        for one in page.mine.answers
    ]
