"""A CV is its person's alone: to send, to look at, to confirm, to forget."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.access.rows_technicians import OWNER, OWNER_API, SEEKERS_API
from tests.access.table import LOGGED_IN, Row
from tests.access.world import World
from workforce.technicians.choices import Degree, ReadingState
from workforce.technicians.models import CvReading, Study


def _reading(world: World) -> CvReading:
    """A reading of the technician's that waits to be confirmed, its file kept."""
    found = CvReading.objects.filter(technician=world.technician).first()
    if found is None:
        found = CvReading(
            technician=world.technician,
            original_name="cv.pdf",
            kind="pdf",
            keep_file=True,
            state=ReadingState.READ,
            expires_at=timezone.now() + timedelta(days=7),
        )
        found.file.save("cv", ContentFile(b"%PDF-"), save=False)
        found.save()
    return found


def _ref(world: World) -> dict[str, object]:
    return {"ref": _reading(world).ref}


def _study(world: World) -> dict[str, int]:
    found, _made = Study.objects.get_or_create(technician=world.technician, degree=Degree.TSU, title="Mecatrónica")
    return {"pk": found.pk}


ROWS = (
    Row("cv", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("cv-reading", _ref, GET=OWNER, POST=OWNER, prepare=_ref),
    Row("cv-discard", _ref, POST=OWNER, prepare=_ref),
    Row("cv-file", _ref, GET=OWNER, prepare=_ref),
    Row("study-remove", _study, POST=OWNER, prepare=_study),
    Row("api-my-cv", POST=SEEKERS_API),
    Row("api-my-cv-reading", _ref, GET=OWNER_API, DELETE=OWNER_API, prepare=_ref),
    Row("api-my-cv-confirm", _ref, POST=OWNER_API, body=lambda w: {"findings": []}, prepare=_ref),
)
