"""Roles and plants: open roles are everybody's to read; writing is for owners and recruiters of the organization."""

from tests.access.table import EVERYBODY, LOGGED_IN, Row, who

MEMBERS = who("recruiter", "viewer", anonymous="login")
EDITORS = who("recruiter", anonymous="login")
MEMBERS_API = who("recruiter", "viewer", anonymous="401")
# Everybody knows of an open role, so who may not change it is told so.
EDITORS_API = who("recruiter", anonymous="401", others="403")
ANY = {"If-Match": "*"}

ROWS = (
    Row("role-search", GET=EVERYBODY),
    Row("role-detail", lambda w: {"pk": w.role.pk, "slug": w.role.slug}, GET=EVERYBODY),
    Row("role-detail", lambda w: {"pk": w.draft.pk, "slug": w.draft.slug}, GET=who("recruiter", "viewer")),
    Row("occupation-options", GET=LOGGED_IN, query="?occupation=sold"),
    Row("org-plants", lambda w: {"slug": w.employer.slug}, GET=MEMBERS, POST=EDITORS),
    Row("plant-edit", lambda w: {"slug": w.employer.slug, "pk": w.plant.pk}, GET=EDITORS, POST=EDITORS),
    Row("plant-edit", lambda w: {"slug": w.other_employer.slug, "pk": w.plant.pk}, GET=who(anonymous="login")),
    Row("org-roles", lambda w: {"slug": w.employer.slug}, GET=MEMBERS),
    Row("role-create", lambda w: {"slug": w.employer.slug}, GET=EDITORS, POST=EDITORS),
    Row("role-edit", lambda w: {"slug": w.employer.slug, "pk": w.role.pk}, GET=EDITORS, POST=EDITORS),
    Row("role-edit", lambda w: {"slug": w.other_employer.slug, "pk": w.role.pk}, GET=who(anonymous="login")),
    Row("role-publish", lambda w: {"slug": w.employer.slug, "pk": w.draft.pk}, POST=EDITORS),
    Row("role-close", lambda w: {"slug": w.employer.slug, "pk": w.role.pk}, POST=EDITORS),
    Row("api-role-list", GET=EVERYBODY),
    Row(
        "api-role-list",
        POST=who("recruiter", anonymous="401", viewer="403"),
        body=lambda w: {"organization": w.employer.slug, "plant": w.plant.pk, "title_es": "Soldadora"},
    ),
    Row("api-role-detail", lambda w: {"pk": w.role.pk}, GET=EVERYBODY),
    Row("api-role-detail", lambda w: {"pk": w.draft.pk}, GET=who("recruiter", "viewer")),
    Row(
        "api-role-detail",
        lambda w: {"pk": w.role.pk},
        PATCH=EDITORS_API,
        headers=ANY,
        body=lambda w: {"openings": 2},
    ),
    Row(
        "api-role-detail",
        lambda w: {"pk": w.draft.pk},
        PATCH=who("recruiter", anonymous="401", viewer="403"),
        headers=ANY,
        body=lambda w: {"openings": 2},
    ),
    Row(
        "api-role-publish",
        lambda w: {"pk": w.draft.pk},
        POST=who("recruiter", anonymous="401", viewer="403"),
        headers=ANY,
    ),
    Row("api-role-close", lambda w: {"pk": w.role.pk}, POST=EDITORS_API, headers=ANY),
    Row("api-plants", lambda w: {"slug": w.employer.slug}, GET=MEMBERS_API),
    Row(
        "api-plants",
        lambda w: {"slug": w.employer.slug},
        POST=who("recruiter", anonymous="401", viewer="403"),
        body=lambda w: {"name": "Planta Nueva", "zone": w.plant.zone.code},
    ),
)
