"""What others may want to know of the taxonomy. Sent inside the transaction of the change."""

from django.dispatch import Signal

taxonomy_changed = Signal()  # no arguments: everything may have changed
