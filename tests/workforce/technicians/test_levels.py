"""Which level counts."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from workforce.technicians.choices import PROVEN, EvidenceKind
from workforce.technicians.levels import effective_level, proven_levels
from workforce.technicians.models import TechnicianSkill

LEVELS = st.integers(1, 4)


@pytest.mark.parametrize(
    ("declared", "proven", "counts"),
    [(1, [], 1), (3, [], 3), (4, [], 3), (4, [4], 4), (2, [3], 3), (4, [2], 3), (1, [4, 2], 4)],
)
def test_a_level_without_proof_counts_as_at_most_three(declared: int, proven: list[int], counts: int) -> None:
    assert effective_level(declared, proven) == counts


@given(LEVELS, st.lists(LEVELS), LEVELS)
def test_more_proof_never_lowers_a_level(declared: int, proven: list[int], more: int) -> None:
    assert effective_level(declared, [*proven, more]) >= effective_level(declared, proven)


@pytest.mark.django_db
@pytest.mark.parametrize("declared", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", EvidenceKind.values)
@pytest.mark.parametrize("days", [None, -1, 0, 1])
def test_the_query_says_the_same_as_the_rule(declared: int, kind: str, days: int | None) -> None:
    today = timezone.localdate()
    row = make.TechnicianSkillFactory(level=declared)
    expires = None if days is None else today + datetime.timedelta(days)
    make.evidence_of(row, kind, expires_on=expires)
    make.SkillEvidenceFactory(technician_skill=row, level=declared)
    valid = row.evidence.valid_on(today)
    found = TechnicianSkill.objects.with_effective_level().get(pk=row.pk)
    assert found.effective_level == effective_level(declared, proven_levels(valid))
    assert (found.effective_level == 4) is (kind in PROVEN and days in (None, 0, 1))


@pytest.mark.django_db
def test_skills_are_not_multiplied_by_their_evidence() -> None:
    row = make.TechnicianSkillFactory()
    for level in (1, 2, 3):
        make.SkillEvidenceFactory(technician_skill=row, kind=EvidenceKind.ASSESSED, level=level)
    assert [one.effective_level for one in TechnicianSkill.objects.with_effective_level()] == [3]
