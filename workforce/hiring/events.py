"""What others may want to know of hiring. Sent inside the transaction of the change."""

from django.dispatch import Signal

application_changed = Signal()  # arguments: application_id (int), from_state (str), to_state (str)
