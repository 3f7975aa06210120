"""What a way of sending texts to phones must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod


class GatewayError(Exception):
    """The gateway did not take the message. ``again`` says whether another try could help."""

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


class Gateway(ABC):
    """Sends a short text to a number."""

    @abstractmethod
    def send(self, *, to: str, text: str, reference: str) -> None:
        """Hand ``text`` over for ``to`` (E.164). ``reference`` is the same on a second try. Raises GatewayError."""
