"""What a channel may say instead of sending. Anything else that it raises is tried again later."""

from __future__ import annotations

from typing import Protocol

from workforce.notifications.models import Delivery


class NotNeeded(Exception):
    """There is nothing to send, or nobody to send it to; ``str()`` says why."""


class Refused(Exception):
    """The other side will never take it: no use in trying again."""


class ServerAway(Exception):
    """The server cannot be reached: nothing was sent, and nothing else will be for now. It does not count as a try."""


class Sender(Protocol):
    """Sends deliveries of one channel during one run."""

    def send(self, delivery: Delivery) -> str:
        """Send it; return the provider's number for it, or nothing."""

    def close(self) -> None:
        """End the run; never raises."""
