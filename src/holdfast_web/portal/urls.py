"""Addresses of the client's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.portal.views import course, expect, more, not_right

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("expect/", expect.what_to_expect, name="expect"),
    path("me/expect/", expect.my_what_to_expect, name="my_expect"),
    path("me/course/", course.my_course, name="course"),
    path("me/more/", more.more, name="more"),
    path("me/contact/", more.contact, name="contact"),
    path("me/opened/", more.opened, name="opened"),
    path("me/not-right/", not_right.not_right, name="not_right"),
    path("me/not-right/<uuid:concern_id>/", not_right.take_back, name="take_back"),
    path("me/not-right/<slug:wants>/", not_right.say, name="say"),
]
