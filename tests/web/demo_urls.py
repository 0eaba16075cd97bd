"""All addresses, and those that only a demo has."""

from django.urls import include, path

from holdfast_web.urls import handler404, handler500, urlpatterns

urlpatterns = [*urlpatterns, path("demo/", include("holdfast_web.demo.urls"))]

__all__ = ["handler404", "handler500", "urlpatterns"]
