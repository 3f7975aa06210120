"""From a delivery to a mail: text and HTML, in the person's language."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workforce.accounts.models import User
from workforce.notifications.choices import Category
from workforce.notifications.models import Delivery, Notification
from workforce.notifications.outcomes import NotNeeded
from workforce.notifications.preferences import FIXED
from workforce.notifications.rendering import show_all
from workforce.notifications.services import SUMMARY
from workforce.notifications.site import absolute, mail_domain, open_address
from workforce.notifications.unsubscribing import unsubscribe_address

TEMPLATES = {
    "notification": ("notifications/email/notification.txt", "notifications/email/notification.html"),
    "digest": ("notifications/email/digest.txt", "notifications/email/digest.html"),
}
SUBJECT_LENGTH = 120
IN_A_SUMMARY = 30
"""More than these are counted and not listed."""
# Names of roles and organizations end up in the subject: no line may begin in them, and nothing that turns text around.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail for a delivery; raises ``NotNeeded`` when there is nobody to write to or nothing to say."""
    user = delivery.user
    _check_address(user)
    with translation.override(user.language):
        if delivery.notification is None:
            return _summary(delivery, user)
        return _one(delivery, delivery.notification, user)


def _check_address(user: User) -> None:
    if not user.is_active or not user.email:
        raise NotNeeded("no address")
    # Somebody may have signed up with the address of another person: that one is left alone.
    unproved = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False)
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and unproved.exists():
        raise NotNeeded("address not confirmed")


def _one(delivery: Delivery, notification: Notification, user: User) -> EmailMultiAlternatives:
    shown = show_all([notification], user, outside=True)[0]
    if not shown.url:
        raise NotNeeded("nothing left to tell")
    if notification.read_at is not None and shown.category not in FIXED:
        raise NotNeeded("read already")
    label = Category(shown.category).label
    context = {
        "shown": shown,
        "address": open_address(notification.pk),
        "why": _("You get this mail because you want mails about: %(category)s.") % {"category": label},
    }
    what = "" if shown.category in FIXED else shown.category
    return _mail(delivery, user, shown.title, "notification", context, what)


def _summary(delivery: Delivery, user: User) -> EmailMultiAlternatives:
    rows = Notification.objects.of(user).unread().filter(deliveries__digest=delivery)
    items = [item for item in show_all(rows, user, outside=True) if item.url]
    if not items:
        raise NotNeeded("read already")
    items.sort(key=lambda item: not item.is_important)  # stable: the newest first within both
    subject = ngettext("%(count)d piece of news in Puente", "%(count)d pieces of news in Puente", len(items))
    context = {
        "items": [(item, open_address(item.notification.pk)) for item in items[:IN_A_SUMMARY]],
        "more": max(0, len(items) - IN_A_SUMMARY),
        "why": _("You get this mail because you want some news together, once a day or a week."),
    }
    return _mail(delivery, user, subject % {"count": len(items)}, "digest", context, SUMMARY)


def one_line(text: str) -> str:
    """Return ``text`` fit for a subject: one line of printable characters, not too long."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())[:SUBJECT_LENGTH]


def _mail(
    delivery: Delivery, user: User, title: str, template: str, context: dict[str, Any], what: str
) -> EmailMultiAlternatives:
    subject = one_line(title)
    values = context | {
        "subject": subject,
        "inbox": absolute(reverse("inbox")),
        "preferences": absolute(reverse("notification-preferences")),
        "unsubscribe": unsubscribe_address(user.pk, what) if what else "",
    }
    headers = {"Message-ID": f"<{delivery.ref}@{mail_domain()}>", "Auto-Submitted": "auto-generated"}
    if what:
        headers["List-Unsubscribe"] = f"<{values['unsubscribe']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    as_text, as_html = TEMPLATES[template]
    text = render_to_string(as_text, values).strip() + "\n"
    mail = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [str(user.email)], headers=headers)
    mail.attach_alternative(render_to_string(as_html, values), "text/html")
    return mail
