"""How codes get to phones: one interface, chosen by settings."""

from django.conf import settings

from workforce.accounts.gateway.base import Gateway, GatewayError
from workforce.accounts.gateway.console import ConsoleGateway
from workforce.accounts.gateway.http import HttpGateway

__all__ = ("Gateway", "GatewayError", "can_send", "current_gateway")


def can_send() -> bool:
    """Whether texts can be sent from here: log-in by phone is offered only then."""
    return bool(settings.PHONE_GATEWAY_URL) or not settings.PRODUCTION


def current_gateway() -> Gateway:
    """Return the gateway that the settings name."""
    if settings.PHONE_GATEWAY_URL:
        return HttpGateway(
            settings.PHONE_GATEWAY_URL,
            header=settings.PHONE_GATEWAY_HEADER,
            timeout=settings.PHONE_GATEWAY_TIMEOUT,
        )
    return ConsoleGateway()
