"""Any gateway for SMS or WhatsApp that takes a POST of JSON: ``{"to", "text", "reference"}``."""

from __future__ import annotations

import http.client
import json
import time
from urllib.parse import urlsplit

from workforce.accounts.gateway.base import Gateway, GatewayError

PAUSES = (0.2, 1.0)  # seconds before the second and the third try
SENT = range(200, 300)
BUSY = frozenset({408, 425, 429})


class HttpGateway(Gateway):
    """POSTs to one address with one header (``Authorization: Bearer ...``). Follows no redirect with it."""

    def __init__(self, url: str, *, header: str = "", timeout: float = 5.0, pauses: tuple[float, ...] = PAUSES) -> None:
        self.url = urlsplit(url)
        if self.url.scheme not in ("http", "https") or not self.url.hostname:
            raise ValueError("PHONE_GATEWAY_URL must be an http or https address.")
        name, _, value = header.partition(":")
        self.headers = {"Content-Type": "application/json"} | ({name.strip(): value.strip()} if value else {})
        self.timeout = timeout
        self.pauses = pauses

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Hand the text over; another try when the gateway is away or busy. Raises GatewayError."""
        body = json.dumps({"to": to, "text": text, "reference": reference}).encode()
        headers = self.headers | {"Idempotency-Key": reference}
        for pause in (*self.pauses, None):
            try:
                self._post(body, headers)
            except GatewayError as error:
                if pause is None or not error.again:
                    raise
                time.sleep(pause)
            else:
                return

    def _post(self, body: bytes, headers: dict[str, str]) -> None:
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.url.hostname or "", self.url.port, timeout=self.timeout)
        path = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
        try:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            # Neither number nor text: this is written to logs.
            raise GatewayError(f"The gateway did not answer ({type(error).__name__}).", again=True) from error
        finally:
            connection.close()
        if status not in SENT:
            raise GatewayError(f"The gateway answered {status}.", again=status >= 500 or status in BUSY)
