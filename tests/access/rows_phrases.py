"""Words without a skill are for staff: what people typed of themselves is nobody else's to read."""

from tests.access.table import Row, who
from tests.access.world import World
from workforce.skills.models import UnlinkedPhrase

STAFF = who("staff", anonymous="login")


def _phrase(world: World) -> dict[str, int]:
    """Words that enough people say."""
    found, _made = UnlinkedPhrase.objects.get_or_create(norm="rotulado", defaults={"text": "Rotulado", "people": 3})
    return {"pk": found.pk}


ROWS = (
    Row("phrase-list", GET=STAFF, prepare=_phrase),
    Row("phrase-detail", _phrase, GET=STAFF, POST=STAFF, prepare=_phrase),
    Row("phrase-teach", _phrase, POST=STAFF, prepare=_phrase),
    Row("phrase-dismiss", _phrase, POST=STAFF, prepare=_phrase),
    Row("phrase-reopen", _phrase, POST=STAFF, prepare=_phrase),
)
