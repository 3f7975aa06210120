"""One concept where ESCO and we mean (nearly) the same: ours stays, ESCO's gives way and lends its texts."""

from __future__ import annotations

from django.db.models import Q

from workforce.skills.choices import ConceptStatus, LinkMatch
from workforce.skills.esco.files import code_of
from workforce.skills.esco.kinds import ESCO, SKILLS, Kind
from workforce.skills.models import SkillLink
from workforce.skills.syncing import in_batches

# A link "broad" says that ESCO's concept is wider: whoever can do ours can surely do most of it; the other way round
# it is a start, and less than the 0.5 that would satisfy a must.
TO_BROADER, TO_NARROWER = 0.8, 0.4


def owners(kind: Kind) -> dict[str, int]:
    """Primary keys of our concepts in use, by every URI of ESCO that says (nearly) the same."""
    rows = kind.model.objects.active().exclude(source=ESCO)
    found = dict(rows.exclude(esco_uri=None).order_by("pk").values_list("esco_uri", "pk"))
    links = kind.link.objects.exclude(match=LinkMatch.BROAD).filter(**{f"{kind.owner}__in": rows})
    for uri, pk in links.order_by("pk").values_list("uri", f"{kind.owner}_id"):
        found.setdefault(uri, pk)
    return found


def give_way(kind: Kind, owned: dict[str, int]) -> int:
    """Retire ESCO's own rows of the URIs in ``owned``, with ours as successor; return how many were in use.

    They lose their URI, by which only one row may be found, and keep their code: an import finds them again by it when
    we no longer claim the URI. A concept of ours that is out of use gives its URI back too.
    """
    kind.model.objects.filter(status=ConceptStatus.RETIRED).exclude(source=ESCO).update(esco_uri=None)
    by_code = {code_of(uri): pk for uri, pk in owned.items()}
    retired = 0
    for uris in in_batches(owned):
        named = Q(esco_uri__in=uris) | Q(code__in=[code_of(uri) for uri in uris])
        for row in kind.model.objects.filter(named, source=ESCO).order_by("pk"):
            owner = owned.get(row.esco_uri) or by_code[row.code]
            was = row.status
            if (was, row.successor_id, row.esco_uri) == (ConceptStatus.RETIRED, owner, None):
                continue
            row.status, row.successor_id, row.esco_uri = ConceptStatus.RETIRED, owner, None
            row.save(update_fields=["status", "successor", "esco_uri", "updated_at"])
            if was == ConceptStatus.ACTIVE:
                kind.tell_retired(row.pk, owner)
                retired += 1
    return retired


def concept_ids(kind: Kind) -> dict[str, int]:
    """Primary keys by URI: ESCO's own rows, and ours for what was merged."""
    theirs = kind.model.objects.active().filter(source=ESCO).exclude(esco_uri=None)
    return dict(theirs.values_list("esco_uri", "pk")) | owners(kind)


def broad_relations(ids: dict[str, int]) -> dict[tuple[int, int], float]:
    """Strengths by (from, to) between our skills and ESCO's wider ones; ``ids`` as of ``concept_ids``.

    Where the wider one is ours too there is nothing to add: our own relations say how the two hang together.
    """
    ours = set(owners(SKILLS).values())
    broad = SkillLink.objects.filter(match=LinkMatch.BROAD, skill__status=ConceptStatus.ACTIVE).order_by("pk")
    strengths: dict[tuple[int, int], float] = {}
    for narrow, uri in broad.values_list("skill_id", "uri"):
        wide = ids.get(uri)
        if wide is not None and wide not in ours and wide != narrow:
            strengths[(narrow, wide)], strengths[(wide, narrow)] = TO_BROADER, TO_NARROWER
    return strengths
