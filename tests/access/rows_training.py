"""Who may see and keep an institute's programmes, cohorts, learners and placements."""

from tests.access.table import EVERYBODY, LOGGED_IN, LOGGED_IN_API, Row, who

MEMBERS = who("institute", anonymous="login")
OWN_API = who("institute", anonymous="401")
WRITERS_API = who("institute", "other_institute", others="403", anonymous="401")


def _school(w):
    return {"slug": w.school.slug}


ROWS = (
    Row("my-training", GET=LOGGED_IN),
    Row("enrolment-answer", lambda w: {"pk": w.enrolment.pk}, POST=who("technician", anonymous="login")),
    Row("programmes", _school, GET=MEMBERS),
    Row("programme-create", _school, GET=MEMBERS, POST=MEMBERS),
    Row(
        "programme-edit",
        lambda w: {"slug": w.school.slug, "pk": w.programme.pk},
        GET=MEMBERS,
        POST=MEMBERS,
    ),
    Row("cohorts", _school, GET=MEMBERS),
    Row("cohort-create", _school, GET=MEMBERS, POST=MEMBERS),
    Row("cohort-detail", lambda w: {"slug": w.school.slug, "pk": w.cohort.pk}, GET=MEMBERS, POST=MEMBERS),
    Row("placements", _school, GET=MEMBERS),
    Row("placement-create", _school, GET=MEMBERS, POST=MEMBERS),
    Row("api-programme-list", GET=LOGGED_IN_API, POST=WRITERS_API),
    Row("api-offered-programme-list", GET=EVERYBODY, query="?skill=mig-welding"),
    Row(
        "api-programme-detail",
        lambda w: {"pk": w.programme.pk},
        GET=OWN_API,
        PATCH=who("institute", others="403", other_institute="404", anonymous="401"),
        body=lambda w: {"hours": 10},
        headers={"If-Match": "*"},
    ),
    Row("api-cohort-list", GET=LOGGED_IN_API, POST=WRITERS_API),
    Row("api-cohort-detail", lambda w: {"pk": w.cohort.pk}, GET=OWN_API),
    Row("api-enrolment-list", GET=LOGGED_IN_API, POST=WRITERS_API),
    Row("api-enrolment-detail", lambda w: {"pk": w.enrolment.pk}, GET=OWN_API),
    Row("api-placement-list", GET=LOGGED_IN_API, POST=WRITERS_API),
    Row(
        "api-placement-detail",
        lambda w: {"pk": w.placement.pk},
        GET=OWN_API,
    ),
)
