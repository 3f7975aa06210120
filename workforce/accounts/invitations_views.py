"""The page that an invitation's link opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from workforce.accounts import invitations
from workforce.accounts.models import User
from workforce.accounts.throttles import InvitationThrottle, refusal
from workforce.core.errors import Conflict, DomainError, NotAllowed, NotThere

STATUS = {NotThere: 404, NotAllowed: 403, Conflict: 409}


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever is logged in, and accept it.

    A stranger is told to log in or sign up, whatever the link: whether it is good is nobody's business before.
    """
    if (too_many := refusal(request, InvitationThrottle())) is not None:
        return too_many
    if not isinstance(request.user, User):
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "accounts/invitation_stranger.html", {"next": request.path})
    try:
        if request.method == "POST":
            membership = invitations.accept(user=request.user, token=token)
            organization = membership.organization
            messages.success(request, _("You are a member of %(organization)s now.") % {"organization": organization})
            return redirect("organization-home", slug=organization.slug)
        invitation = invitations.check_acceptable(invitations.find(token), request.user)
    except DomainError as error:
        status = STATUS.get(type(error), 409)
        return render(request, "accounts/invitation_refused.html", {"error": error}, status=status)
    return render(request, "accounts/invitation_accept.html", {"invitation": invitation})
