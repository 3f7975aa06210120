"""Score, rank and engine version are kept at the moment of applying, as the lists stand then."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from matching import rebuilds
from matching.choices import ListPart
from matching.editions import current_edition
from matching.models import RoleMatches, ScoreSnapshot, TechnicianMatches
from matching.reading import candidates_for
from matching.recording import record_score
from matching.stored import unpack
from tests.factories import MembershipFactory, RoleFactory, TechnicianFactory
from tests.matching import world
from workforce.accounts.choices import Position
from workforce.core.personal import Person
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role, move_application
from workforce.privacy.exporting import export_data
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


def apply(person: Technician, role: Role) -> Application:
    return apply_to_role(technician=person, role=role, actor=person.user)  # type: ignore[arg-type]


def listed_pair() -> tuple[Technician, Role, int]:
    """Somebody on a role's list who is not the first one, and their place."""
    for stored in RoleMatches.objects.order_by("pk"):
        ids = unpack(stored).full.ids.tolist()
        if len(ids) > 1:
            return Technician.objects.get(pk=ids[1]), Role.objects.select_related("organization").get(pk=stored.pk), 2
    raise AssertionError("no list is long enough")


@pytest.fixture
def pair() -> tuple[Technician, Role, int]:
    world.town()
    rebuilds.rebuild_now()
    return listed_pair()


def test_what_the_employer_saw_is_kept(pair: tuple[Technician, Role, int]) -> None:
    person, role, rank = pair
    state = candidates_for(role)
    shown = next(entry for entry in state.full if entry.id == person.pk)
    kept = ScoreSnapshot.objects.get(application=apply(person, role))
    edition = current_edition()
    assert edition is not None
    assert (kept.score, kept.rank, kept.part) == (shown.score, rank, ListPart.FULL)
    assert kept.listed == RoleMatches.objects.get(pk=role.pk).found
    assert (kept.version, kept.edition) == (edition.version, edition.name)
    assert kept.move.to_state == S.NEW


def test_later_lists_do_not_change_it_and_applying_again_is_another_row(pair: tuple[Technician, Role, int]) -> None:
    person, role, _rank = pair
    application = apply(person, role)
    before = ScoreSnapshot.objects.values().get()
    move_application(application=application, to_state=S.WITHDRAWN, actor=person.user)
    TechnicianMatches.objects.all().delete()
    RoleMatches.objects.all().delete()
    apply(person, role)
    again = ScoreSnapshot.objects.order_by("pk").values()
    assert again[0] == before
    assert (again[1]["part"], again[1]["score"], again[1]["rank"]) == (ListPart.NEITHER, None, None)


def test_a_second_click_and_a_second_record_keep_one(pair: tuple[Technician, Role, int]) -> None:
    person, role, _rank = pair
    application = apply(person, role)
    apply(person, role)
    move = application.events.get()
    record_score(application_id=application.pk, move_id=move.pk)
    assert ScoreSnapshot.objects.count() == 1


def test_who_is_past_the_roles_list_has_the_score_of_their_own(pair: tuple[Technician, Role, int]) -> None:
    person, role, _rank = pair
    RoleMatches.objects.filter(pk=role.pk).delete()
    kept = ScoreSnapshot.objects.get(application=apply(person, role))
    assert kept.score is not None
    assert (kept.rank, kept.listed) == (None, None)


def test_before_the_first_edition_applying_works_and_nothing_is_kept() -> None:
    application = apply(TechnicianFactory(), RoleFactory())  # type: ignore[arg-type]
    assert application.state == S.NEW
    assert not ScoreSnapshot.objects.exists()


def test_both_sides_read_it_and_it_is_in_the_export(client: Any, pair: tuple[Technician, Role, int]) -> None:
    person, role, rank = pair
    application = apply(person, role)
    kept = ScoreSnapshot.objects.get()
    recruiter = MembershipFactory(organization=role.organization, position=Position.RECRUITER).user  # type: ignore[attr-defined]
    client.force_login(recruiter)
    page = client.get(reverse("application-score", args=[role.organization.slug, application.ref])).content.decode()
    assert f"{kept.score} de 100" in page
    assert f"Lugar {rank} de {kept.listed}" in page
    whole = client.get(reverse("application-answer", args=[role.organization.slug, application.ref]))
    assert reverse("application-score", args=[role.organization.slug, application.ref]) in whole.content.decode()
    for user in (recruiter, person.user):
        client.force_login(user)
        told = client.get(f"/api/v1/applications/{application.ref}/score/").json()
        assert (told["score"], told["rank"], told["version"]) == (kept.score, kept.rank, kept.version)
    exported = str(export_data(Person(person.user_id, person.pk)))
    assert kept.version in exported
