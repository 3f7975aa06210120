"""A real browser on a real server: readers with their own language and screen, and lists computed by the real code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from matching import snapshots
from matching.editions import forget_workspaces
from matching.engines import forget_engines
from matching.rebuilds import rebuild_now
from matching.tasks import drain_refresh_requests
from tests.e2e.reader import Reader, watch
from workforce.core.kicks import forget_failure
from workforce.skills.search import forget_indexes

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LOCALES = {"es": "es-MX", "en": "en-US"}

OpenReader = Callable[..., Reader]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the whole session; each reader has a context, so cookies, of their own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _own_artefacts(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Keep the fitted engine in a folder of this test, and nothing of the test before in the process."""
    settings.MATCHING_DIR = tmp_path / "matching"
    settings.ALLOWED_HOSTS = ["*"]
    _forget()
    yield
    _forget()


def _forget() -> None:
    forget_engines()
    forget_workspaces()
    forget_failure()
    forget_indexes()
    snapshots._loaded.clear()


@pytest.fixture
def taxonomy(transactional_db: None) -> None:
    """The zones and the taxonomy that Puente ships, loaded as an installation loads them, and a first edition."""
    call_command("load_places", verbosity=0)
    call_command("load_taxonomy", verbosity=0)
    rebuild_now()


@pytest.fixture
def work_off() -> Callable[[], None]:
    """Do what a Celery worker does with the tasks that were sent on commit: work off what is pending."""
    return drain_refresh_requests


@pytest.fixture
def open_reader(browser: Browser, live_server: LiveServer) -> Iterator[OpenReader]:
    """Make readers: ``open_reader("es")`` with a phone, ``open_reader("en", desk=True)`` at a desk.

    At the end of the test the browser must have had nothing to complain about.
    """
    readers: list[Reader] = []

    def open_(language: str, *, desk: bool = False, script: bool = True) -> Reader:
        context = browser.new_context(
            viewport=DESK if desk else PHONE,  # type: ignore[arg-type]
            has_touch=not desk,
            locale=LOCALES[language],
            java_script_enabled=script,
            base_url=live_server.url,
        )
        context.set_default_timeout(15_000)
        reader = Reader(context.new_page(), language)
        watch(reader)
        readers.append(reader)
        return reader

    yield open_
    complaints = [line for reader in readers for line in reader.complaints]
    for reader in readers:
        reader.page.context.close()
    assert not complaints, "\n".join(complaints)
