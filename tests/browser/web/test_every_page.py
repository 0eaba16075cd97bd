"""Every page of every role: whole, readable by everybody, at both sizes, in light and dark."""

from __future__ import annotations

from collections import Counter, deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from holdfast_web.demo.cast import the_cast
from tests.browser.web.conftest import OpenPage
from tests.browser.web.pages import DESKTOP, keep_shot, scrolls_sideways, violations
from tests.web.access import ACCESS, CLIENT

pytestmark = pytest.mark.browser

MANY = (
    "",
    "clients/<uuid:client_id>/",
    "clients/<uuid:client_id>/messages/",
    "clients/<uuid:client_id>/safety/",
    "me/course/",
    "me/agreement/",
    "me/change/",
    "me/ending/",
    "me/messages/",
    "me/opened/",
    "me/shares/",
)
"""Pages that are looked at with everybody’s eyes, not of one in each role: they differ most."""

BEGIN = {
    "therapist": ("/", "/emergency/", "/hand-overs/"),
    "supervisor": ("/", "/emergency/"),
    "owner": ("/", "/emergency/"),
}
"""Where a walk begins: on the first page, and where no link leads."""

FIRST = {
    "Farid Rahimi": "Grzegorz Mazur",
    "Imogen Hartley": "Wen Zhao",
    "Nuala Brennan": "Colm Devlin",
}
"""Who is looked at first, for what only their record has."""

PEOPLE = {
    "client": (
        "Ellen Marsh",
        "Priya Nair",
        "Grzegorz Mazur",
        "Leonard Brandt",
        "Rosa Figueira",
        "Tariq Hussain",
    ),
    "therapist": ("Farid Rahimi", "Imogen Hartley", "Nuala Brennan"),
    "supervisor": ("Dilwyn Pryce",),
    "owner": ("Ruth Adeyemi",),
}
SIGNED_OUT = (
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/expect/",
    "/help/",
    "/demo/",
    "/begin/",
    "/help-for/depression/",
    "/help-for/anxiety/",
    "/help-for/trauma/",
    "/help-for/relationships/",
)
ELSEWHERE = ("/account/logout/", "/demo/", "/my/coder/corrections.jsonl", "/static/")
SENT_TO = (
    "accept/",
    "again/",
    "agree/",
    "analysis/cancel/",
    "analysis/start/",
    "ask/<slug:clause>/",
    "audit/check/",
    "cancelled/",
    "close/",
    "comments/",
    "consent/<slug:kind>/",
    "corrections.jsonl",
    "country/",
    "crisis/",
    "decline/",
    "done/",
    "draft/",
    "drop/",
    "emergency/<uuid:access_id>/",
    "end/",
    "sessions/erase/",
    "goals/<uuid:goal_id>/",
    "held/",
    "helps/<uuid:help_id>/",
    "it-stays/",
    "kept/",
    "leave/",
    "link/",
    "messages/new/",
    "missed/",
    "not-now/",
    "note/",
    "not-right/<uuid:concern_id>/",
    "invitations/<uuid:invitation_id>/",
    "put-back/",
    "read-through/",
    "refuse/",
    "questions/<uuid:question_id>/",
    "resolved/",
    "settled/<uuid:message_id>/",
    "answer/",
    "step/",
    "take-back/",
    "take-back/<uuid:message_id>/",
    "<uuid:thread_id>/new/",
    "threads/<int:line>/",
    "withdraw/",
)
"""How addresses end that only take what is sent; the page with their form is looked at."""

FOR_STRANGERS = {
    "begin/",
    "help-for/<slug:problem>/",
    "i/<str:token>/",
    "i/<str:token>/<slug:step>/",
    "i/<str:token>/people/",
    "i/<str:token>/result/",
}
"""Pages that need no account: looked at below, and in asking for help."""

ON_THE_PATH = {
    *FOR_STRANGERS,
    "invitation/<str:token>/",
    "w/<str:token>/",
    "waiting-room/thanks/",
    "me/sheets/<uuid:sheet_id>/thanks/",
    "clients/<uuid:client_id>/links/<uuid:link_id>/",
    "clients/<uuid:client_id>/sessions/<uuid:session_id>/analysis/progress/",
}
"""Pages that are looked at where they are come by: in the walks that lead past them."""

DEPUTY = {"safety/", "safety/<uuid:answer_id>/", "inbox/", "inbox/<uuid:concern_id>/"}
NOT_IN_THE_STORY = {
    # Whoever has an account in the story has a therapist, and attached nothing.
    "client": {
        "expect/",
        "me/intake/<slug:step>/",
        "me/intake/result/",
        "me/messages/files/<uuid:attachment_id>/",
        "me/people/",
        "me/people/<uuid:person_id>/choose/",
    },
    "therapist": {
        "expect/",
        "clients/<uuid:client_id>/concerns/<uuid:concern_id>/",
        "clients/<uuid:client_id>/messages/files/<uuid:attachment_id>/",
        # It is shared of one session, and the walk comes by another; see test_what_was_said.
        "supervision/sessions/<uuid:session_share_id>/",
    },
    "supervisor": {
        "expect/",
        "clients/<uuid:client_id>/agreement/",
        "clients/<uuid:client_id>/agreement/versions/",
        "clients/<uuid:client_id>/goals/",
        "clients/<uuid:client_id>/helps/",
    },
    # In the story the deputy is the supervisor, and no record is closed.
    "owner": {"expect/", "practice/erase/<uuid:client_id>/", *DEPUTY},
}
"""Pages to which no link leads those people: others look at them, or nobody in the story does."""


WITHOUT_LABEL = """() => [...document.querySelectorAll("input, select, textarea")].filter((one) =>
  one.type !== "hidden" && ![...one.labels].some((label) => label.textContent.trim())
  && !one.ariaLabel && !one.getAttribute("aria-labelledby")).map((one) => one.outerHTML)"""
FOCUSED = "document.activeElement.textContent.trim()"


def nameless(page: Page) -> list[str]:
    """Return what doesn't say what it is; a title that stays in the history names no client."""
    what, _, product = page.title().rpartition(" · ")
    named = [one for one in the_cast().patients if set(one.name.split()) & set(what.split())]
    sound = what and product == "Holdfast" and not named
    wrong = [] if sound else [f"{page.url} is called {page.title()}"]
    return wrong + [f"{page.url} has no label for {one}" for one in page.evaluate(WITHOUT_LABEL)]


def first_by_keyboard(page: Page) -> list[str]:
    """Complain unless the first Tab of a page leads past its navigation."""
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    page.evaluate("document.activeElement.blur()")
    return [] if first == "Skip to the page" else [f"{page.url}: the first Tab leads to {first}"]


def look_at(page: Page, name: str, shots: Path) -> list[str]:
    """Return all that is wrong with a page, and keep a picture of it."""
    wrong = [*first_by_keyboard(page), *nameless(page)]
    wrong += [*violations(page), *scrolls_sideways(page)]
    keep_shot(page, shots, name)
    return wrong


def route_of(path: str) -> str | None:
    try:
        return str(resolve(path).route)
    except Resolver404:
        return None


def links_on(page: Page) -> list[str]:
    """Return where a page leads to, on the same server."""
    here = urlsplit(page.url)
    found = page.eval_on_selector_all(
        "a[href]", "all => all.map((one) => one.getAttribute('href'))"
    )
    ways = (urlsplit(urljoin(page.url, href)) for href in found)
    return [
        way.path for way in ways if way.netloc == here.netloc and not way.path.startswith(ELSEWHERE)
    ]


def walk(page: Page, begin: tuple[str, ...], seen: Counter[str], shots: Path) -> list[str]:
    """Follow every link; look at one page of each kind."""
    address = page.url.rstrip("/")
    wrong: list[str] = []
    waiting, known, mine = deque(begin), set(begin), set[str]()
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route is None or route in mine or (seen[route] and route not in MANY):
            continue
        answer = page.goto(address + path)
        assert answer is not None
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen[route] += 1
        mine.add(route)
        wrong += look_at(page, f"{route or 'home'}-{seen[route]}", shots)
        page.set_viewport_size({"width": DESKTOP.width, "height": DESKTOP.height})
        for one in links_on(page):
            if one not in known:
                known.add(one)
                waiting.append(one)
    return wrong


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_can_be_read_by_everybody(
    role: str, demo: str, open_page: OpenPage, shots: Path
) -> None:
    seen: Counter[str] = Counter()
    wrong = []
    for name in PEOPLE[role]:
        page = open_page(DESKTOP)
        page.goto(demo + "/demo/")
        page.get_by_role("button", name=f"Look as {name}", exact=True).click()
        expect(page).to_have_url(demo + "/")
        begin = (*first_of(page, name), *BEGIN.get(role, ("/",)))
        wrong += walk(page, begin, seen, shots / role)
    assert not wrong, "\n".join(wrong)
    assert pages_of(role) - set(seen) == set()


def first_of(page: Page, name: str) -> list[str]:
    """Return whose page comes first, where only that record has something."""
    links = page.get_by_role("link", name=FIRST[name]).all() if name in FIRST else []
    return [found for one in links[:1] if (found := one.get_attribute("href"))]


def pages_of(role: str) -> set[str]:
    """Return the pages that somebody may open, from the table that no page can be missing in."""
    name = {"client": CLIENT}.get(role, role)
    mine = {route for part in ACCESS.values() for route, who in part.items() if name in who}
    return {one for one in mine - ON_THE_PATH - NOT_IN_THE_STORY[role] if not one.endswith(SENT_TO)}


def test_every_page_that_needs_no_sign_in_can_be_read_by_everybody(
    demo: str, open_page: OpenPage, shots: Path
) -> None:
    page = open_page(DESKTOP)
    wrong = []
    for path in SIGNED_OUT:
        page.goto(demo + path)
        wrong += look_at(page, path, shots / "signed-out")
    assert not wrong, "\n".join(wrong)
