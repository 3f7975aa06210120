"""The second factor: who needs one, whether a session showed it, resetting a lost one.

What a session showed is the key of the authenticator app; it is looked up again, so that turning the app off, or a
reset, takes effect in every open session at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access, members
from workforce.accounts.events import second_factor_reset
from workforce.accounts.mfa_log import log_requirement, log_reset, write_of_reset
from workforce.accounts.models import Membership, Organization, User
from workforce.core.errors import NotAllowed, NotThere

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SHOWN = "second_factor"
REMEMBERED = 180  # seconds for which a code of an app is remembered; one is good for 90 at most


def is_required(user: User | AnonymousUser) -> bool:
    """Whether the account needs a second factor; asks the database nothing."""
    if not isinstance(user, User):
        return False
    is_staff = user.is_staff or user.is_superuser
    return (settings.MFA_REQUIRED_FOR_STAFF and is_staff) or user.needs_second_factor


def app_of(user: User) -> int | None:
    """The key of the user's authenticator app, None without one."""
    apps = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
    return apps.values_list("pk", flat=True).first()


def has_shown(session: SessionBase, app: int | None) -> bool:
    """Whether a code of this app, or a recovery code of its owner, was given in this session."""
    return app is not None and session.get(SHOWN) == app


def is_due(session: SessionBase, user: User | AnonymousUser) -> bool:
    """Whether the second factor comes before everything else: it is needed, and was not shown in this session."""
    return isinstance(user, User) and is_required(user) and not has_shown(session, app_of(user))


def remember_shown(session: SessionBase, user: User) -> None:
    """Note that the session showed the user's second factor."""
    session[SHOWN] = app_of(user)


@transaction.atomic
def take_code(*, authenticator_id: int, code: str) -> bool:
    """Take a code that was found right; False when it was taken before. Recovery codes keep that by themselves."""
    row = Authenticator.objects.select_for_update().filter(pk=authenticator_id).first()
    if row is None:
        return False
    if row.type != Authenticator.Type.TOTP:
        return True
    now = timezone.now().timestamp()
    digits = "".join(filter(str.isdigit, code))
    taken = {key: at for key, at in row.data.get("taken", {}).items() if now - at < REMEMBERED}
    mark = salted_hmac(f"second factor {row.pk}", digits).hexdigest()
    if mark in taken:
        return False
    row.data["taken"] = {**taken, mark: now}
    row.save(update_fields=("data",))
    return True


@transaction.atomic
def require_of_members(*, actor: User, organization_id: int, required: bool) -> bool:
    """Require a second factor of all members, or stop to; return whether that changed anything.

    Raises ``NotAllowed`` unless ``actor`` is an owner. Saving the organization writes down who needs one.
    """
    organization = members.lock_organization(organization_id)
    if not access.can_edit_organization(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    if organization.requires_mfa == required:
        return False
    organization.requires_mfa = required
    organization.revision += 1
    organization.save(update_fields=("requires_mfa", "revision", "updated_at"))
    log_requirement(actor=actor, organization=organization)
    return True


def refresh_need(*user_ids: int) -> None:
    """Write down anew whether these accounts belong to an organization that requires a second factor."""
    demanding = Membership.objects.filter(organization__requires_mfa=True, user_id__in=user_ids)
    needing = set(demanding.order_by().values_list("user_id", flat=True))
    found = User.objects.filter(pk__in=user_ids)
    found.filter(pk__in=needing, needs_second_factor=False).update(needs_second_factor=True)
    found.exclude(pk__in=needing).filter(needs_second_factor=True).update(needs_second_factor=False)


def can_reset(actor: User, user: User, organization: Organization | None = None) -> bool:
    """Whether ``actor`` may reset the second factor of ``user``, never their own.

    Staff with that permission may for everybody who is not staff, superusers for all. An owner may for members of
    ``organization`` who belong to no other one and are not staff: no owner opens the doors of somebody else.
    """
    if actor.pk == user.pk:
        return False
    if actor.is_superuser:
        return True
    if user.is_staff or user.is_superuser:
        return False
    if actor.is_staff and actor.has_perm("mfa.delete_authenticator"):
        return True
    if organization is None or not access.can_keep_members(actor, organization):
        return False
    return set(user.memberships.values_list("organization_id", flat=True)) == {organization.pk}


@transaction.atomic
def reset(*, actor: User, user_id: int, organization: Organization | None = None) -> bool:
    """Take a lost second factor from an account, recovery codes too; return whether there was one.

    Who did it is in the log of the administration, and the person is told by mail. The person logs in by password and
    sets up a new one. Raises ``NotThere`` and ``NotAllowed``.
    """
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotThere("account_gone", _("This account does not exist any more."))
    if not can_reset(actor, user, organization):
        raise NotAllowed("may_not_reset", _("You may not reset the two-step log-in of this person. Our staff can."))
    found = Authenticator.objects.filter(user_id=user.pk)
    if not found.exists():
        return False
    found.delete()
    log_reset(actor=actor, user=user, organization=organization)
    second_factor_reset.send(sender=User, user_id=user.pk, by_id=actor.pk)
    transaction.on_commit(lambda: write_of_reset(user), robust=True)
    return True
