"""Who may apply, follow, and answer."""

from tests.access.table import LOGGED_IN, LOGGED_IN_API, Row, who

MEMBERS = who("recruiter", "viewer", anonymous="login")
EDITORS = who("recruiter", anonymous="login")
PAIR_API = who("technician", "recruiter", "viewer", anonymous="401")
SEEKERS = who("technician", "other_technician", anonymous="login")

ROWS = (
    Row("my-applications", GET=SEEKERS),
    Row("application-withdraw", lambda w: {"ref": w.application.ref}, POST=who("technician", anonymous="login")),
    Row("role-apply", lambda w: {"pk": w.role.pk, "slug": "x"}, POST=LOGGED_IN),
    Row("role-applications", lambda w: {"slug": w.employer.slug, "pk": w.role.pk}, GET=MEMBERS),
    Row(
        "application-answer",
        lambda w: {"slug": w.employer.slug, "ref": w.application.ref},
        GET=MEMBERS,
        POST=EDITORS,
    ),
    Row(
        "api-my-applications",
        GET=LOGGED_IN_API,
        POST=who("technician", "other_technician", others="403", anonymous="401"),
        body=lambda w: {"role": w.role.pk},
    ),
    Row("api-application", lambda w: {"ref": w.application.ref}, GET=PAIR_API),
    Row("api-application-history", lambda w: {"ref": w.application.ref}, GET=PAIR_API),
    Row(
        "api-application-moves",
        lambda w: {"ref": w.application.ref},
        POST=who("technician", "recruiter", viewer="403", anonymous="401"),
        body=lambda w: {"to_state": "withdrawn"},
        headers={"If-Match": "*"},
    ),
    Row(
        "api-role-applications",
        lambda w: {"pk": w.role.pk},
        GET=who("recruiter", "viewer", anonymous="401"),
    ),
)
