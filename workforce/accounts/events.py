"""What others may want to know of accounts. Sent inside the transaction of the change."""

from django.dispatch import Signal

organization_changed = Signal()  # arguments: organization_id (int); its verification or what it is called changed
job_seeker_joined = Signal()  # arguments: user (User), names (accounts.services.PersonNames)

# arguments: organization_id, user_id, invitation_id, by_id (int, the member who invited)
member_joined = Signal()
# arguments: organization_id, user_id, by_id (int; the same as user_id for somebody who left by themselves)
member_left = Signal()
invitation_made = Signal()  # arguments: organization_id, invitation_id, by_id (int); the link itself is told to nobody
# arguments: organization_id, decision_id (int, a VerificationDecision), by_id (int or None)
verification_decided = Signal()
