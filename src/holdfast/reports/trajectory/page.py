"""The page of trajectories: one self-contained HTML file to read, print and keep.

Made for a therapist to look at, alone or together with the client. It loads nothing, sends
nothing and runs no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from string import Template

from holdfast.instruments.words import UNVALIDATED, small
from holdfast.reports.html import asset as session_asset
from holdfast.reports.html import policy
from holdfast.reports.page.markup import Markup, join, tag, text
from holdfast.reports.trajectory.card import draw_card
from holdfast.reports.trajectory.numbers import numbers_table
from holdfast.reports.trajectory.picture import draw_trajectory
from holdfast.reports.trajectory.words import (
    NO_SIGNALS,
    TOO_FEW,
    change_in_words,
    gap_in_words,
    name_of,
    noticed,
)
from holdfast.trajectories.trajectory import CaseTrajectories, Trajectory

STYLES = ("page.css", "picture.css", "print.css")
LIMITS = (
    "A rating is what somebody answered on one day. Kindness, haste and a bad week are in it too.",
    "High ratings do not prove that all is well: saying something critical takes trust.",
    "A signal points at ratings, never at a person. What happened, only the two of you can say.",
    "How often these signals are right was tried on simulated ratings, not yet on real ones.",
    "It is no diagnosis and no forecast, and it compares no therapists.",
)


def render_page(cases: Iterable[CaseTrajectories], source: str = "") -> str:
    """Return the page of one client or of several.

    Parameters
    ----------
    cases
        From :func:`holdfast.trajectories.trajectory.follow`.
    source
        Name of the file that the ratings came from.
    """
    shown = tuple(cases)
    style = "".join((*map(session_asset, STYLES), asset("trajectory.css")))
    return Template(asset("page.html")).substitute(
        policy=policy(style, ""),
        source=text(source),
        style=style,
        nav=_nav(shown) or "",
        sections=join((_case(one, place) for place, one in enumerate(shown)), "\n"),
        limits=join(tag("li", one) for one in LIMITS),
    )


@cache
def asset(name: str) -> str:
    """Return one of the page's files."""
    folder = files("holdfast.reports.trajectory") / "assets"
    return (folder / name).read_text(encoding="utf-8")


def _nav(cases: tuple[CaseTrajectories, ...]) -> Markup | None:
    if len(cases) < 2:
        return None
    links = (
        tag("li", tag("a", tag("bdi", name_of(one)), href=f"#client-{place}"))
        for place, one in enumerate(cases)
    )
    return tag("nav", tag("ul", *links), aria_label="Clients")


def _case(case: CaseTrajectories, place: int) -> Markup:
    heading = f"client-{place}"
    return tag(
        "section",
        tag("h2", tag("bdi", name_of(case)), id=heading) if case.client else None,
        _safety(case),
        *(_trajectory(one, f"{place}-{n}") for n, one in enumerate(case.trajectories)),
        aria_labelledby=heading if case.client else None,
        aria_label=None if case.client else "Ratings",
    )


def _safety(case: CaseTrajectories) -> Markup | None:
    if not case.safety:
        return None
    items = (
        tag("li", tag("strong", f"Session {session}: "), f"{flag.title}.")
        for session, flag in case.safety
    )
    return tag(
        "div",
        tag("h3", "Please look at these answers first"),
        tag("ul", *items),
        class_="safety",
    )


def _trajectory(one: Trajectory, key: str) -> Markup:
    found = noticed(one)
    flags: dict[int, list[str]] = {}
    for place, each in enumerate(found, start=1):
        for session in dict.fromkeys(signal.session for signal in each.signals):
            flags.setdefault(session, []).append(str(place))
    drawing = draw_trajectory(one, {session: " ".join(all_) for session, all_ in flags.items()})
    return tag(
        "article",
        tag("h3", one.instrument.title, id=f"course-{key}", class_="instrument"),
        tag("p", *_about(one), class_="note"),
        tag(
            "div",
            drawing,
            class_="drawing",
            tabindex="0",
            role="region",
            aria_label=f"Picture of {one.instrument.title}; scrolls sideways on a narrow screen",
        ),
        _legend(one, flags=bool(flags)),
        *(tag("p", line, class_="change") for line in change_in_words(one)),
        tag("p", gap_in_words(one.gap), class_="change") if gap_in_words(one.gap) else None,
        numbers_table(one),
        *_cards(one, key),
        aria_labelledby=f"course-{key}",
    )


def _about(one: Trajectory) -> Iterator[Markup | str]:
    yield f"{one.instrument.measures}. "
    if one.instrument.status == "unvalidated":
        yield tag("strong", f"{UNVALIDATED} ")
    yield tag("span", f"What it does not say: {small(one.instrument.not_meaning)}", class_="fine")


def _legend(one: Trajectory, *, flags: bool) -> Markup:
    entries = [_entry(tag("circle", cx=9, cy=9, r=5, class_="full"), "the client's rating")]
    if any(rating.guess is not None for rating in one.course.ratings):
        entries.append(
            _entry(tag("circle", cx=9, cy=9, r=5.5, class_="open"), "the therapist's guess")
        )
    if any(one.bands):
        band = tag("polygon", points="1,4 17,4 17,14 1,14", class_="band")
        entries.append(_entry(band, "where eight in ten lie here after such a start"))
    if any(episode.firm for episode in one.episodes):
        line = tag("line", x1=1, x2=17, y1=9, y2=9, class_="episode")
        entries.append(_entry(line, "a drop, until it was back"))
    if flags:
        entries.append(_entry(tag("text", "1", x=5, y=14, class_="flag"), "a note below"))
    return tag("ul", *entries, class_="legend", aria_label="What the shapes mean")


def _entry(drawn: Markup, words: str) -> Markup:
    key = tag("svg", drawn, viewBox="0 0 18 18", width="18", height="18", aria_hidden="true")
    return tag("li", key, tag("span", words))


def _cards(one: Trajectory, key: str) -> Iterator[Markup]:
    found = noticed(one)
    if not found:
        yield tag("p", TOO_FEW if len(one.course) < 2 else NO_SIGNALS, class_="note")
    for place, each in enumerate(found, start=1):
        yield draw_card(each, place, key, folded=place > 1)
