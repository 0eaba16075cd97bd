"""A practice in a folder of its own, worked with by the real command line, in real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = "import sys; from holdfast.cli import main; sys.argv[0] = 'holdfast'; main()"
COMMANDS = """
import json, sys
from holdfast.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["holdfast", *words]
    try:
        main()
    except SystemExit as left:
        if left.code:
            raise
"""
DJANGO = """
import os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast_web.settings"
django.setup()
from holdfast_web.vault.keys import opened
with opened():
    exec(compile(sys.stdin.read(), "test", "exec"), {"__name__": "test"})
"""
CLIENTS = """
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
tessa = Person.objects.filter(role=Role.THERAPIST).first() or Person.objects.create_person(
    email="tessa@example.org", name="Tessa", role=Role.THERAPIST)
for number in range({count}):
    open_record(by=tessa, name=f"Client {{number}}", therapist=tessa, brings="A planted sentence.")
"""
NAMES = """
from holdfast_web.care.models import Client
rows = Client.objects.for_the_practice("a test")
print(sorted(one.name for one in rows.filter(erased_at=None)))
"""


@dataclass
class Home:
    """A practice's home."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, said: str = "", code: int | None = 0) -> str:
        """Run ``holdfast``; return what it printed."""
        return self.process(COMMAND, *words, said=said, code=code)

    def run_each(self, *commands: str) -> str:
        """Run several commands that go well, in one process; return what they printed."""
        return self.process(COMMANDS, json.dumps([one.split() for one in commands]))

    def python(self, script: str, code: int | None = 0) -> str:
        """Run a script in the practice."""
        return self.process(DJANGO, said=script, code=code)

    def process(self, program: str, *words: str, said: str = "", code: int | None = 0) -> str:
        """Run Python in this home, and look at its exit status."""
        ran = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", program, *words],
            input=said,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        printed = ran.stdout + ran.stderr
        assert code is None or ran.returncode == code, printed
        return printed

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes: nothing of the tests' own practice."""
        kept = {key: one for key, one in os.environ.items() if not key.startswith("HOLDFAST_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        return {**kept, "HOLDFAST_HOME": str(self.path), "NO_COLOR": "1", **self.environment}

    def set_up(self, clients: int = 0) -> Home:
        """Make a new practice, with clients."""
        told = ("--practice", "Quay", "--name", "Ola Owner", "--email", "ola@example.org")
        self.run("setup", *told)
        if clients:
            self.python(CLIENTS.format(count=clients))
        return self

    def names(self) -> str:
        """Return the names of all clients, as they open."""
        return self.python(NAMES).strip()


def at(path: Path, **environment: str) -> Home:
    """Return a home that isn't there yet."""
    return Home(path, environment)
