"""What others may want to know of places. Sent inside the transaction of the change."""

from django.dispatch import Signal

places_changed = Signal()  # no arguments: who can get where every day may have changed for everybody
