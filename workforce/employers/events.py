"""What others may want to know of roles. Sent inside the transaction of the change."""

from django.dispatch import Signal

role_changed = Signal()  # arguments: role_id (int)
role_closed = Signal()  # arguments: role_id (int); it was open, and takes no more applications
