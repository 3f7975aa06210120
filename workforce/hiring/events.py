"""What others may want to know of hiring. Sent inside the transaction of the change."""

from django.dispatch import Signal

# arguments: application_id (int), from_state (str), to_state (str), event_id (int, the ApplicationEvent of the move)
application_changed = Signal()
# arguments: role_id (int), stage (SilenceStage), day (date, at the plant): some applications to it came to that stage
silence_told = Signal()
