"""Settings of the test suite: the one settings file, under an environment made for tests.

DATABASE_URL and REDIS_URL are taken as they are given, so that the same suite runs on SQLite and against real servers.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

os.environ["PUENTE_ENV"] = "test"
os.environ.pop("DEBUG", None)
# Playwright's own event loop runs in the thread of the test; Django must not mistake that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Nothing that a test writes may reach the working copy.
_var = Path(tempfile.mkdtemp(prefix="puente-tests-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["PUENTE_VAR"] = str(_var)

# Each xdist worker has a numbered Redis database of its own: clearing the cache in one must not empty another's queue.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if os.environ.get("REDIS_URL"):
    _parts = urlsplit(os.environ["REDIS_URL"])
    os.environ["REDIS_URL"] = urlunsplit(_parts._replace(path=f"/{int(_worker) + 1}"))

from tests.strict_templates import UndefinedVariable
from workforce.config.settings import *  # noqa: F403
from workforce.config.settings import BASE_DIR, DATABASES, REST_FRAMEWORK, SQLITE, STATIC_ROOT, TEMPLATES

STATIC_ROOT.mkdir(exist_ok=True)  # empty, but whitenoise wants to see it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if SQLITE:
    # A file and not memory: write-ahead log and IMMEDIATE transactions are then tested as they run.
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test.sqlite3")}

_options: dict[str, Any] = TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]
_options["string_if_invalid"] = UndefinedVariable.for_templates_under(BASE_DIR)

# Rates are tested by tests of their own, which set them.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"anon": None, "user": None, "explain": None}
PREVIEW_RATE = None
ACCOUNT_RATE_LIMITS = False

# Every test client builds the middleware anew; looking for all static files each time would cost 0.1 s a test.
WHITENOISE_AUTOREFRESH = True
