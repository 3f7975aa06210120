"""A CV by API: the same services as the pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories as make
from tests.workforce.technicians.cv import files
from tests.workforce.technicians.cv.samples import MAINTENANCE
from workforce.technicians import services
from workforce.technicians.models import CvReading, Experience, TechnicianSkill


def send(person: SimpleNamespace, data: bytes) -> Any:
    """Post a file."""
    return person.client.post(reverse("api-my-cv"), {"file": SimpleUploadedFile("cv.docx", data)})


def read(person: SimpleNamespace) -> dict[str, Any]:
    """Send a CV, have it read, and ask what was found."""
    answer = send(person, files.docx(MAINTENANCE))
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["findings"]) == ("waiting", [])
    services.read_cv(reading_id=CvReading.objects.get().pk)
    told: dict[str, Any] = person.client.get(reverse("api-my-cv-reading", args=[answer.json()["ref"]])).json()
    assert told["state"] == "read"
    return told


def confirm(person: SimpleNamespace, ref: str, *findings: dict[str, Any]) -> Any:
    """Confirm findings."""
    address = reverse("api-my-cv-confirm", args=[ref])
    return person.client.post(address, {"findings": list(findings)}, content_type="application/json")


def test_what_is_found_is_told_with_its_sentence_and_saved_once(person: SimpleNamespace) -> None:
    make.TechnicianSkillFactory(technician=person.technician, skill=person.skills["hydraulics"], level=1)
    told = read(person)
    found = {one["skill"] or one["words"]: one for one in told["findings"]}
    plc, job = found["plc-programming"], found["Ayudante de electricista"]
    assert plc["sentence"] == "Programación de PLC Allen-Bradley, nivel avanzado, 5 años"
    assert (plc["suggested"], plc["in_profile"]) == (True, False)
    assert (found["hydraulics"]["suggested"], found["hydraulics"]["in_profile"]) == (False, True)
    answer = confirm(person, told["ref"], {"id": plc["id"], "level": 4}, {"id": job["id"], "title": "Ayudante"})
    assert (answer.status_code, answer.json()["state"]) == (200, "saved")
    assert TechnicianSkill.objects.get(skill__code="plc-programming").level == 4
    assert str(Experience.objects.get().title_es) == "Ayudante"
    again = confirm(person, told["ref"], {"id": plc["id"]})
    assert (again.status_code, again.json()["code"]) == (409, "already_saved")


def test_what_is_wrong_is_said_and_nothing_is_saved(person: SimpleNamespace) -> None:
    told = read(person)
    job = next(one for one in told["findings"] if one["kind"] == "job")
    for wrong in ({"id": job["id"], "started_on": None}, {"id": 987_654}, {"id": job["id"], "ended_on": "2999-01-01"}):
        assert confirm(person, told["ref"], wrong).status_code == 400
    assert not Experience.objects.exists()
    assert send(person, b"\x89PNG" + b"\x00" * 40).json()["code"] == "picture"


def test_it_is_nobody_elses(person: SimpleNamespace) -> None:
    told = read(person)
    person.client.force_login(make.TechnicianFactory().user)
    assert person.client.get(reverse("api-my-cv-reading", args=[told["ref"]])).status_code == 404
    assert confirm(person, told["ref"]).status_code == 404
    assert person.client.delete(reverse("api-my-cv-reading", args=[told["ref"]])).status_code == 404
    person.client.force_login(person.technician.user)
    assert person.client.delete(reverse("api-my-cv-reading", args=[told["ref"]])).status_code == 204
    assert person.client.get(reverse("api-my-cv-reading", args=[told["ref"]])).status_code == 404
