"""The trace that a change of somebody's second factor leaves: the log of the administration, and a letter."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from workforce.accounts.models import Organization, User

log = logging.getLogger(__name__)


def _write(actor: User, row: models.Model, what: str) -> None:
    LogEntry.objects.create(
        user_id=actor.pk,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=CHANGE,
        change_message=what,
    )


def log_reset(*, actor: User, user: User, organization: Organization | None) -> None:
    """Write down who reset whose second factor, and for which organization as its owner."""
    _write(actor, user, f"second factor reset{f' as an owner of {organization.slug}' if organization else ''}")


def log_requirement(*, actor: User, organization: Organization) -> None:
    """Write down who required a second factor of the members, or stopped to."""
    _write(
        actor, organization, f"second factor of members: {'required' if organization.requires_mfa else 'not required'}"
    )


def write_of_reset(user: User) -> None:
    """Tell the person, in their language, that somebody reset their second factor. What goes wrong is only logged."""
    if not user.email:
        return
    try:
        with translation.override(user.language):
            subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("Your two-step log-in was reset")
            body = render_to_string("accounts/email/second_factor_reset.txt", {"site_url": settings.SITE_URL})
        EmailMessage(subject, body, to=[user.email]).send()
    except Exception as error:  # the reset is stored, and whatever a mail server says must not hide that
        # The class only: what a server answers may hold the address, and logs outlive a person's data.
        log.error("The letter about the reset second factor of %s was not sent: %s", user.pk, type(error).__name__)
