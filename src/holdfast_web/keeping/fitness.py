"""Whether a practice is fit to be opened to people: Django's own checks, and ours, in words."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from holdfast_web.audit.chain import verify
from holdfast_web.care.context import the_practice
from holdfast_web.home import home, keyring_file
from holdfast_web.keeping.databases import has_practice
from holdfast_web.vault.keyring import KeyringError, keyring
from holdfast_web.vault.keys import unreadable_keys
from holdfast_web.vault.models import ClientKey


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    ok
        Whether it is well.
    sentence
        What was found.
    remedy
        What to do, where it isn't.
    """

    ok: bool
    sentence: str
    remedy: str = ""


def fitness() -> tuple[Finding, ...]:
    """Look at everything that must be well before people come in."""
    keys = list(_keys())
    found = [*keys, *_settings(), *_django(has_keys=keys[0].ok)]
    database = list(_database())
    if all(one.ok for one in database):
        for look in LOOKS:
            database += look()
    return (*found, *database)


def _keys() -> Iterator[Finding]:
    try:
        keyring()
    except KeyringError as error:
        yield Finding(False, "The keys can't be read.", str(error))
        return
    yield Finding(True, "The keys are there.")
    folder = home()
    if folder.exists() and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            False, f"Others on this machine may look into {folder}.", f"chmod 700 {folder}"
        )
    else:
        yield Finding(True, f"Others here can't look into {folder}.")


def _settings() -> Iterator[Finding]:
    yield _either(
        not settings.DEBUG,
        "Error pages show nothing of what went wrong.",
        "HOLDFAST_DEBUG is on: error pages show what is in memory.",
        "Take HOLDFAST_DEBUG away.",
    )
    yield _either(
        not settings.DEMO,
        "This is no demo.",
        "HOLDFAST_DEMO is on: anybody can sign in as anybody.",
        "Take HOLDFAST_DEMO away, and keep the demo in another home.",
    )
    yield _either(
        settings.HTTPS and settings.ADDRESS.startswith("https://"),
        f"People come in by {settings.ADDRESS}, encrypted on the way.",
        f"The address {settings.ADDRESS} isn't encrypted on the way.",
        "Set HOLDFAST_ADDRESS to https://… and HOLDFAST_HTTPS to 1, behind a server that does TLS.",
    )
    host = urlsplit(settings.ADDRESS).hostname or ""
    yield _either(
        validate_host(host, settings.ALLOWED_HOSTS),
        f"The server answers to {host}.",
        f"The server doesn't answer to {host}.",
        f"Add it to HOLDFAST_HOSTS, such as HOLDFAST_HOSTS={host}",
    )
    yield _either(
        bool(settings.EMAIL_HOST),
        f"E-mail goes out by {settings.EMAIL_HOST}.",
        "E-mail goes nowhere but to the screen: invitations and reminders don't arrive.",
        "Set HOLDFAST_SMTP_HOST, HOLDFAST_SMTP_USER, HOLDFAST_SMTP_PASSWORD_FILE, HOLDFAST_FROM.",
    )


def _django(*, has_keys: bool) -> Iterator[Finding]:
    said = [
        one
        for one in run_checks(include_deployment_checks=True)
        # Said already, in words that help: there are no keys.
        if has_keys or one.id != "security.W009"
    ]
    for one in said:
        yield Finding(False, f"Django says: {one.msg}", str(one.hint or ""))
    if not said:
        yield Finding(True, "Django's own checks for deployment find nothing.")


def _database() -> Iterator[Finding]:
    try:
        if not has_practice():
            yield Finding(False, f"There is no practice in {home()}.", "holdfast setup")
            return
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        yield Finding(False, "The database can't be reached.", "Look at HOLDFAST_DATABASE.")
        return
    yield _either(
        not plan,
        "The database is up to date.",
        f"The database waits for {len(plan)} change(s).",
        "holdfast serve makes them when it starts; a new practice begins with holdfast setup.",
    )


def _client_keys() -> Iterator[Finding]:
    bad, count = unreadable_keys(), ClientKey.objects.count()
    yield _either(
        not bad,
        f"All {count} client keys open.",
        f"{len(bad)} of {count} client keys don't open with this keyring.",
        f"Put back the keyring that belongs to this database, at {keyring_file()}.",
    )


def _audit() -> Iterator[Finding]:
    found = verify()
    yield _either(
        not found.problems,
        f"The audit holds, with {found.events} events.",
        "The audit doesn't hold.",
        "See where: holdfast audit verify",
    )


def _practice() -> Iterator[Finding]:
    practice = the_practice()
    if practice is None:
        yield Finding(False, "There is no practice yet.", "holdfast setup")
        return
    yield _either(
        practice.crisis_confirmed_on is not None and bool(practice.crisis.get("emergency")),
        f"Somebody called the numbers for help on {practice.crisis_confirmed_on}.",
        "Nobody has called the numbers for help that every page shows.",
        "Call each of them, then confirm it: Settings, Crisis help.",
    )
    yield _either(
        practice.deputy is not None,
        "A deputy sees answers about safety when a therapist doesn't.",
        "No deputy is named: an answer about safety reaches the therapist alone.",
        "Name one: Settings, Deputy.",
    )


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_client_keys, _audit, _practice)


def _either(well: bool, good: str, bad: str, remedy: str) -> Finding:
    return Finding(True, good) if well else Finding(False, bad, remedy)
