"""How often something may be done, counted in rows so that all web processes count together."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from workforce.accounts.models import RateCount


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times for this key in each window of ``seconds``."""

    scope: str
    key: str
    most: int
    seconds: int

    @property
    def stored_key(self) -> str:
        """The key as it is kept, hashed with the site's key: who has only the table cannot try all numbers."""
        digest = salted_hmac("puente.limit", f"{self.scope}:{self.key}", algorithm="sha256").hexdigest()
        return f"{self.scope}:{self.seconds}:{digest[:40]}"


def take(limits: Iterable[Limit]) -> Limit | None:
    """Count one more for each limit; return the first that is used up, or None when all allow it."""
    return next((limit for limit in limits if not _take(limit)), None)


def _take(limit: Limit) -> bool:
    now = timezone.now()
    start = datetime.fromtimestamp(now.timestamp() // limit.seconds * limit.seconds, tz=UTC)
    row = {"key": limit.stored_key, "window": start}
    RateCount.objects.get_or_create(**row, defaults={"ends_at": start + timedelta(seconds=limit.seconds)})
    # One conditional write: of two processes at the last free place, one gets it.
    return bool(RateCount.objects.filter(**row, count__lt=limit.most).update(count=F("count") + 1))


def address_of(request: HttpRequest) -> str:
    """Return the caller's address as the API counts it (NUM_PROXIES); of IPv6 the network, which one house has."""
    found = BaseThrottle().get_ident(request) or ""  # type: ignore[arg-type]
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found[:60]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def forget_old_counts() -> int:
    """Delete counts of windows that are over; return how many."""
    return RateCount.objects.filter(ends_at__lt=timezone.now() - timedelta(hours=1)).delete()[0]
