"""What others may want to know of technicians. Sent inside the transaction of the change."""

from django.dispatch import Signal

technician_changed = Signal()  # arguments: technician_id (int)
