"""What others may want to know of roles. Sent inside the transaction of the change."""

from django.dispatch import Signal

role_changed = Signal()  # arguments: role_id (int)
