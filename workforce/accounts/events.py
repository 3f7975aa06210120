"""What others may want to know of accounts. Sent inside the transaction of the change."""

from django.dispatch import Signal

login_changed = Signal()  # arguments: user_id (int), at (datetime); there is a new PIN, or a new number

organization_changed = Signal()  # arguments: organization_id (int); its verification or what it is called changed
job_seeker_joined = Signal()  # arguments: user (User), names (accounts.services.PersonNames)

# arguments: organization_id, user_id, invitation_id, by_id (int, the member who invited)
member_joined = Signal()
# arguments: organization_id, user_id, by_id (int; the same as user_id for somebody who left by themselves)
member_left = Signal()
invitation_made = Signal()  # arguments: organization_id, invitation_id, by_id (int); the link itself is told to nobody
# arguments: organization_id, decision_id (int, a VerificationDecision), outcome (choices.VerificationOutcome),
# by_id (int or None). Also for a decision that changes no state, as when more documents are wanted
verification_decided = Signal()
second_factor_reset = Signal()  # arguments: user_id, by_id (int); somebody else took a lost second factor away
# arguments: organization_id, capability (choices.Capability). Asked before an organization gives it up: a receiver on
# whose rows it rests answers with a text that says what to do first, and so it stays
capability_leaving = Signal()
