"""Imports from the upload to the undo, with vacancies: nothing doubled, nothing lost, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests import factories as make
from tests.workforce.imports.steps import tried, undone, written
from workforce.core.errors import Conflict, InvalidInput
from workforce.employers.bulk import RoleImporter
from workforce.employers.models import Role
from workforce.employers.services import save_role
from workforce.imports import cleaning, running, services
from workforce.imports.choices import JobState
from workforce.imports.models import ImportJob, ImportMapping, ImportRow, RowError

pytestmark = pytest.mark.django_db
HEAD = "Folio,Puesto,Vacantes,Turno,Sueldo\n"


def rows(count: int, start: int = 1) -> str:
    """Return good rows with references of their own."""
    return "".join(f"R-{n},Soldador {n},2,1ro,3000 sem\n" for n in range(start, start + count))


def sent(house: SimpleNamespace, text: str, name: str = "vacantes.csv") -> ImportJob:
    """Send a file."""
    return services.upload_file(
        user=house.recruiter, organization=house.organization, kind="roles", name=name, data=text.encode()
    )


def checked(house: SimpleNamespace, text: str) -> ImportJob:
    """Send a file and have it tried."""
    return tried(sent(house, text))


def done(house: SimpleNamespace, text: str) -> ImportJob:
    """Send a file and have all of it written."""
    return written(checked(house, text))


def stored() -> list[tuple[Any, ...]]:
    """What is in the table of roles."""
    return list(Role.objects.order_by("pk").values_list("external_ref", "title_es", "openings", "pay_min"))


def test_a_check_counts_and_writes_nothing(house: SimpleNamespace) -> None:
    job = checked(house, HEAD + rows(2) + "R-9,,1,1ro,3000\n")
    assert (job.state, job.total) == (JobState.CHECKED, 3)
    assert job.checked_counts == {"created": 2, "failed": 1}
    assert stored() == []
    assert not ImportRow.objects.exists()


def test_remarks_are_said_in_the_language_of_who_reads_them(house: SimpleNamespace) -> None:
    job = checked(house, HEAD + "R-9,,1,1ro,3000\n")
    remark = RowError.objects.refusals().get(job=job)
    assert (remark.row, remark.column, remark.code) == (2, "Puesto", "title_missing")
    with translation.override("en"):
        assert remark.text == "The title of the role is missing."
    with translation.override("es"):
        assert remark.text != "The title of the role is missing."


def test_a_run_writes_what_the_check_promised_and_the_file_goes(
    house: SimpleNamespace, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = done(house, HEAD + rows(3))
    assert (job.state, job.counts["created"], job.done, job.total) == (JobState.DONE, 3, 3, 3)
    assert [row[0] for row in stored()] == ["R-1", "R-2", "R-3"]
    assert job.samples == []
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_the_same_file_twice_changes_nothing(house: SimpleNamespace) -> None:
    done(house, HEAD + rows(3))
    before = stored()
    again = done(house, HEAD + rows(3))
    assert again.counts == {"unchanged": 3}
    assert stored() == before


def test_a_worker_that_dies_in_the_middle_is_continued(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    job = checked(house, HEAD + rows(7))
    services.start_import(job=job)
    session = RoleImporter().session(job).__class__
    take = session._take

    def dies(self: Any, row: Any) -> Any:
        if row.line == 5:  # the second row of the second chunk
            raise KeyboardInterrupt
        return take(self, row)

    monkeypatch.setattr(session, "_take", dies)
    with pytest.raises(KeyboardInterrupt):
        running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, len(stored())) == (JobState.RUNNING, 2, 2)
    monkeypatch.setattr(session, "_take", take)
    running.work(job.pk)
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.counts["created"]) == (JobState.DONE, 7, 7)
    assert [row[0] for row in stored()] == [f"R-{n}" for n in range(1, 8)]
    assert list(ImportRow.objects.values_list("row", flat=True)) == list(range(2, 9))


def test_a_row_seen_before_the_crash_is_a_duplicate_after_it(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    job = checked(house, HEAD + rows(1) + rows(1))
    assert job.checked_counts == {"created": 1, "failed": 1}
    services.start_import(job=job)
    job.refresh_from_db()
    fresh = ImportJob.objects.get(pk=job.pk)
    chunk = next(running._chunks(running._rows(fresh)))
    running._run_chunk(fresh, RoleImporter().session(fresh), chunk)
    running.work(job.pk)
    assert RowError.objects.refusals().get(job=job).code == "duplicate_row"
    assert len(stored()) == 1


def test_two_workers_on_one_job_do_not_double(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    job = checked(house, HEAD + rows(4))
    services.start_import(job=job)
    slow = ImportJob.objects.select_related("organization", "user").get(pk=job.pk)
    chunk = next(running._chunks(running._rows(slow)))
    running.work(job.pk)
    with pytest.raises(running.Overtaken):
        running._run_chunk(slow, RoleImporter().session(slow), chunk)
    assert len(stored()) == 4


def test_a_fault_of_ours_is_tried_again_and_given_up_in_the_end(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = checked(house, HEAD + rows(1))
    services.start_import(job=job)

    def breaks(self: Any, row: Any) -> Any:
        raise RuntimeError("Key (email)=(ana.marker@example.test)")

    monkeypatch.setattr(RoleImporter().session(job).__class__, "_take", breaks)
    for _attempt in range(running.MAX_ATTEMPTS - 1):
        running.work(job.pk)
        assert ImportJob.objects.get(pk=job.pk).state == JobState.RUNNING
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure["code"]) == (JobState.FAILED, "internal")
    assert "RuntimeError" in caplog.text
    assert "ana.marker" not in caplog.text, "logs outlive the file"
    assert stored() == []


def test_two_clicks_on_start_make_one_run(house: SimpleNamespace) -> None:
    job = checked(house, HEAD + rows(2))
    first = services.start_import(job=job)
    second = services.start_import(job=job)
    assert first.revision == second.revision
    running.work(job.pk)
    assert services.start_import(job=job).state == JobState.DONE
    assert len(stored()) == 2


def test_cancelling_stops_at_the_end_of_a_chunk_and_can_be_undone(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    job = checked(house, HEAD + rows(6))
    services.start_import(job=job)
    running_copy = ImportJob.objects.select_related("organization", "user").get(pk=job.pk)
    chunks = running._chunks(running._rows(running_copy))
    session = RoleImporter().session(running_copy)
    running._run_chunk(running_copy, session, next(chunks))
    services.cancel_import(job=job)
    with pytest.raises(running.Overtaken):
        running._run_chunk(running_copy, session, next(chunks))
    assert len(stored()) == 2
    assert services.cancel_import(job=job).state == JobState.CANCELLED
    assert undone(job).state == JobState.UNDONE
    assert stored() == []


def test_what_is_over_cannot_be_cancelled_nor_started_nor_mapped(house: SimpleNamespace) -> None:
    job = done(house, HEAD + rows(1))
    with pytest.raises(Conflict):
        services.cancel_import(job=job)
    with pytest.raises(Conflict):
        services.set_columns(job=job, mapping=job.mapping)
    job = undone(job)
    with pytest.raises(Conflict):
        services.start_import(job=job)
    assert services.undo_import(job=job).state == JobState.UNDONE


def test_an_undo_removes_restores_and_says_what_it_left(house: SimpleNamespace) -> None:
    done(house, HEAD + rows(2))
    before = stored()
    job = done(house, HEAD + "R-1,Soldadora TIG,9,2do,4000 sem\nR-2,Otro,8,1ro,3000 sem\n" + rows(3, start=3))
    assert job.counts["updated"] == 2
    touched = Role.objects.get(external_ref="R-2")
    save_role(actor=None, organization=house.organization, values={"openings": 5}, role=touched)
    make.ApplicationFactory(role=Role.objects.get(external_ref="R-3"))
    job = undone(job)
    assert (job.counts["undone"], job.counts["kept"]) == (3, 2)
    assert [row[0] for row in stored()] == ["R-1", "R-2", "R-3"]
    assert stored()[0] == before[0]
    kept = dict(RowError.objects.filter(job=job, severity="kept").values_list("row", "code"))
    assert kept == {3: "changed_since", 4: "in_use"}
    assert done(house, HEAD + rows(1)).counts["unchanged"] == 1  # the restored role knows its old row again


def test_an_undo_that_dies_is_continued(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    job = done(house, HEAD + rows(5))
    services.undo_import(job=job)
    copy = ImportJob.objects.select_related("organization", "user").get(pk=job.pk)
    assert running._undo_chunk(copy) == 2
    assert len(stored()) == 3
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts["undone"], stored()) == (JobState.UNDONE, 5, [])


def test_columns_are_remembered_for_the_same_headings_in_any_order(house: SimpleNamespace) -> None:
    job = sent(house, "Alfa,Beta\nSoldador,2\n")
    assert job.mapping == {}
    services.set_columns(job=job, mapping={"title": 0, "openings": 1})
    assert sent(house, "Beta,Alfa\n3,Tornero\n").mapping == {"title": 1, "openings": 0}
    other = SimpleNamespace(organization=make.OrganizationFactory(), recruiter=house.recruiter)
    assert sent(other, "Alfa,Beta\nX,1\n").mapping == {}
    assert ImportMapping.objects.count() == 1


@pytest.mark.parametrize("mapping", [{}, {"openings": 0}, {"title": 7}, {"title": 0, "openings": 0}, {"nada": 0}])
def test_columns_that_make_no_sense_are_refused(house: SimpleNamespace, mapping: dict[str, int]) -> None:
    job = sent(house, "Alfa,Beta\nSoldador,2\n")
    with pytest.raises(InvalidInput):
        services.set_columns(job=job, mapping=mapping)
    assert ImportJob.objects.get(pk=job.pk).state == JobState.UPLOADED


def test_a_broker_that_is_down_loses_nothing(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    job = sent(house, HEAD + rows(1))
    with django_capture_on_commit_callbacks(execute=True):
        monkeypatch.setattr("workforce.imports.tasks.work.apply_async", lambda **kwargs: 1 / 0)
        services.set_columns(job=job, mapping=job.mapping)
    assert ImportJob.objects.get(pk=job.pk).state == JobState.CHECKING
    assert running.work_pending() == 0  # a worker may be at it
    monkeypatch.setattr(running, "STALE", -running.STALE)
    assert running.work_pending() == 1
    assert ImportJob.objects.get(pk=job.pk).state == JobState.CHECKED


def test_a_double_click_on_send_makes_one_job(house: SimpleNamespace) -> None:
    assert sent(house, HEAD + rows(1)).pk == sent(house, HEAD + rows(1)).pk
    assert sent(house, HEAD + rows(2)).pk != sent(house, HEAD + rows(1)).pk


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\Users\\x\\lista.csv", "a" * 500 + ".csv", ""])
def test_a_name_says_nothing_of_where_the_file_is_kept(house: SimpleNamespace, name: str) -> None:
    job = sent(house, HEAD + rows(1), name=name)
    assert "/" not in job.original_name
    assert len(job.original_name) <= 120
    assert job.file.name.startswith("imports/")
    assert len(job.file.name) == len("imports/") + 32


def test_what_a_file_said_is_kept_for_its_days_and_not_longer(house: SimpleNamespace, client: Client) -> None:
    old, young, waiting = (
        done(house, HEAD + "R-9,,1,1ro,3000\n"),
        done(house, HEAD + rows(1)),
        sent(house, HEAD + rows(2)),
    )
    ImportJob.objects.filter(pk=old.pk).update(finished_at=timezone.now() - cleaning.KEPT, samples=[["left"]])
    ImportJob.objects.exclude(pk=old.pk).update(finished_at=timezone.now() - cleaning.KEPT + timedelta(minutes=1))
    assert cleaning.remove_old() == 1
    assert cleaning.remove_old() == 0, "an old one is not looked at for ever"
    old.refresh_from_db()
    assert (old.original_name, old.headings, old.samples) == ("", [], [])
    assert not RowError.objects.filter(job=old).exists()
    assert not ImportRow.objects.filter(job=old).exists()
    for kept in (young, waiting):
        kept.refresh_from_db()
        assert (kept.original_name, bool(kept.headings)) == ("vacantes.csv", True)
    assert ImportRow.objects.filter(job=young).exists()
    client.force_login(house.recruiter)
    for page in (
        reverse("imports", args=(house.organization.slug,)),
        reverse("import-detail", args=(house.organization.slug, old.ref)),
    ):
        assert f"Importación {str(old.ref)[:8]}" in client.get(page).content.decode()


def test_what_nobody_started_in_a_week_goes_with_its_file(
    house: SimpleNamespace, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    job, fresh = checked(house, HEAD + rows(1)), sent(house, HEAD + rows(2))
    ImportJob.objects.filter(pk=job.pk).update(updated_at=timezone.now() - cleaning.ABANDONED)
    with django_capture_on_commit_callbacks(execute=True):
        assert cleaning.remove_old() == 1
    job.refresh_from_db()
    assert (job.state, job.samples) == (JobState.CANCELLED, [])
    assert [path.name for path in media.rglob("*") if path.is_file()] == [Path(fresh.file.name).name]


def test_columns_that_nobody_chose_for_a_year_are_forgotten(house: SimpleNamespace) -> None:
    checked(house, HEAD + rows(1))
    ImportMapping.objects.update(updated_at=timezone.now() - cleaning.UNUSED + timedelta(minutes=1))
    cleaning.remove_old()
    assert ImportMapping.objects.exists()
    ImportMapping.objects.update(updated_at=timezone.now() - cleaning.UNUSED)
    checked(house, HEAD + rows(2))
    cleaning.remove_old()
    assert ImportMapping.objects.exists(), "they were chosen again"
    ImportMapping.objects.update(updated_at=timezone.now() - cleaning.UNUSED)
    cleaning.remove_old()
    assert not ImportMapping.objects.exists()


class TestPages:
    """The same, as people do it."""

    def post(self, client: Client, name: str, house: SimpleNamespace, job: ImportJob, data: Any = None) -> Any:
        """Press a button of an import."""
        return client.post(reverse(name, args=(house.organization.slug, job.ref)), data or {}, follow=True)

    def test_from_file_to_undo(self, house: SimpleNamespace, client: Client) -> None:
        client.force_login(house.recruiter)
        address = reverse("imports", args=(house.organization.slug,))
        file = SimpleUploadedFile("vacantes.csv", (HEAD + rows(2) + "R-9,,1,1ro,3000\n").encode())
        page = client.post(address, {"kind": "roles", "file": file}, follow=True)
        job = ImportJob.objects.get()
        assert page.redirect_chain[-1][0] == reverse("import-columns", args=(house.organization.slug, job.ref))
        assert "Soldador 1" in page.content.decode()
        page = self.post(client, "import-columns", house, job, job.mapping | {"switch_publish": "on"})
        assert 'hx-trigger="every 2s"' in page.content.decode()
        running.work(job.pk)
        page = client.get(
            reverse("import-detail", args=(house.organization.slug, job.ref)), headers={"HX-Request": "true"}
        )
        assert "<html" not in page.content.decode()
        assert reverse("import-start", args=(house.organization.slug, job.ref)) in page.content.decode()
        errors = client.get(reverse("import-errors", args=(house.organization.slug, job.ref)))
        assert b"".join(errors.streaming_content).decode().count("\r\n") >= 2
        self.post(client, "import-start", house, job)
        running.work(job.pk)
        assert len(stored()) == 2
        page = self.post(client, "import-undo", house, job)
        running.work(job.pk)
        assert stored() == []
        for state in JobState:
            ImportJob.objects.update(state=state)
            page = client.get(reverse("import-detail", args=(house.organization.slug, job.ref)))
            assert page.status_code == 200

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"Puesto\n", b"PK\x03\x04xx", b"a,b\n1,\x00\n"])
    def test_a_file_that_cannot_be_used_is_said_so_on_the_form(
        self, house: SimpleNamespace, client: Client, data: bytes
    ) -> None:
        client.force_login(house.recruiter)
        address = reverse("imports", args=(house.organization.slug,))
        page = client.post(address, {"kind": "roles", "file": SimpleUploadedFile("x.xlsx", data)})
        assert page.status_code == 200
        assert page.context["form"].errors["file"]
        assert not ImportJob.objects.exists()

    def test_the_list_costs_the_same_however_long(
        self, house: SimpleNamespace, client: Client, query_budget: Any
    ) -> None:
        for n in range(25):
            sent(house, HEAD + rows(1, start=n))
        client.force_login(house.recruiter)
        query_budget(client, "imports", reverse("imports", args=(house.organization.slug,)))
