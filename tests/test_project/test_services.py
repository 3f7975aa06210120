"""Real servers can be had for tests that need them."""

from __future__ import annotations

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from tests.services import ServiceUnavailable, main

pytestmark = pytest.mark.services


def test_postgres_url_leads_to_an_empty_database(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as apart:
        tables = apart.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_redis_url_leads_to_a_server_that_keeps_what_it_is_given(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("puente-test", "1", ex=60)
        assert client.get("puente-test") == b"1"
        client.delete("puente-test")
    assert redis_url != settings.REDIS_URL


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_it_was_given() -> None:
    expected = "sqlite" if settings.SQLITE else "postgresql"
    assert connection.vendor == expected


def test_a_command_runs_with_services_that_were_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/x")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    assert main(["--", "sh", "-c", 'test "$DATABASE_URL" = postgres://elsewhere/x']) == 0


def test_a_machine_without_servers_is_told_apart_from_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise ServiceUnavailable("none here")

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("tests.services._postgres_binaries", none)
    assert main(["--", "true"]) == 1
