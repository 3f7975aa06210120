"""The form for a phone on pages that are allauth's: log-in and sign-up."""

from __future__ import annotations

from typing import Any

from django import template

from workforce.accounts import gateway
from workforce.accounts.phone_forms import PhoneForm

register = template.Library()


@register.inclusion_tag("accounts/phone/entry.html", takes_context=True)
def phone_entry(context: dict[str, Any], title: str) -> dict[str, Any]:
    """Draw the way in by phone, or nothing where no texts can be sent."""
    request = context["request"]
    return {
        "form": PhoneForm() if gateway.can_send() else None,
        "title": title,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "csrf_token": context.get("csrf_token", ""),
    }
