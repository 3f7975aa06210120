"""What others may want to know of accounts. Sent inside the transaction of the change."""

from django.dispatch import Signal

organization_changed = Signal()  # arguments: organization_id (int); its verification or what it is called changed
job_seeker_joined = Signal()  # arguments: user (User), names (accounts.services.PersonNames)
