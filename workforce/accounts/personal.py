"""What is personal in accounts, and in the tables of Django and allauth that hang on them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from workforce.core.personal import FIRST, LAST, Person, declarations, declare, not_personal, plain, trace

CHUNK = 500


def sessions_of(person: Person) -> QuerySet[Any]:
    """Open sessions of the account. What a session holds is signed and packed: each has to be looked into."""
    keys = []
    if person.user_id is not None:
        for session in Session.objects.order_by("pk").iterator(chunk_size=CHUNK):
            if session.get_decoded().get("_auth_user_id") == str(person.user_id):
                keys.append(session.pk)
    return plain("sessions.Session").filter(pk__in=keys)


def admin_log_of(person: Person) -> QuerySet[Any]:
    """What the account did in the admin, and what was done there to any row of the person's."""
    wanted = Q(user_id=person.user_id) if person.user_id is not None else Q()
    for one in declarations():
        if one.label in ("admin.LogEntry", "sessions.Session"):
            continue
        kind = ContentType.objects.get_for_model(one.model, for_concrete_model=False)
        keys = one.rows(person).annotate(key_text=Cast("pk", TextField())).values("key_text")
        wanted |= Q(content_type=kind, object_id__in=keys)
    email = plain("accounts.User").filter(pk=person.user_id).values_list("email", flat=True).first()
    if email:  # the log of an organization names the members that were edited with it
        wanted |= Q(change_message__contains=email) | Q(object_repr__contains=email)
    return plain("admin.LogEntry").filter(wanted) if wanted else plain("admin.LogEntry").none()


def invitations_of(person: Person) -> QuerySet[Any]:
    """Invitations that the account accepted, or that were sent to its address."""
    mine = Q(accepted_by=person.user_id) if person.user_id is not None else Q(pk__in=())
    email = plain("accounts.User").filter(pk=person.user_id).values_list("email", flat=True).first()
    return plain("accounts.Invitation").filter(mine | Q(email__iexact=email) if email else mine)


declare(
    "admin.LogEntry", user="user", rows=admin_log_of, order=FIRST, hidden={"work of staff": "content_type action_flag"}
)
declare("sessions.Session", rows=sessions_of, order=FIRST, hidden={"a secret": "session_data session_key"})
declare("account.EmailConfirmation", user="email_address__user", order=FIRST, hidden={"a secret": "key"})
declare("account.EmailAddress", user="user")
declare("accounts.Membership", user="user")
declare("accounts.Invitation", user="accepted_by", rows=invitations_of, order=FIRST, hidden={"a secret": "token_hash"})
trace("accounts.Invitation", "invited_by", "who invited somebody, as their work")
declare("accounts.User_groups", user="user")
declare("accounts.User_user_permissions", user="user")
declare("accounts.User", user="pk", order=LAST, hidden={"a secret": "password"})

not_personal("what an organization says of itself; its people are memberships", "accounts.Organization")
not_personal("made by Django, the same for everybody", "auth.Permission", "auth.Group", "auth.Group_permissions")
not_personal("made by Django, the same for everybody", "contenttypes.ContentType", "sites.Site")
