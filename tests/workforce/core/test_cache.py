"""The cache answers while Redis does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from tests.factories import PASSWORD, UserFactory
from tests.services import free_port
from workforce.core.cache import SteadyRedisCache


@pytest.fixture
def nobody_there() -> str:
    """The address of a Redis that is not running."""
    return f"redis://127.0.0.1:{free_port()}/0"


def test_everything_is_kept_in_memory_while_nobody_answers(nobody_there: str) -> None:
    cache = SteadyRedisCache(nobody_there, {})
    assert cache.get("a", "none") == "none"
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert cache.incr("a") == 2
    cache.set_many({"b": [3], "c": "4"})
    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 2, "b": [3], "c": "4"}
    assert cache.has_key("b")
    assert cache.touch("b")
    assert cache.delete("b")
    cache.delete_many(["c"])
    assert cache.get_many(["b", "c"]) == {}
    cache.clear()
    assert cache.get("a") is None


@pytest.mark.services
def test_what_a_running_redis_holds_is_asked_again_once_it_is_back(nobody_there: str, redis_url: str) -> None:
    away, there = SteadyRedisCache(nobody_there, {}), SteadyRedisCache(redis_url, {})
    there.set("kept", 1)
    assert SteadyRedisCache(redis_url, {}).get("kept") == 1
    away.set("kept", 2)
    client: Any = away._cache
    assert client._silent_until > 0
    client._silent_until = 1e-9  # the pause is over
    client._servers, client._pools = [redis_url], {}
    assert away.get("kept") == 1
    assert client._memory._cache == {}


@pytest.mark.django_db
def test_a_person_logs_in_and_reads_the_api_while_redis_is_down(nobody_there: str) -> None:
    person = UserFactory()
    caches = {"default": {"BACKEND": "workforce.core.cache.SteadyRedisCache", "LOCATION": nobody_there}}
    with override_settings(CACHES=caches, ACCOUNT_RATE_LIMITS={"login_failed": "10/m/ip,5/300s/key"}):
        client = Client()
        answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        assert answer.status_code == 302
        assert client.get("/api/v1/roles/").status_code == 200
