"""From a file to a profile: what is read waits for its person, who decides."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.budgets import QueryBudget
from tests.workforce.technicians.cv import files
from tests.workforce.technicians.cv.conftest import files_under
from tests.workforce.technicians.cv.samples import MAINTENANCE
from workforce.core.errors import Conflict, InvalidInput, NotThere
from workforce.skills.models import UnlinkedPhrase
from workforce.technicians import services
from workforce.technicians.choices import FindingKind, ReadingState
from workforce.technicians.models import Certificate, CvFinding, CvReading, Experience, Study, TechnicianSkill
from workforce.technicians.services.cv_saving import pick_of

PDF = files.pdf(MAINTENANCE)


def send(person: SimpleNamespace, data: bytes = PDF, name: str = "cv.pdf", **more: Any) -> Any:
    """Post a file as the page does."""
    return person.client.post(reverse("cv"), {"file": SimpleUploadedFile(name, data), **more})


def read(person: SimpleNamespace, data: bytes = PDF, name: str = "cv.pdf", **more: Any) -> CvReading:
    """Send a file and have a worker read it."""
    assert send(person, data, name, **more).status_code == 302
    reading = CvReading.objects.latest("pk")
    services.read_cv(reading_id=reading.pk)
    reading.refresh_from_db()
    return reading


def drawn(person: SimpleNamespace, reading: CvReading) -> dict[str, Any]:
    """What the browser would send from the page, unchanged."""
    form = person.client.get(reverse("cv-reading", args=[reading.ref])).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def finding(reading: CvReading, kind: FindingKind, words: str = "") -> CvFinding:
    """The one finding of a kind that holds these words."""
    found: CvFinding = CvFinding.objects.get(reading=reading, kind=kind, words__icontains=words)
    return found


def page(response: Any) -> str:
    """What is shown."""
    return str(response.content.decode())


def test_nothing_is_saved_before_the_person_says_so(person: SimpleNamespace) -> None:
    reading = read(person)
    assert reading.state == ReadingState.READ
    assert reading.findings.count() >= 8
    assert not TechnicianSkill.objects.exists()
    assert not Experience.objects.exists()
    person.technician.refresh_from_db()
    assert person.technician.english == ""
    assert "Programación de PLC Allen-Bradley, nivel avanzado, 5 años" in page(
        person.client.get(reverse("cv-reading", args=[reading.ref]))
    )


def test_one_save_fills_the_profile(person: SimpleNamespace) -> None:
    reading = read(person)
    plc = finding(reading, FindingKind.SKILL, "PLC")
    answer = person.client.post(
        reverse("cv-reading", args=[reading.ref]), drawn(person, reading) | {f"level-{plc.pk}": "4"}
    )
    assert answer.url == reverse("cv-reading", args=[reading.ref])
    held = {row.skill.code: row for row in TechnicianSkill.objects.select_related("skill")}
    assert {"plc-programming", "hydraulics", "mig-welding", "spanish"} == set(held)
    assert (held["plc-programming"].level, held["plc-programming"].raw) == (4, "Programación de PLC")
    assert not held["plc-programming"].evidence.exists()  # the person's own word
    jobs = list(Experience.objects.order_by("-started_on").values_list("title_es", "employer", "ended_on"))
    assert jobs[0] == ("Técnico de mantenimiento industrial", "Manufacturas Inventadas del Norte, S.A. de C.V.", None)
    assert len(jobs) == 2
    assert Study.objects.get().degree == "tsu"
    certificate = Certificate.objects.get()
    assert (certificate.credential, certificate.folio, certificate.is_verified) == (person.forklift, "MC-0042", False)
    person.technician.refresh_from_db()
    assert person.technician.english == "B1"
    assert "Tu perfil ya tiene lo de tu currículum" in page(person.client.get(answer.url))


def test_what_is_not_ticked_is_not_saved(person: SimpleNamespace) -> None:
    reading = read(person)
    data = {name: value for name, value in drawn(person, reading).items() if not name.startswith("take-")}
    plc = finding(reading, FindingKind.SKILL, "PLC")
    person.client.post(reverse("cv-reading", args=[reading.ref]), data | {f"take-{plc.pk}": "on"})
    assert [row.skill.code for row in TechnicianSkill.objects.select_related("skill")] == ["plc-programming"]
    assert not Experience.objects.exists()
    assert list(CvFinding.objects.filter(taken=True)) == [plc]


def test_what_the_profile_has_is_shown_as_such_and_stays_as_it_is(person: SimpleNamespace) -> None:
    make.TechnicianSkillFactory(technician=person.technician, skill=person.skills["plc-programming"], level=3)
    reading = read(person)
    plc = finding(reading, FindingKind.SKILL, "PLC")
    shown = page(person.client.get(reverse("cv-reading", args=[reading.ref])))
    assert "Ya está en tu perfil" in shown
    assert f"take-{plc.pk}" not in shown
    person.client.post(reverse("cv-reading", args=[reading.ref]), drawn(person, reading) | {f"take-{plc.pk}": "on"})
    assert TechnicianSkill.objects.get(skill=person.skills["plc-programming"]).level == 3


def test_a_second_click_and_another_tab_add_nothing(person: SimpleNamespace) -> None:
    reading = read(person)
    data = drawn(person, reading)
    person.client.post(reverse("cv-reading", args=[reading.ref]), data)
    before = TechnicianSkill.objects.count(), Experience.objects.count(), Study.objects.count()
    again = person.client.post(reverse("cv-reading", args=[reading.ref]), data, follow=True)
    assert "Nada se agregó dos veces" in page(again)
    assert (TechnicianSkill.objects.count(), Experience.objects.count(), Study.objects.count()) == before


def test_a_double_click_makes_one_reading(person: SimpleNamespace) -> None:
    assert send(person).url == send(person).url
    assert CvReading.objects.count() == 1


def test_a_new_file_puts_the_one_before_aside(person: SimpleNamespace) -> None:
    first = read(person)
    second = read(person, files.docx(MAINTENANCE), "cv.docx")
    first.refresh_from_db()
    assert (first.state, second.state) == (ReadingState.DROPPED, ReadingState.READ)
    assert not first.findings.exists()
    assert person.client.get(reverse("cv-reading", args=[first.ref])).status_code == 404


def test_the_file_goes_once_it_is_read(person: SimpleNamespace, django_capture_on_commit_callbacks: Any) -> None:
    send(person)
    assert len(files_under(person.media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.read_cv(reading_id=CvReading.objects.get().pk)
    assert files_under(person.media) == []
    assert CvReading.objects.get().file == ""


def test_the_file_stays_on_request_for_its_person_alone(
    person: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reading = read(person, keep_file="on")
    assert len(files_under(person.media)) == 1
    answer = person.client.get(reverse("cv-file", args=[reading.ref]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    person.client.force_login(make.TechnicianFactory().user)
    assert person.client.get(reverse("cv-file", args=[reading.ref])).status_code == 404
    person.client.force_login(person.technician.user)
    with django_capture_on_commit_callbacks(execute=True):
        person.client.post(reverse("cv-discard", args=[reading.ref]))
    assert files_under(person.media) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (files.scan(), "escaneo"),
        (files.locked_pdf(MAINTENANCE, "secreta"), "contraseña"),
        (files.pdf(MAINTENANCE, pages=500), "30 páginas"),
        (PDF[:500], "dañado"),
    ],
)
def test_what_cannot_be_read_says_why_in_both_languages(person: SimpleNamespace, data: bytes, said: str) -> None:
    reading = read(person, data)
    assert reading.state == ReadingState.FAILED
    address = reverse("cv-reading", args=[reading.ref])
    spanish = page(person.client.get(address))
    assert said in spanish
    type(person.technician.user).objects.filter(pk=person.technician.user_id).update(language="en")
    english = page(person.client.get(address))
    assert said not in english
    assert "We could not read your CV" in english


def test_what_can_be_seen_at_once_is_said_at_once(person: SimpleNamespace) -> None:
    for data, said in ((b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "foto"), (b"", "vacío"), (b"hola " * 99, "texto")):
        answer = send(person, data)
        assert answer.status_code == 400
        assert said in page(answer)
    assert not CvReading.objects.exists()


def test_a_file_with_the_wrong_ending_is_read_as_what_it_is(person: SimpleNamespace) -> None:
    reading = read(person, files.docx(MAINTENANCE), "cv.pdf")
    assert reading.state == ReadingState.READ
    assert "DOCX" in page(person.client.get(reverse("cv-reading", args=[reading.ref])))


def test_while_it_is_read_the_page_says_how_far_it_is(person: SimpleNamespace) -> None:
    address = send(person).url
    assert "<progress" in page(person.client.get(address))
    part = page(person.client.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part
    services.read_cv(reading_id=CvReading.objects.get().pk)
    assert person.client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_worker_that_died_is_followed_by_another(person: SimpleNamespace) -> None:
    send(person)
    reading = CvReading.objects.get()
    CvReading.objects.filter(pk=reading.pk).update(state=ReadingState.OPENING, attempts=1)
    assert services.read_left() == 0  # another one is at it
    CvReading.objects.filter(pk=reading.pk).update(updated_at=timezone.now() - timedelta(minutes=4))
    assert services.read_left() == 1
    reading.refresh_from_db()
    assert reading.state == ReadingState.READ
    before = reading.findings.count()
    services.read_cv(reading_id=reading.pk)
    assert reading.findings.count() == before


def test_a_file_that_kills_workers_is_given_up(
    person: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    send(person)
    old = timezone.now() - timedelta(minutes=4)
    CvReading.objects.update(state=ReadingState.UNDERSTANDING, attempts=3, updated_at=old)
    with django_capture_on_commit_callbacks(execute=True):
        services.read_left()
    assert (CvReading.objects.get().state, CvReading.objects.get().why) == (ReadingState.FAILED, "internal")
    assert files_under(person.media) == []


def test_what_was_put_aside_meanwhile_is_not_written(person: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    send(person)
    reading = CvReading.objects.get()

    def drop(data: bytes) -> str:
        services.discard_cv(technician_id=person.technician.pk, reading_id=reading.pk)
        return MAINTENANCE

    monkeypatch.setattr("workforce.technicians.services.cv_reading.read_text", drop)
    services.read_cv(reading_id=reading.pk)
    reading.refresh_from_db()
    assert reading.state == ReadingState.DROPPED
    assert not CvFinding.objects.exists()


def test_it_is_forgotten_after_its_days(person: SimpleNamespace, django_capture_on_commit_callbacks: Any) -> None:
    kept = read(person, keep_file="on")
    services.forget_old_cvs()
    assert kept.findings.exists()
    CvReading.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert person.client.get(reverse("cv-reading", args=[kept.ref])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        services.forget_old_cvs()
    assert list(CvReading.objects.all()) == [kept]
    assert not CvFinding.objects.exists()
    assert len(files_under(person.media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.discard_cv(technician_id=person.technician.pk, reading_id=kept.pk)
        services.forget_old_cvs()
    assert not CvReading.objects.exists()
    assert files_under(person.media) == []


def test_own_words_are_kept_and_counted_for_staff(person: SimpleNamespace) -> None:
    reading = read(person, files.docx(MAINTENANCE.replace("• 5S", "• Rotulación a pincel")))
    own = finding(reading, FindingKind.SKILL, "Rotulación")
    services.confirm_cv(technician_id=person.technician.pk, reading_id=reading.pk, picks=[pick_of(own)], language="es")
    row = TechnicianSkill.objects.get()
    assert (row.skill, row.raw) == (None, "Rotulación a pincel")
    assert UnlinkedPhrase.objects.get().norm == "rotulacion a pincel"


def test_a_full_profile_takes_nothing_and_says_so(person: SimpleNamespace) -> None:
    for _number in range(80):
        make.TechnicianSkillFactory(technician=person.technician)
    reading = read(person)
    answer = person.client.post(reverse("cv-reading", args=[reading.ref]), drawn(person, reading))
    assert answer.status_code == 400
    assert "80" in page(answer)
    assert not Experience.objects.exists()
    reading.refresh_from_db()
    assert reading.state == ReadingState.READ


def test_wrong_dates_are_said_beside_their_field_and_nothing_is_saved(person: SimpleNamespace) -> None:
    reading = read(person)
    job = finding(reading, FindingKind.JOB, "Ayudante")
    data = drawn(person, reading) | {f"ended-{job.pk}": "2010-01-01"}
    answer = person.client.post(reverse("cv-reading", args=[reading.ref]), data)
    assert answer.status_code == 400
    assert answer.context["form"].errors == {f"ended-{job.pk}": ["No puede terminar antes de empezar."]}
    assert not Experience.objects.exists()
    del data[f"take-{job.pk}"]  # what is not ticked may say anything
    assert person.client.post(reverse("cv-reading", args=[reading.ref]), data).status_code == 302


def test_services_refuse_what_no_profile_may_say(person: SimpleNamespace) -> None:
    reading = read(person)
    job, study = finding(reading, FindingKind.JOB, "Ayudante"), finding(reading, FindingKind.STUDY)
    whose = {"technician_id": person.technician.pk, "reading_id": reading.pk, "language": "es"}
    ahead = timezone.localdate() + timedelta(days=2)
    for wrong in (
        pick_of(job, title=" "),
        pick_of(job, started_on=None),
        pick_of(job, ended_on=ahead),
        pick_of(study, grade="doctor"),
    ):
        with pytest.raises(InvalidInput):
            services.confirm_cv(**whose, picks=[wrong])
    other = make.TechnicianFactory()
    with pytest.raises(NotThere):
        services.confirm_cv(**whose | {"technician_id": other.pk}, picks=[])
    CvReading.objects.update(state=ReadingState.OPENING)
    with pytest.raises(Conflict):
        services.confirm_cv(**whose, picks=[])
    assert not Experience.objects.exists()


def test_many_files_a_day_are_too_many(person: SimpleNamespace, settings: Any) -> None:
    settings.CV_MOST_A_DAY = 2
    for number in range(2):
        assert send(person, files.docx(f"{MAINTENANCE}{number}")).status_code == 302
    answer = send(person, files.docx(f"{MAINTENANCE}3"))
    assert answer.status_code == 400
    assert CvReading.objects.count() == 2


def test_many_findings_cost_no_more_queries(person: SimpleNamespace, query_budget: QueryBudget) -> None:
    reading = make.CvReadingFactory(technician=person.technician)
    for _number in range(40):
        make.CvFindingFactory(reading=reading, skill=make.SkillFactory())
    query_budget(person.client, "cv", reverse("cv"))
    page_of_it = query_budget(person.client, "cv-reading", reverse("cv-reading", args=[reading.ref]))
    assert page(page_of_it).count('name="take-') == 40
