"""What others may want to know of the taxonomy. Sent inside the transaction of the change."""

from django.dispatch import Signal

taxonomy_changed = Signal()  # no arguments: everything may have changed
skill_retired = Signal()  # skill_id: int, successor_id: int | None: rows of the one are to move to the other
occupation_retired = Signal()  # occupation_id: int, successor_id: int | None: likewise
credential_retired = Signal()  # credential_id: int, successor_id: int | None: likewise
