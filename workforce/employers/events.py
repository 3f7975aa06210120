"""What others may want to know of roles. Sent inside the transaction of the change."""

from django.dispatch import Signal

role_changed = Signal()  # arguments: role_id (int)
# arguments: client_id (int, an AgencyClient), organization_id (int): an agency says that it hires for that organization
client_asked = Signal()
role_closed = Signal()  # arguments: role_id (int); it was open, and takes no more applications
