"""Text messages: a seam. Whoever has a gateway calls ``configure`` when its app is ready; until then nothing is sent.

from workforce.notifications.channels import sms
sms.configure(send=gateway.send_text, phone_of=proved_phone)
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation

from workforce.accounts.models import User
from workforce.notifications.models import Delivery
from workforce.notifications.outcomes import NotNeeded
from workforce.notifications.rendering import show_all
from workforce.notifications.site import open_address

SendText = Callable[[str, str, str], str]
"""Takes phone, text and a key that is the same for the same message; returns the provider's number. May raise
``Refused`` and ``ServerAway`` of ``outcomes``; what else it raises is tried again."""
PhoneOf = Callable[[User], str | None]
LENGTH = 300  # two parts of a long message, with the address

_gateway: list[tuple[SendText, PhoneOf]] = []


def configure(*, send: SendText, phone_of: PhoneOf) -> None:
    """Send text messages by ``send`` from now on, to the phone that ``phone_of`` returns."""
    _gateway[:] = [(send, phone_of)]


def forget() -> None:
    """Have no gateway again (tests)."""
    _gateway.clear()


def is_configured() -> bool:
    """Whether people can be offered text messages."""
    return bool(_gateway)


class SmsSender:
    """Sends text messages through the gateway, if there is one."""

    def send(self, delivery: Delivery) -> str:
        """Send one text message."""
        if not _gateway:
            raise NotNeeded("not configured")
        send, phone_of = _gateway[0]
        phone = phone_of(delivery.user)
        notification = delivery.notification
        if not phone or notification is None:
            raise NotNeeded("no phone")
        with translation.override(delivery.user.language):
            shown = show_all([notification], delivery.user, outside=True)[0]
        if not shown.url:
            raise NotNeeded("nothing left to tell")
        address = open_address(notification.pk)
        text = f"Puente: {shown.title}"[: LENGTH - len(address) - 1]
        return send(phone, f"{text} {address}", str(delivery.ref))

    def close(self) -> None:
        """Nothing is held open."""
