"""What a newcomer meets first: clear words when Python or the port is not what it must be, and one good start."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.services import free_port

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the set-up script and locks that need nothing from a network."""
    (tmp_path / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci/setup", tmp_path / ".ci/setup")
    (tmp_path / "requirements.lock").write_text("")
    return tmp_path


def set_up(clone: Path, path: str, kind: str = "run") -> subprocess.CompletedProcess[str]:
    """Run the set-up script with nothing on the path but ``path`` and the basic tools."""
    return subprocess.run(
        ["/bin/sh", ".ci/setup", kind], cwd=clone, env={"PATH": path}, capture_output=True, text=True, check=False
    )


def tools_without_python(folder: Path) -> Path:
    """A folder with the tools that the script calls, but no Python."""
    folder.mkdir()
    for name in ("dirname", "rm", "cat"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def program(folder: Path, name: str, text: str) -> None:
    """Put a shell script on a path."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_a_machine_without_python_is_told_so(clone: Path) -> None:
    done = set_up(clone, str(tools_without_python(clone / "bin")))
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and there is no python3" in done.stderr


def test_an_old_python_is_named_with_its_version(clone: Path) -> None:
    tools = tools_without_python(clone / "bin")
    program(tools, "python3", 'case "$1" in -V) echo Python 3.9.2;; *) exit 1;; esac')
    done = set_up(clone, str(tools))
    assert done.returncode == 1
    assert "is Python 3.9.2" in done.stderr


def test_a_python_without_venv_gets_the_name_of_the_package(clone: Path) -> None:
    tools = tools_without_python(clone / "bin")
    program(tools, "python3", 'case "$2" in *venv*) exit 1;; *) exit 0;; esac')
    done = set_up(clone, str(tools))
    assert done.returncode == 1
    assert "lacks the venv module" in done.stderr
    assert "python3-venv" in done.stderr


@pytest.mark.slow
def test_the_second_set_up_does_nothing_and_a_changed_lock_does_it_again(clone: Path) -> None:
    tools = tools_without_python(clone / "bin")
    (tools / "python3").symlink_to(sys.base_prefix + "/bin/python3")
    first = set_up(clone, str(tools))
    assert first.returncode == 0, first.stderr
    assert "Installing" in first.stdout
    assert set_up(clone, str(tools)).stdout == ""
    (clone / "requirements.lock").write_text("# changed\n")
    assert "Installing" in set_up(clone, str(tools)).stdout


def environment(tmp_path: Path, port: int) -> dict[str, str]:
    """What ``make run`` sets, with a folder and a port of the test's own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PUENTE_ENV": "demo",
        "PUENTE_VAR": str(tmp_path),
        "LOG_LEVEL": "WARNING",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    command = [sys.executable, "-m", "workforce.config.prepare"]
    variables = environment(tmp_path, 0) | {"PORT": port}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "must be a number from 1 to 65535" in done.stderr


def test_a_port_that_is_taken_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "workforce.config.prepare"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(tmp_path, port), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "make run PORT=" in done.stderr
    assert not list(tmp_path.glob("*.sqlite3"))


@contextmanager
def one_process(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run the single process on an empty, migrated database."""
    variables = environment(tmp_path, port)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=variables, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:workforce.config.one_process", "workforce.config.wsgi"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for(process: subprocess.Popen[str], port: int, path: str) -> int:
    """Return the status of ``path`` once the process listens."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    pytest.fail("the single process did not answer")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_web_worker_and_beat_run_in_one_process_and_end_together(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    with one_process(tmp_path, port) as process:
        assert wait_for(process, port, "/health/ready") == 200
        assert wait_for(process, port, "/accounts/login/") == 200
        process.send_signal(how)
        assert process.wait(30) == 0
    told = (tmp_path / "log").read_text()
    assert f"Puente is ready: http://localhost:{port}/" in told
    assert "tecnica@demo.puente.test" in told
    assert "Traceback" not in told
    assert list(tmp_path.glob("celerybeat-schedule*")), "beat kept its schedule in the folder of the place"


def test_the_makefile_offers_what_the_readme_promises() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "test-services", "check", "fix", "e2e", "bench", "lock"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
