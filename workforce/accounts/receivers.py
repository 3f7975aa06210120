"""What accounts does when something of its own is deleted, whoever deletes it: the admin, an erasure, a command."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from workforce.accounts.models import Phone, User


@receiver(post_delete, sender=User, dispatch_uid="forget_phone_of_nobody")
def forget_phone_of_nobody(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Delete a number with the last person who had it: a number alone is somebody's data too."""
    if instance.phone_id is not None:
        Phone.objects.filter(pk=instance.phone_id, users__isnull=True).delete()
