"""A card on the page: what was noticed, what it may mean, what to consider, say and avoid."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.instruments.words import small
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.trajectory.words import Noticed, sessions_in_words
from holdfast.trajectories.cards import Evidence
from holdfast.trajectories.rules import rule


def draw_card(noticed: Noticed, place: int, key: str, *, folded: bool) -> Markup:
    """Return a card; a folded one shows its title and opens with a click."""
    card = noticed.card
    where = sessions_in_words(signal.session for signal in noticed.signals)
    title = tag(
        "summary",
        tag("span", str(place), class_="place"),
        tag("span", card.title, class_="title"),
        tag("span", where, class_="where"),
        id=f"note-{key}-{place}",
    )
    last = noticed.signals[-1]
    return tag(
        "details",
        title,
        tag("p", last.reason, class_="reason"),
        tag("p", card.safety, class_="first") if card.safety else None,
        tag(
            "div",
            _list("It may mean", card.may_mean),
            _list("What you might do", card.consider),
            _said(card.say),
            _list("Better not", card.avoid),
            class_="columns",
        ),
        _paragraph("When to take it to supervision", card.supervision),
        _paragraph("What the client may read", card.client) if card.client else None,
        _evidence(card.sources),
        tag("p", f"The signal does not mean: {small(rule(last.name).not_meaning)}", class_="fine"),
        class_="card alert" if noticed.alert else "card",
        open=not folded,
    )


def _list(title: str, lines: Iterable[str]) -> Markup:
    return tag("div", tag("h4", title), tag("ul", *(tag("li", line) for line in lines)))


def _said(lines: Iterable[str]) -> Markup:
    quotes = (tag("p", f"“{line}”") for line in lines)
    return tag("div", tag("h4", "Words to borrow"), tag("blockquote", *quotes))


def _paragraph(title: str, words: str) -> Markup:
    return tag("div", tag("h4", title), tag("p", words))


def _evidence(sources: Iterable[Evidence]) -> Markup:
    items = (
        tag(
            "li", f"{one.claim} ", tag("cite", one.cite), " ", tag("span", one.url, class_="source")
        )
        for one in sources
    )
    return tag(
        "div",
        tag("h4", "What research says, of groups"),
        tag("ul", *items, class_="evidence"),
    )
