"""What a second factor needs to hear: of codes that were given, of members who come and go."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from workforce.accounts import second_factor
from workforce.accounts.models import Membership, Organization, User


@receiver(authenticator_used, dispatch_uid="second-factor-used")
def code_was_given(request: HttpRequest, user: User, **_more: Any) -> None:
    """The session has shown the second factor."""
    second_factor.remember_shown(request.session, user)


@receiver(authenticator_added, dispatch_uid="second-factor-added")
def app_was_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """Setting up an app shows it, and takes the code that it was done with."""
    second_factor.remember_shown(request.session, user)
    if authenticator.type == Authenticator.Type.TOTP:
        second_factor.take_code(authenticator_id=authenticator.pk, code=request.POST.get("code", ""))


@receiver(post_save, sender=Membership, dispatch_uid="second-factor-joined")
@receiver(post_delete, sender=Membership, dispatch_uid="second-factor-left")
def member_came_or_went(instance: Membership, **_more: Any) -> None:
    """Another organization may require it now, or none any more.

    The organization is locked first: whoever turns the requirement on at this moment sees this member, or is seen.
    """
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).filter(pk=instance.organization_id).first()
        second_factor.refresh_need(instance.user_id)


@receiver(post_save, sender=Organization, dispatch_uid="second-factor-required")
def organization_changed_its_mind(instance: Organization, created: bool, **_more: Any) -> None:
    """All of its members need one now, or not any more on its account."""
    if created:
        return
    behind = instance.memberships.exclude(user__needs_second_factor=instance.requires_mfa)
    if ids := list(behind.order_by().values_list("user_id", flat=True)):
        second_factor.refresh_need(*ids)
