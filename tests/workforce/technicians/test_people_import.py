"""People from a file: one technician each without an account, in batches, seen by nobody; and taken away again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories as make
from tests.workforce.imports.steps import tried, undone, written
from workforce.accounts.choices import Position
from workforce.accounts.models import Membership
from workforce.imports import running, services
from workforce.imports.choices import JobState, Outcome
from workforce.imports.models import ImportJob, ImportRow, RowError
from workforce.technicians.choices import IntakeState
from workforce.technicians.models import Intake, Technician, TechnicianSkill
from workforce.technicians.people_cells import read_skills, split_name, zones_by_name
from workforce.technicians.people_import import PeopleSession

pytestmark = pytest.mark.django_db
HEAD = "Matrícula,Nombre,Apellido paterno,Teléfono,Correo,Colonia,Habilidades\n"


@pytest.fixture
def school(settings: Any, tmp_path: Any) -> SimpleNamespace:
    """A verified institute with a counsellor, and one zone."""
    settings.MEDIA_ROOT = tmp_path
    organization = make.OrganizationFactory(name="Instituto Propio", is_employer=False, is_institute=True)
    counsellor = make.MembershipFactory(organization=organization, position=Position.COUNSELLOR).user
    return SimpleNamespace(
        organization=organization, counsellor=counsellor, zone=make.ZoneFactory(name="Anapra", city="Ciudad Juárez")
    )


def people(count: int, start: int = 1) -> str:
    """Good rows."""
    return "".join(
        f"M-{n},Nombre{n},Apellido,656 555 {n:04d},n{n}@example.com,anapra,Rotulación a mano\n"
        for n in range(start, start + count)
    )


def sent(school: SimpleNamespace, text: str) -> ImportJob:
    """Send a file."""
    return services.upload_file(
        user=school.counsellor, organization=school.organization, kind="people", name="a.csv", data=text.encode()
    )


def checked(school: SimpleNamespace, text: str) -> ImportJob:
    """Send a file and have it tried."""
    return tried(sent(school, text))


def done(school: SimpleNamespace, text: str) -> ImportJob:
    """Send a file and have all of it written."""
    return written(checked(school, text))


def codes(job: ImportJob) -> list[tuple[int, str, str]]:
    """What was said of which row."""
    return list(RowError.objects.filter(job=job).order_by("row", "pk").values_list("row", "column", "code"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana", ("Ana", "", "")),
        ("Ana Ruiz", ("Ana", "Ruiz", "")),
        ("Ana María Ruiz Soto", ("Ana María", "Ruiz", "Soto")),
        ("José de la Cruz del Río", ("José", "de la Cruz", "del Río")),
        ("Ruiz Soto, Ana María", ("Ana María", "Ruiz", "Soto")),
        ("De la O, Luz", ("Luz", "De la O", "")),
        ("", ("", "", "")),
        ("de la", ("de la", "", "")),
    ],
)
def test_whole_names_part_as_people_here_write_them(text: str, names: tuple[str, str, str]) -> None:
    found = split_name(text)
    assert (found.given_names, found.paternal, found.maternal) == names


def test_skills_have_their_level_in_brackets() -> None:
    assert read_skills("MIG (avanzado); torno, PLC (Siemens)\n ,") == [("MIG", 3), ("torno", 2), ("PLC (Siemens)", 2)]


def test_a_name_of_two_zones_needs_its_city() -> None:
    here, there = make.ZoneFactory(name="Centro", city="Juárez"), make.ZoneFactory(name="Centro", city="El Paso")
    found = zones_by_name([here, there])
    assert (found["centro"], found["centro, juarez"], found["centro el paso"]) == (None, here.pk, there.pk)


def test_rows_become_people_whom_nobody_sees(school: SimpleNamespace) -> None:
    job = done(school, HEAD + people(3))
    assert (job.state, job.counts) == (JobState.DONE, {"created": 3})
    person = Technician.objects.get(given_names="Nombre2")
    assert (person.user, person.paternal, person.zone, person.discoverable) == (None, "Apellido", school.zone, False)
    skill = TechnicianSkill.objects.get(technician=person)
    assert (skill.skill, skill.raw) == (None, "Rotulación a mano")
    intake = Intake.objects.get(technician=person)
    assert (intake.organization, intake.email, intake.phone) == (school.organization, "n2@example.com", "656 555 0002")
    assert intake.letter_due_at is None
    recruiter = make.MembershipFactory(position=Position.RECRUITER).user
    for reader in (recruiter, school.counsellor):
        assert not Technician.objects.visible_to(reader).exists()
    assert not Technician.objects.matchable().exists()


def test_a_check_registers_nobody(school: SimpleNamespace) -> None:
    job = checked(school, HEAD + people(3) + ",,,,,,\nM-9,,X,,,,\n")
    assert job.checked_counts == {"created": 3, "failed": 1}
    assert not Technician.objects.exists()
    assert not Intake.objects.exists()


def test_bad_rows_are_named_by_row_and_heading_and_stop_no_other(school: SimpleNamespace) -> None:
    rows = (
        "M-1,,Sola,,,,\n"
        "M-2,Ana,Ruiz,12,,,\n"
        "M-3,Eva,Ruiz,,nada@,,\n"
        f"M-4,{'x' * 81},Ruiz,,,,\n"
        "M-5,Luz,Ruiz,,,Atlántida,\n"
        "M-5,Luz,Ruiz,,,,\n"
        "M-6,Bien,Ruiz,,,,\n"
    )
    job = done(school, HEAD + rows)
    assert codes(job) == [
        (2, "Nombre", "given_names_invalid"),
        (3, "Teléfono", "phone_invalid"),
        (4, "Correo", "email_invalid"),
        (5, "Nombre", "too_long"),
        (6, "Colonia", "zone_unknown"),
        (7, "Matrícula", "duplicate_row"),
    ]
    assert sorted(Technician.objects.values_list("given_names", flat=True)) == ["Bien", "Luz"]
    english, spanish = set(), set()
    for remark in RowError.objects.filter(job=job):
        with translation.override("en"):
            english.add(remark.text)
        with translation.override("es"):
            spanish.add(remark.text)
    assert "This is longer than 80 characters." in english
    assert not english & spanish
    assert len(spanish) == 6


def test_remarks_and_rows_say_nothing_of_who_it_is(school: SimpleNamespace) -> None:
    job = done(school, HEAD + "SECRETO1,SECRETO2,SECRETO3,secreto4,secreto5@,SECRETO6,SECRETO7\n" + people(1))
    kept = [*RowError.objects.values(), *ImportRow.objects.values(), *ImportJob.objects.filter(pk=job.pk).values()]
    assert len(kept) >= 5
    assert "secreto" not in repr(kept).lower()
    assert "Nombre1" not in repr(kept)


def test_a_refused_row_does_not_make_a_later_one_a_duplicate(school: SimpleNamespace) -> None:
    job = done(school, HEAD + "M-1,Ana,Ruiz,12,,,\nM-1,Ana,Ruiz,,,,\nM-1,Ana,Ruiz,,,,\n")
    assert codes(job) == [(2, "Teléfono", "phone_invalid"), (4, "Matrícula", "duplicate_row")]
    assert Technician.objects.count() == 1


def test_duplicates_are_found_across_chunks_in_check_and_run(
    school: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    job = done(school, HEAD + people(3) + people(2))
    assert job.checked_counts == job.counts == {"created": 3, "failed": 2}
    assert Intake.objects.count() == 3


def test_the_same_people_twice_change_nothing_and_other_details_are_said(school: SimpleNamespace) -> None:
    done(school, HEAD + people(2))
    before = list(Technician.objects.order_by("pk").values())
    again = done(school, HEAD + people(2))
    assert again.counts == {"unchanged": 2}
    assert codes(again) == []
    other = done(school, HEAD + people(1) + "M-2,Otro,Nombre,,,,\n")
    assert other.counts == {"unchanged": 2, "notes": 1}
    assert codes(other) == [(3, "", "known_differs")]
    assert list(Technician.objects.order_by("pk").values()) == before


def test_without_a_number_people_are_known_by_name_phone_and_mail(school: SimpleNamespace) -> None:
    head = "Nombre,Celular\n"
    job = done(school, head + "Ana Ruiz Soto,656 555 0001\nana ruíz  soto,(656) 5550001\nAna Ruiz Soto,6565550002\n")
    assert job.counts == {"created": 2, "failed": 1}
    assert done(school, head + "ANA RUIZ SOTO,6565550001\n").counts["unchanged"] == 1
    assert Technician.objects.filter(paternal="Ruiz", maternal="Soto").count() == 2


def test_another_organization_has_its_own_list(school: SimpleNamespace) -> None:
    done(school, HEAD + people(1))
    other = make.OrganizationFactory()
    user = make.MembershipFactory(organization=other, position=Position.RECRUITER).user
    assert done(SimpleNamespace(organization=other, counsellor=user), HEAD + people(1)).counts == {"created": 1}
    assert Intake.objects.count() == 2


def test_queries_do_not_grow_with_the_rows(school: SimpleNamespace) -> None:
    counts = []
    for size, start in ((5, 1), (150, 100)):
        job = checked(school, HEAD + people(size, start))
        services.start_import(job=job)
        with CaptureQueriesContext(connection) as queries:
            running.work(job.pk)
        counts.append(len(queries))
        services.undo_import(job=job)
        with CaptureQueriesContext(connection) as queries:
            running.work(job.pk)
        counts.append(len(queries))
    assert Technician.objects.count() == 0
    # SQLite takes 999 values at a time, so a batch of 150 is written in a few pieces; by row there would be 145 more.
    assert counts[2] - counts[0] <= 10
    assert counts[3] - counts[1] <= 10


@pytest.mark.parametrize("where", ["between", "inside"])
def test_a_worker_killed_between_and_inside_chunks_is_continued(
    school: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(running, "CHUNK", 4)
    job = checked(school, HEAD + people(10))
    services.start_import(job=job)
    take, calls = PeopleSession.take, []

    def dies(self: Any, rows: Any) -> Any:
        calls.append(len(rows))
        if len(calls) == 2 and where == "between":
            raise KeyboardInterrupt
        taken = take(self, rows)
        if len(calls) == 2:  # written, and not committed
            raise KeyboardInterrupt
        return taken

    monkeypatch.setattr(PeopleSession, "take", dies)
    with pytest.raises(KeyboardInterrupt):
        running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, Technician.objects.count()) == (JobState.RUNNING, 4, 4)
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts) == (JobState.DONE, {"created": 10})
    assert sorted(Technician.objects.values_list("given_names", flat=True)) == sorted(
        f"Nombre{n}" for n in range(1, 11)
    )
    assert ImportRow.objects.filter(job=job, outcome=Outcome.CREATED).count() == 10


def test_an_undo_leaves_who_took_over_who_was_changed_and_who_is_in_use(school: SimpleNamespace) -> None:
    job = done(school, HEAD + people(5))
    intakes = list(Intake.objects.order_by("pk").select_related("technician"))
    Intake.objects.filter(pk=intakes[0].pk).update(state=IntakeState.CLAIMED)
    Intake.objects.filter(pk=intakes[1].pk).update(phone="656 111 2233")
    make.EnrolmentFactory(technician=intakes[2].technician)
    Intake.objects.filter(pk=intakes[3].pk).delete()
    job = undone(job)
    assert (job.state, job.counts["undone"], job.counts["kept"]) == (JobState.UNDONE, 1, 4)
    assert (job.total, job.done) == (5, 5)
    kept = RowError.objects.filter(job=job, severity="kept").order_by("row").values_list("code", flat=True)
    assert list(kept) == ["claimed", "changed_since", "in_use", "gone"]
    assert not Technician.objects.filter(given_names="Nombre5").exists()
    assert Technician.objects.count() == 4


def test_after_an_undo_the_same_file_comes_in_again(school: SimpleNamespace) -> None:
    undone(done(school, HEAD + people(3)))
    assert not Technician.objects.exists()
    assert not Intake.objects.exists()
    assert done(school, HEAD + people(3)).counts == {"created": 3}


def test_who_lost_their_place_meanwhile_registers_nobody(school: SimpleNamespace) -> None:
    job = checked(school, HEAD + people(1))
    services.start_import(job=job)
    Membership.objects.all().delete()
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure["code"]) == (JobState.FAILED, "not_yours")
    assert not Technician.objects.exists()


def test_an_organization_that_is_not_verified_is_told_so(school: SimpleNamespace) -> None:
    type(school.organization).objects.filter(pk=school.organization.pk).update(verification="none")
    job = checked(school, HEAD + people(1))
    assert (job.state, job.failure["code"]) == (JobState.FAILED, "not_verified")
    with translation.override("en"):
        assert "verified" in job.failure_text


def test_links_are_sent_only_to_those_with_an_address_when_asked(school: SimpleNamespace) -> None:
    job = sent(school, HEAD + people(1) + "M-7,Sin,Correo,,,,\n")
    services.set_columns(job=job, mapping=job.mapping, options={"send_link": True})
    running.work(job.pk)
    services.start_import(job=job)
    running.work(job.pk)
    due = Intake.objects.filter(letter_due_at__isnull=False).values_list("email", flat=True)
    assert list(due) == ["n1@example.com"]
