"""The settings of a demo, for as long as a test lasts."""

from __future__ import annotations

import copy

from django.conf import settings
from django.test import override_settings


def demo_settings() -> override_settings:
    """Return what HOLDFAST_DEMO=1 would have set."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append("holdfast_web.demo.context.demo")
    return override_settings(
        DEMO=True,
        ROOT_URLCONF="tests.web.demo_urls",
        LOGIN_URL="demo:doors",
        TEMPLATES=templates,
    )
