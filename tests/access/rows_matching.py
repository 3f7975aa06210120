"""Who sees whose matches."""

from tests.access.table import LOGGED_IN, Row, who

MEMBERS = who("recruiter", "viewer", anonymous="login")
MEMBERS_API = who("recruiter", "viewer", anonymous="401")
SEEKERS_API = who("technician", "other_technician", anonymous="401")

ROWS = (
    Row("my-matches", GET=LOGGED_IN),
    Row("role-candidates", lambda w: {"slug": w.employer.slug, "pk": w.role.pk}, GET=MEMBERS),
    Row("role-fit", lambda w: {"pk": w.role.pk}, GET=LOGGED_IN),
    Row("my-learning", GET=LOGGED_IN),
    Row("api-my-matches", GET=SEEKERS_API),
    Row("api-my-advice", GET=SEEKERS_API),
    Row("api-my-match-explain", lambda w: {"pk": w.role.pk}, GET=SEEKERS_API),
    Row("api-role-matches", lambda w: {"pk": w.role.pk}, GET=MEMBERS_API),
    Row(
        "api-role-explain",
        lambda w: {"pk": w.role.pk, "technician_ref": w.technician.ref},
        GET=MEMBERS_API,
    ),
)
