"""Shows the text on the console of a laptop or of the demonstration; in production it refuses to."""

from __future__ import annotations

import sys

from django.conf import settings

from workforce.accounts.gateway.base import Gateway, GatewayError


class ConsoleGateway(Gateway):
    """Prints. A log of production must never hold a code."""

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Print the text, except in production."""
        if settings.PRODUCTION:
            raise GatewayError("The console shows no codes in production: set PHONE_GATEWAY_URL.", again=False)
        sys.stdout.write(f"--- text to {to}: {text}\n")
        sys.stdout.flush()
