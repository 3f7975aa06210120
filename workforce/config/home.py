"""The home page: the one page that looks into several apps, and so stands at the composition root."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workforce.employers.models import Role

NEWEST = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Puente is, for whom, where to start, and the newest roles."""
    open_roles = Role.objects.open()
    context = {
        "figures": open_roles.aggregate(
            roles=Count("pk"), openings=Sum(F("openings") - F("hired"), default=0), plants=Count("plant", distinct=True)
        ),
        "newest": open_roles.with_page().order_by("-published_at", "-pk")[:NEWEST],
    }
    return render(request, "home.html", context)
