"""Addresses of intakes, matching and reviews."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.fit.views import (
    begin,
    doors,
    intakes,
    people,
    problems,
    profile,
    reviews,
    waiting,
)

app_name = "fit"
LINK, MINE, ONE = "i/<str:token>/", "me/intake/", "intakes/<uuid:intake_id>/"
finding: list[URLPattern] = [
    path(f"{LINK}people/", people.people, name="people"),
    path("me/people/", people.my_people, name="my_people"),
    path("me/people/<uuid:person_id>/choose/", people.my_choice, name="my_choice"),
    path("my/profile/", profile.profile, name="profile"),
    path("practice/waiting/", waiting.waiting, name="waiting"),
]
asking: list[URLPattern] = [
    path("begin/", begin.begin, name="begin"),
    path(LINK, doors.intake, name="intake"),
    path(f"{LINK}result/", doors.result, name="intake_result"),
    path(f"{LINK}<slug:step>/", doors.page, name="intake_page"),
    path(MINE, doors.my_intake, name="my_intake"),
    path(f"{MINE}result/", doors.my_result, name="my_intake_result"),
    path(f"{MINE}<slug:step>/", doors.my_page, name="my_intake_page"),
    path("intakes/", intakes.intakes, name="intakes"),
    path("intakes/invite/", intakes.invite, name="invite"),
    path(ONE, intakes.intake, name="intake_told"),
    path(f"{ONE}seen/", intakes.seen, name="intake_seen"),
    path(f"{ONE}take/", intakes.take, name="intake_take"),
    path(f"{ONE}close/", intakes.close, name="intake_close"),
    path("practice/intake/", intakes.practice_intake, name="practice_intake"),
]
urlpatterns: list[URLPattern] = [
    # Before the pages of an intake, whose addresses would take "people" for one of theirs.
    *finding,
    *asking,
    path("help-for/<slug:problem>/", problems.help_for, name="help_for"),
    path("me/reviews/", reviews.my_reviews, name="my_reviews"),
    path("me/reviews/<uuid:review_id>/", reviews.my_review, name="my_review"),
    path("clients/<uuid:client_id>/reviews/", reviews.reviews, name="reviews"),
    path("clients/<uuid:client_id>/reviews/<uuid:review_id>/", reviews.review, name="review"),
]
