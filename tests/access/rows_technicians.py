"""One's own profile: pages redirect who has none to the form that makes one; the API answers 404."""

from tests import factories as make
from tests.access.table import LOGGED_IN, Row, who
from tests.access.world import World

SEEKERS_API = who("technician", "other_technician", anonymous="401")
OWNER_API = who("technician", anonymous="401")
# Who has no profile is sent to make one; whoever has one and asks for another's row gets 404.
OWNER = who(
    "technician", "recruiter", "viewer", "other_employer", "institute", "other_institute", "staff", anonymous="login"
)
ANY = {"If-Match": "*"}


def certificate_of(world: World) -> dict[str, int]:
    """The technician's certificate."""
    held = world.technician.certificates.first() or make.CertificateFactory(technician=world.technician)
    return {"pk": held.pk}


def job_of(world: World) -> dict[str, int]:
    """The technician's job."""
    held = world.technician.experience.first() or make.ExperienceFactory(technician=world.technician)
    return {"pk": held.pk}


ROWS = (
    Row("after-login", GET=LOGGED_IN),
    Row("profile", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("profile-preview", GET=LOGGED_IN),
    Row("profile-skills", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("certificates", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("certificate-remove", certificate_of, POST=OWNER, prepare=certificate_of),
    Row("experience", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("experience-edit", job_of, GET=OWNER, POST=OWNER, prepare=job_of),
    Row("experience-remove", job_of, POST=OWNER, prepare=job_of),
    Row("api-my-profile", GET=SEEKERS_API, PATCH=SEEKERS_API, headers=ANY, body=lambda world: {"shifts": ["first"]}),
    Row("api-my-skills", GET=SEEKERS_API, PUT=SEEKERS_API, POST=SEEKERS_API, headers=ANY, body=lambda world: []),
    Row("api-my-skill", lambda world: {"pk": world.technician_skill.pk}, DELETE=OWNER_API, headers=ANY),
    Row("api-my-certificates", GET=SEEKERS_API, POST=SEEKERS_API),
    Row("api-my-certificate", certificate_of, DELETE=OWNER_API, prepare=certificate_of),
)
