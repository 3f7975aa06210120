"""Two-step log-in: an organization's security page, resetting a member's. allauth's own pages are theirs to test."""

from tests.access.rows_organizations import OWNER_ONLY, STRANGERS, recruiter_owns, slug, viewers_row
from tests.access.table import Row, who

ROWS = (
    Row("organization-security", slug, GET=STRANGERS, POST=OWNER_ONLY, prepare=recruiter_owns),
    Row("organization-security", slug, POST=who(anonymous="login")),
    Row("member-second-factor", viewers_row, GET=OWNER_ONLY, POST=OWNER_ONLY, prepare=recruiter_owns),
    Row("member-second-factor", viewers_row, GET=who(anonymous="login"), POST=who(anonymous="login")),
)
