"""Twenty people at once, each with a connection of their own: what they ask, how long it took."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass, field

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
EDITION = re.compile(r'name="edition" value="(\d+)"')

CASELOAD, RELATIONSHIP, CHECK_IN = "caseload, 60 clients", "relationship page", "check-in post"

RATED = ("goal", "task", "bond", "understood", "safe", "not_judged")


@dataclass(frozen=True, slots=True)
class Filled:
    """What people of the benchmark need: cookies and addresses.

    Attributes
    ----------
    therapist
        A session's key.
    pages
        The relationship pages of the therapist's clients.
    clients
        Who answers: a session's key, and the addresses of open check-ins.
    """

    therapist: str
    pages: tuple[str, ...]
    clients: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Times:
    """Seconds by page, and answers that were not as expected."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Browser:
    """As little of a browser as is needed, so that measuring costs little."""

    port: int
    session: str
    connection: http.client.HTTPConnection = field(init=False)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Connect."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.cookies["sessionid"] = self.session

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Return status, body and seconds of one request."""
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = time.perf_counter() - begun
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text, took


def visit(
    port: int, filled: Filled, *, people: int, seconds: float, think: float, seed: int = 3
) -> Times:
    """Let people work for a while: two in five are clients, the others the therapist.

    Parameters
    ----------
    think
        Mean seconds between an answer and the next click (exponential); 0 is none at all.
    """
    times, until = Times(), time.monotonic() + seconds
    threads = []
    clients = [number for number in range(people) if number % 5 < 2]
    for number in range(people):
        draw = random.Random(seed * 1000 + number)
        if number in clients:
            mine = filled.clients[clients.index(number) :: len(clients)]
            asked = (_client, (port, mine, draw, think, until, times))
        else:
            asked = (_therapist, (port, filled, draw, think, until, times))
        threads.append(threading.Thread(target=asked[0], args=asked[1]))
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return times


def _therapist(
    port: int,
    filled: Filled,
    draw: random.Random,
    think: float,
    until: float,
    times: Times,
) -> None:
    browser = Browser(port, filled.therapist)
    while _thought(draw, think, until):
        status, _, took = browser.ask("/")
        _note(times, CASELOAD, status, took, 200)
        if not _thought(draw, think, until):
            return
        status, _, took = browser.ask(draw.choice(filled.pages))
        _note(times, RELATIONSHIP, status, took, 200)


def _client(
    port: int,
    mine: tuple[tuple[str, tuple[str, ...]], ...],
    draw: random.Random,
    think: float,
    until: float,
    times: Times,
) -> None:
    """Go through the check-ins of clients that nobody else in the benchmark answers for."""
    sheets = [(key, path) for key, waiting in mine for path in waiting]
    for key, path in sheets:
        browser = Browser(port, key)
        if not _thought(draw, think, until):
            return
        _, page, _ = browser.ask(path)
        token, edition = TOKEN.search(page), EDITION.search(page)
        if token is None or edition is None:
            continue  # handed in by an earlier round
        if not _thought(draw, think, until):
            return
        form = {"csrfmiddlewaretoken": token[1], "edition": edition[1], "do": "hand-in"}
        form |= {f"item-{name}": str(draw.randint(5, 9)) for name in RATED}
        status, _, took = browser.ask(path, form | {"item-uncomfortable": "0"})
        _note(times, CHECK_IN, status, took, 302)


def _thought(draw: random.Random, think: float, until: float) -> bool:
    if think:
        time.sleep(min(draw.expovariate(1 / think), max(0.0, until - time.monotonic())))
    return time.monotonic() < until


def _note(times: Times, page: str, status: int, took: float, expected: int) -> None:
    if status == expected:
        times.seconds[page].append(took)
    else:
        times.wrong.append(f"{page}: {status}")
