"""The container files hold together as far as can be told without an engine."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]


def test_web_worker_beat_and_their_servers_are_there() -> None:
    assert {"migrate", "web", "worker", "beat", "postgres", "redis"} <= set(SERVICES)
    assert set(OURS) == {"migrate", "web", "worker", "beat"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_only_for_services_and_keeps_only_declared_volumes(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    for volume in service.get("volumes", []):
        assert volume.split(":")[0] in COMPOSE["volumes"]
    for other, how in service.get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "test" in SERVICES[other]["healthcheck"]


@pytest.mark.parametrize("name", OURS)
def test_a_command_of_ours_names_programs_and_management_commands_that_exist(name: str) -> None:
    words = " ".join(SERVICES[name]["command"])
    for command in re.findall(r"manage\.py (\w+)", words):
        assert command in get_commands()
    program = SERVICES[name]["command"][0]
    assert shutil.which(program) or (Path(sys.executable).parent / program).exists()


def test_no_secret_is_written_into_the_files() -> None:
    secret = re.compile(r"(?:PASSWORD|SECRET_KEY)(?:: |=)(?!\$\{)(\S+)")
    assert secret.findall((ROOT / "docker-compose.yml").read_text(encoding="utf-8")) == []
    assert secret.findall(DOCKERFILE) == ["collectstatic-only"]


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    let_through = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert copied
    for source in copied:
        assert (ROOT / source).exists()
        assert source in let_through


def test_the_image_runs_as_nobody_in_particular_with_locked_packages() -> None:
    assert re.search(r"^USER puente$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
