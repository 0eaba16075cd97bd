"""Addresses of what keeps records safe."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.keeping.views import audit, copy, records

app_name = "keeping"
urlpatterns: list[URLPattern] = [
    path("me/export/", copy.my_copy, name="my_copy"),
    path("practice/audit/", audit.audit, name="audit"),
    path("practice/audit/check/", audit.check, name="check"),
    path("practice/records/", records.all_records, name="records"),
    path("practice/close/<uuid:client_id>/", records.close, name="close"),
    path("practice/erase/<uuid:client_id>/", records.erase, name="erase"),
]
