"""What a save costs while nobody listens where the broker should be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
COUNT_THE_TRIES = """
import socket
import django
django.setup()
tries, connect = [], socket.socket.connect
def counted(self, address):
    tries.append(address)
    return connect(self, address)
socket.socket.connect = counted
from matching.kicks import kick
assert not kick("refresh_technician", technician_id=1)
first = len(tries)
assert not kick("refresh_technician", technician_id=1)
print(first, len(tries) - first)
"""


def test_a_dead_broker_is_tried_at_once_and_then_left_alone(tmp_path: Path) -> None:
    environment = {
        "PUENTE_ENV": "test",
        "PUENTE_VAR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "workforce.config.settings",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-c", COUNT_THE_TRIES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = map(int, done.stdout.split())
    assert 1 <= first <= 2  # the Redis client itself looks twice
    assert second == 0
