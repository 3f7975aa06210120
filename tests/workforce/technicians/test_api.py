"""One's own profile, skills and certificates by API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.skills.models import CredentialSkill
from workforce.technicians.models import Certificate, Technician, TechnicianSkill
from workforce.technicians.services import verify_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(client: Client) -> Technician:
    made: Technician = make.TechnicianFactory()
    client.force_login(made.user)
    return made


def send(client: Client, method: str, name: str, data: Any = None, *args: Any, match: str | None = "*") -> Any:
    headers = {"If-Match": match} if match else {}
    call = getattr(client, method)
    return call(reverse(name, args=args), data, content_type="application/json", headers=headers)


def test_a_profile_is_read_with_its_revision_and_changed_in_part(client: Client, technician: Technician) -> None:
    read = client.get(reverse("api-my-profile"))
    assert read.json()["given_names"] == "María"
    assert read.headers["ETag"] == '"1"'
    zone = make.ZoneFactory()
    change = {"zone": zone.code, "shifts": ["mixed", "first", "mixed"], "summary_en": "<b>Hi</b>", "pay_min": "3500"}
    saved = send(client, "patch", "api-my-profile", change, match='"1"')
    assert saved.status_code == 200, saved.json()
    assert saved.headers["ETag"] == '"2"'
    assert saved.json() | {"zone": zone.code, "shifts": ["first", "mixed"], "summary_en": "<b>Hi</b>"} == saved.json()
    technician.refresh_from_db()
    assert (technician.zone, technician.revision) == (zone, 2)


@pytest.mark.parametrize(("match", "status"), [(None, 428), ('"7"', 412), ('"1"', 200), ("*", 200)])
def test_an_edit_says_which_version_it_means(
    client: Client, technician: Technician, match: str | None, status: int
) -> None:
    assert send(client, "patch", "api-my-profile", {"english": "B1"}, match=match).status_code == status
    technician.refresh_from_db()
    assert technician.english == ("B1" if status == 200 else "")


@pytest.mark.parametrize(
    "change",
    [
        {"pay_min": "-1"},
        {"pay_min": "NaN"},
        {"available_from": "2020-01-01"},
        {"phone": "x"},
        {"zone": "nowhere"},
        {"shifts": ["lunar"]},
        {"shifts": "first"},
        {"given_names": ""},
        {"summary_es": "x" * 2001},
        {"us_work": "alien"},
    ],
)
def test_bad_input_is_refused_by_field(client: Client, technician: Technician, change: dict[str, Any]) -> None:
    response = send(client, "patch", "api-my-profile", change)
    assert response.status_code == 400
    assert {error["field"].split(".")[0] for error in response.json()["errors"]} == set(change)
    technician.refresh_from_db()
    assert technician.revision == 1


def test_a_nul_is_refused(client: Client, technician: Technician) -> None:
    assert send(client, "patch", "api-my-profile", {"given_names": "a\x00"}).status_code == 400


def test_what_is_not_the_persons_to_set_is_left_alone(client: Client, technician: Technician) -> None:
    send(client, "patch", "api-my-profile", {"ref": "x", "revision": 9, "state": "erased", "user": 1})
    technician.refresh_from_db()
    assert (technician.state, technician.revision) == ("active", 2)


def test_skills_are_replaced_as_a_whole(client: Client, technician: Technician) -> None:
    old, new = make.TechnicianSkillFactory(technician=technician), make.SkillFactory()
    body = [{"skill": new.code, "level": 4}, {"raw": "pailería <b>fina</b>"}]
    response = send(client, "put", "api-my-skills", body, match='"1"')
    assert response.status_code == 200, response.json()
    assert response.headers["ETag"] == '"2"'
    first, second = response.json()
    assert (first["skill"], first["level"], first["effective_level"]) == (new.code, 4, 3)
    assert (second["skill"], second["raw"], second["label"]) == (None, "pailería <b>fina</b>", "pailería <b>fina</b>")
    assert not TechnicianSkill.objects.filter(pk=old.pk).exists()
    assert send(client, "put", "api-my-skills", [], match='"1"').status_code == 412
    assert send(client, "put", "api-my-skills", [], match=None).status_code == 428


@pytest.mark.parametrize(
    "body",
    [
        [{"skill": "no-such-skill"}],
        [{}],
        [{"skill": "a", "raw": "b"}],
        [{"raw": "a", "level": 5}],
        [{"raw": "a", "level": "x"}],
        [{"raw": "zz"}, {"raw": "ZZ"}],
        [{"raw": "x" * 251}],
        [{"raw": f"zz {n}"} for n in range(81)],
        {"raw": "a"},
        ["raw"],
        "raw",
        None,
    ],
)
def test_bad_skills_are_refused_and_the_list_stays(client: Client, technician: Technician, body: Any) -> None:
    row = make.TechnicianSkillFactory(technician=technician)
    assert send(client, "put", "api-my-skills", body).status_code == 400
    assert [one.pk for one in TechnicianSkill.objects.all()] == [row.pk]


def test_one_skill_is_added_without_knowing_the_version_and_taken_off(client: Client, technician: Technician) -> None:
    skill = make.SkillFactory()
    for level in (1, 3):
        response = send(client, "post", "api-my-skills", {"skill": skill.code, "level": level}, match=None)
        assert response.status_code == 201
    row = TechnicianSkill.objects.get()
    assert (row.skill, row.level) == (skill, 3)
    assert send(client, "delete", "api-my-skill", None, row.pk, match='"3"').status_code == 204
    assert send(client, "delete", "api-my-skill", None, row.pk).status_code == 404


def test_a_certificate_is_added_renewed_and_removed(client: Client, technician: Technician) -> None:
    link = CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=make.SkillFactory(), level=4)
    body = {"credential": link.credential.code, "issued_on": "2026-01-01", "expires_on": "2028-01-01"}
    for _ in range(2):
        response = send(client, "post", "api-my-certificates", body)
        assert response.status_code == 201, response.json()
    assert response.json()["name_es"] == link.credential.name_es
    (skill,) = client.get(reverse("api-my-skills")).json()
    assert (skill["effective_level"], skill["evidence"][0]["kind"]) == (3, "stated")
    (held,) = client.get(reverse("api-my-certificates")).json()
    pk = Certificate.objects.get().pk
    verify_certificate(certificate_id=pk, by=make.UserFactory(is_staff=True))
    (checked,) = client.get(reverse("api-my-certificates")).json()
    assert (held["is_verified"], checked["is_verified"]) == (False, True)
    (skill,) = client.get(reverse("api-my-skills")).json()
    assert (skill["effective_level"], skill["evidence"][0]["kind"]) == (4, "certified")
    claimed = send(client, "post", "api-my-certificates", body | {"folio": "otro", "is_verified": True})
    assert claimed.json()["is_verified"] is False
    assert send(client, "delete", "api-my-certificate", None, pk).status_code == 204
    assert send(client, "delete", "api-my-certificate", None, pk).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"issued_on": "2999-01-01"},
        {"issued_on": "2026-02-01", "expires_on": "2026-01-01"},
        {"credential": "x"},
        {"folio": "x" * 61},
    ],
)
def test_bad_certificates_are_refused(client: Client, technician: Technician, change: dict[str, str]) -> None:
    body = {"credential": make.CredentialFactory().code} | change
    assert send(client, "post", "api-my-certificates", body).status_code == 400
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("language", ["es", "en"])
def test_labels_and_refusals_come_in_the_language_asked_for(
    client: Client, technician: Technician, language: str
) -> None:
    row = make.TechnicianSkillFactory(technician=technician)
    (skill,) = client.get(reverse("api-my-skills"), {"lang": language}).json()
    assert skill["label"] == getattr(row.skill, f"label_{language}")
    address = reverse("api-my-profile") + f"?lang={language}"
    response = client.patch(address, {"phone": "x"}, content_type="application/json", headers={"If-Match": "*"})
    words = {"es": "con su lada", "en": "with its area code"}[language]
    assert words in response.json()["errors"][0]["detail"]


def test_lists_cost_the_same_for_a_full_profile(
    client: Client, technician: Technician, query_budget: QueryBudget
) -> None:
    for _ in range(12):
        make.SkillEvidenceFactory(technician_skill=make.TechnicianSkillFactory(technician=technician))
        make.CertificateFactory(technician=technician)
    query_budget(client, "api-my-skills", reverse("api-my-skills"))
    query_budget(client, "api-my-certificates", reverse("api-my-certificates"))
