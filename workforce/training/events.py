"""What others may want to know of training. Sent inside the transaction of the change."""

from django.dispatch import Signal

enrolment_made = Signal()  # arguments: enrolment_id (int); an institute listed a learner, who is yet to confirm it
