"""Makes a newcomer's database ready: ``python -m workforce.config.prepare``, which ``make run`` calls.

One process for all the steps, because starting Django is what takes the time. Every step can be run again.
"""

from __future__ import annotations

import os
import socket
import sys

STEPS = ("migrate", "load_notices", "load_places", "load_taxonomy", "make_demo")


def address() -> tuple[str, int]:
    """Return the host and port to serve on, from HOST and PORT; raise SystemExit, saying why, if they are bad."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SystemExit(f"PORT is {port!r}; it must be a number from 1 to 65535.")
    return host, int(port)


def require_free_port() -> None:
    """Raise SystemExit with a clear message when somebody else listens on the address already."""
    host, port = address()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise SystemExit(
            f"Puente cannot listen on {host}:{port} ({error.strerror or error}). "
            f"Is it running already? Another port: make run PORT={port + 1 if port < 65535 else 8001}"
        ) from None


def main() -> None:
    """Check the address, then bring the database up to date and fill it with the demonstration."""
    require_free_port()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty, but whitenoise wants to see it
    for step in STEPS:
        sys.stdout.write(f"- {step}\n")
        sys.stdout.flush()
        call_command(step, verbosity=0)


if __name__ == "__main__":
    main()
