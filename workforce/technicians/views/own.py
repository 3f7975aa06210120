"""Whose profile a page is about: always the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from workforce.accounts.models import User
from workforce.technicians.choices import GONE
from workforce.technicians.models import Technician


def reader(request: HttpRequest) -> User:
    """Return the user; LoginRequiredMiddleware has sent everybody else to log in."""
    return cast(User, request.user)


def own_technician(request: HttpRequest) -> Technician | None:
    """Return the reader's own profile, or None for somebody who has none."""
    found: Technician | None = (
        Technician.objects.exclude(state__in=GONE).filter(user=reader(request)).select_related("zone").first()
    )
    return found


def with_profile(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the reader's profile; without one, they start by making it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        technician = own_technician(request)
        return redirect("profile") if technician is None else view(request, technician, *args, **kwargs)

    return guarded


def address_of(name: str, fallback: str) -> str:
    """Return the address of a page that a higher layer brings, or of ``fallback`` where it is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(fallback)
