"""The settings are safe unless somebody says otherwise, and every name they read is documented."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
GOOD_KEY = "k3Yq0wN8zT5uR2vX7bM4cJ1hL6gF9dS-aPoIuYtReWqAsDfGhJkLzXcVbNm"
LOOK_AT_THE_HOME_PAGE = """
import json, django
django.setup()
from django.test import Client
from django.conf import settings
plain = Client().get("/health/live", headers={"host": "puente.example"})
redirected = Client().get("/es/roles/", headers={"host": "puente.example"})
secure = Client().get("/health/live", secure=True, headers={"host": "puente.example"})
stranger = Client().get("/health/live", secure=True, headers={"host": "evil.example"})
print(json.dumps({
    "plain": plain.status_code, "redirected": redirected.status_code, "to": redirected.headers.get("Location"),
    "stranger": stranger.status_code, "headers": dict(secure.headers),
    "debug": settings.DEBUG, "logins": len(settings.DEMO_LOGINS),
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
}))
"""


def run_in(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own with nothing of Puente's set but ``environment``."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PUENTE_VAR": str(tmp_path / "var")}
    clean["DJANGO_SETTINGS_MODULE"] = "workforce.config.settings"
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_production_does_not_start_without_a_secret_key(tmp_path: Path) -> None:
    done = run_in(tmp_path, "manage.py", "check")
    assert done.returncode != 0
    assert "SECRET_KEY is required" in done.stderr


def test_an_unknown_kind_of_place_is_refused_with_the_list_of_known_ones(tmp_path: Path) -> None:
    done = run_in(tmp_path, "manage.py", "check", PUENTE_ENV="staging")
    assert done.returncode != 0
    assert "it must be one of production, demo, dev, test" in done.stderr


@pytest.mark.slow
def test_production_answers_over_https_only_and_with_every_safety_header(tmp_path: Path) -> None:
    production = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "puente.example"}
    collected = run_in(tmp_path, "manage.py", "collectstatic", "--noinput", "--verbosity", "0", **production)
    assert collected.returncode == 0, collected.stderr
    done = run_in(tmp_path, "-c", LOOK_AT_THE_HOME_PAGE, **production)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["debug"] is False
    assert seen["logins"] == 0
    assert seen["cookies"] == [True, True, True]
    assert seen["plain"] == 200, "a health check comes from inside, without TLS"
    assert (seen["redirected"], seen["to"]) == (301, "https://puente.example/es/roles/")
    assert seen["stranger"] == 400
    headers = seen["headers"]
    assert int(re.findall(r"max-age=(\d+)", headers["Strict-Transport-Security"])[0]) >= 31_536_000
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_djangos_own_check_of_a_deployment_has_nothing_to_say(tmp_path: Path) -> None:
    done = run_in(
        tmp_path,
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY=GOOD_KEY,
        ALLOWED_HOSTS="puente.example",
        DATABASE_URL="postgres://puente@localhost/puente",
        REDIS_URL="redis://localhost/0",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_deployment_without_broker_and_database_of_its_own_is_told_so(tmp_path: Path) -> None:
    done = run_in(tmp_path, "manage.py", "check", "--deploy", SECRET_KEY=GOOD_KEY, ALLOWED_HOSTS="puente.example")
    assert done.returncode != 0
    assert "puente.E001" in done.stderr
    assert "puente.E002" in done.stderr


@pytest.mark.parametrize("page", ["docs/settings.md"])
def test_every_name_that_the_settings_read_is_documented(page: str) -> None:
    source = (ROOT / "workforce/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", source))
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / page).read_text(encoding="utf-8")))
    assert read - told == set()


def test_every_name_of_the_example_environment_is_documented() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8")))
    assert names - told == set()
