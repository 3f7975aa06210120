"""Asks this machine's web process whether it is ready: ``python -m workforce.config.healthcheck`` (for containers)."""

from __future__ import annotations

import http.client
import os
import sys


def main() -> int:
    """Return 0 when ``/health/ready`` answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        # The probe comes from inside: name a host that the site answers to.
        host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".*") or "localhost"
        connection.request("GET", "/health/ready", headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
