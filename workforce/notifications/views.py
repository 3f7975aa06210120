"""The inbox, the way from a notification to what it is about, preferences, and the link that ends mails."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.models import User
from workforce.notifications.choices import Category
from workforce.notifications.context import unread_count
from workforce.notifications.forms import PreferencesForm
from workforce.notifications.models import Notification
from workforce.notifications.rendering import show, show_all
from workforce.notifications.services import mark_all_read, mark_read, save_preferences
from workforce.notifications.services import unsubscribe as turn_off
from workforce.notifications.unsubscribing import read_token

PAGE = 20
LARGEST = 2**63 - 1


def _user(request: HttpRequest) -> User:
    """Return the user; LoginRequiredMiddleware has let only users through."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that I was told, newest first."""
    user = _user(request)
    page = Paginator(Notification.objects.of(user), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "page": page,
        "items": show_all(rows, user),
        "unread": unread_count(request),
        "newest": rows[0].pk if rows and page.number == 1 else 0,
        "has_mail": bool(user.email),
    }
    return render(request, "notifications/inbox.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of mine as read and go on to what it is about.

    The inbox posts here; a mail can only link here. That a GET marks as read harms nobody: it needs the person's own
    session, and says no more than that the person was there.
    """
    user = _user(request)
    notification = get_object_or_404(Notification.objects.of(user), pk=pk)
    shown = show(notification, user)
    if request.method != "HEAD":
        mark_read(user=user, notification_id=pk)
    if not shown.url:
        messages.info(request, shown.title)
        return redirect("inbox")
    return redirect(shown.url)


@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark as read all that the page showed, or that is older."""
    try:
        up_to = int(request.POST.get("up_to", ""))
    except ValueError:
        up_to = 0
    if 0 < up_to <= LARGEST:
        mark_all_read(user=_user(request), up_to=up_to)
    return redirect("inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What I want to be told by which channel, and when."""
    user = _user(request)
    form = PreferencesForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            save_preferences(user=user, choices=form.choices, zone=form.cleaned_data.get("zone"))
            messages.success(request, _("Saved."))
            return redirect("notification-preferences")
        status = 400
    return render(
        request, "notifications/preferences.html", {"form": form, "has_mail": bool(user.email)}, status=status
    )


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is what lets them
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End mails by the link in one of them: GET asks, POST does it; no log-in needed, but not with somebody else's."""
    found = read_token(token)
    if found is None:
        raise Http404
    user, what = found
    if request.user.is_authenticated and request.user.pk != user.pk:
        raise PermissionDenied
    done = request.method == "POST"
    if done:
        turn_off(user=user, what=what)
    with override(user.language):
        label = Category(what).label if what in Category.values else _("Summaries of the day or week")
        response = render(request, "notifications/unsubscribe.html", {"label": label, "done": done})
    response["Referrer-Policy"] = "no-referrer"
    return response
