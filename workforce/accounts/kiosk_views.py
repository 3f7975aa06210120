"""Pages of kiosk mode: begin, rest, be done, end."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts import kiosk
from workforce.accounts.models import Organization, User


class StartForm(forms.Form):
    """Whose tablet it is."""

    organization = forms.ModelChoiceField(
        label=_("Whose tablet is it?"), queryset=Organization.objects.none(), empty_label=None, to_field_name="slug"
    )

    def __init__(self, *args: object, organizations: QuerySet[Organization], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cast(forms.ModelChoiceField, self.fields["organization"]).queryset = organizations


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A member makes this browser one that people share; it logs the member out."""
    organizations = Organization.objects.of_member(request.user).order_by("name", "pk")
    if not organizations:
        raise Http404
    asked = request.GET.get("organization", "")
    initial = {"organization": asked} if asked else None
    form = StartForm(request.POST or None, organizations=organizations, initial=initial)
    if request.method == "POST" and form.is_valid():
        logout(request)
        kiosk.leave_nothing(request)
        response = redirect("kiosk")
        kiosk.write_cookie(response, form.cleaned_data["organization"])
        return response
    return render(request, "accounts/kiosk_start.html", {"form": form}, status=400 if form.errors else 200)


@login_not_required
@require_safe
def rest(request: HttpRequest) -> HttpResponse:
    """The page that a free tablet shows."""
    if kiosk.of_request(request) is None:
        return redirect("home")
    if request.user.is_authenticated:
        return redirect("after-login")
    return render(request, "accounts/kiosk.html", {"ended": "ended" in request.GET})


@login_not_required
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """I am done: out, and nothing stays."""
    if kiosk.of_request(request) is None:
        return redirect("home")
    logout(request)
    kiosk.leave_nothing(request)
    return redirect("kiosk")


@login_not_required
@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """Where a page goes that nobody touched. Somebody who is there on another page stays logged in."""
    if kiosk.of_request(request) is None:
        return redirect("home")
    if request.user.is_authenticated:
        return redirect("after-login")
    logout(request)
    kiosk.leave_nothing(request)
    return redirect("kiosk")


@login_not_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still there."""
    if request.session.keys():
        kiosk.touch(request.session, begins=False)
    if kiosk.of_request(request) is None:
        return redirect("home")
    return HttpResponse(status=204, headers={"X-Kiosk-Seconds": str(kiosk.seconds_left(request.session))})


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """A member of the organization that keeps the tablet ends the mode."""
    mode = kiosk.of_request(request)
    if mode is None:
        return redirect("home")
    may_stop = kiosk.can_stop(cast(User, request.user), mode)
    if request.method == "POST" and may_stop:
        logout(request)
        kiosk.leave_nothing(request)
        response = redirect("home")
        kiosk.forget_cookie(response)
        return response
    return render(request, "accounts/kiosk_stop.html", {"may_stop": may_stop}, status=200 if may_stop else 403)
