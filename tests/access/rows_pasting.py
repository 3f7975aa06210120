"""A pasted vacancy is read for whoever may post roles of the organization."""

from tests.access.table import Row, who

EDITORS = who("recruiter", anonymous="login")

ROWS = (
    Row("role-paste", lambda w: {"slug": w.employer.slug}, GET=EDITORS, POST=EDITORS),
    Row("role-paste", lambda w: {"slug": w.other_employer.slug}, GET=who("other_employer", anonymous="login")),
    Row(
        "api-role-read",
        POST=who("recruiter", anonymous="401", viewer="403"),
        body=lambda w: {"organization": w.employer.slug, "text": "Soldadora MIG, segundo turno"},
    ),
)
