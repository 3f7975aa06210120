"""A gateway for texts that behaves as badly as it is told to, on a real socket of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Stub:
    """``answers`` are given in turn, the last one for ever: a status, ``"slow"``, ``"garbage"`` or ``"cut"``."""

    def __init__(self) -> None:
        self.answers: list[int | str] = [200]
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.done = Event()
        self.url = ""

    @property
    def sent(self) -> set[str]:
        """What a gateway that keeps to ``Idempotency-Key`` would have sent."""
        return {headers["Idempotency-Key"] for _path, headers, _body in self.requests}


@contextmanager
def running() -> Iterator[Stub]:
    """Run a stub for the length of a ``with``."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.requests.append((self.path, dict(self.headers), body))
            answer = stub.answers.pop(0) if len(stub.answers) > 1 else stub.answers[0]
            if answer == "slow":
                stub.done.wait(5)
            elif answer == "garbage":
                self.wfile.write(b"\x00 this is no HTTP\r\n\r\n")
            elif answer != "cut":
                self.send_response(int(answer))
                self.send_header("Location", f"{stub.url}/elsewhere")
                self.end_headers()
            self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.done.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
