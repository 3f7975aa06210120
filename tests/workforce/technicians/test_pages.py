"""My profile, skills, certificates and experience in the browser's words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.skills.models import CredentialSkill
from workforce.technicians import services
from workforce.technicians.models import Certificate, Experience, Technician, TechnicianSkill
from workforce.technicians.services import verify_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(client: Client) -> Technician:
    made: Technician = make.TechnicianFactory(user__language="es")
    client.force_login(made.user)
    return made


def drawn(client: Client, name: str, *args: Any) -> dict[str, Any]:
    """What the browser would send back from a page's form, unchanged."""
    form = client.get(reverse(name, args=args)).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {key: value for key, value in values.items() if value not in (None, False) and key != "skills"}


def page(response: Any) -> str:
    return str(response.content.decode())


def in_english(technician: Technician) -> None:
    type(technician.user).objects.filter(pk=technician.user_id).update(language="en")


def test_a_newcomer_goes_from_profile_to_skills_to_matches(client: Client, technician: Technician) -> None:
    assert client.get(reverse("after-login")).url == reverse("profile")
    zone = make.ZoneFactory()
    data = drawn(client, "profile") | {"zone": zone.pk, "shifts": ["second", "mixed"], "pay_min": "3400.50"}
    response = client.post(reverse("profile"), data)
    assert response.url == reverse("profile-skills")
    skills = make.SkillFactory.create_batch(2)
    data = drawn(client, "profile-skills") | {"skill": [skill.code for skill in skills], f"level-{skills[0].code}": "3"}
    response = client.post(reverse("profile-skills"), data)
    assert response.url in (reverse("profile"), "/me/matches/")
    technician.refresh_from_db()
    assert (technician.zone, technician.shifts, str(technician.pay_min)) == (zone, ["second", "mixed"], "3400.50")
    assert sorted(TechnicianSkill.objects.values_list("level", flat=True)) == [2, 3]
    assert client.get(reverse("after-login")).url in (reverse("profile"), "/me/matches/")


@pytest.mark.parametrize("kind", ["nobody", "member", "staff"])
def test_after_log_in_everybody_lands_where_they_work(client: Client, kind: str) -> None:
    user = make.UserFactory(is_staff=kind == "staff")
    where = {"nobody": reverse("profile"), "staff": reverse("admin:index")}
    if kind == "member":
        where["member"] = reverse("organization-home", args=[make.MembershipFactory(user=user).organization.slug])
    client.force_login(user)
    assert client.get(reverse("after-login")).url == where[kind]


def test_somebody_without_a_profile_makes_one_on_the_way(client: Client) -> None:
    user = make.UserFactory()
    client.force_login(user)
    for name in ("profile-skills", "profile-preview", "certificates", "experience"):
        assert client.get(reverse(name)).url == reverse("profile")
    data = drawn(client, "profile") | {"given_names": "Ana", "paternal": "Ríos"}
    for _ in range(2):  # a double click
        assert client.post(reverse("profile"), data).url == reverse("profile-skills")
    assert Technician.objects.get(user=user).full_name == "Ana Ríos"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("pay_min", "-1", "no puede ser menor que cero"),
        ("pay_min", "1e30", "dígitos"),
        ("pay_min", "NaN", ""),
        ("available_from", "2020-01-01", "Esta fecha ya pasó"),
        ("available_from", "mañana", ""),
        ("phone", "llámame", "con su lada"),
        ("phone", "123", "con su lada"),
        ("given_names", "", "obligatorio"),
        ("given_names", "x" * 81, "80"),
        ("about", "x" * 2001, "2000"),
        ("about", "a\x00b", "nulos"),
        ("zone", "999999", ""),
        ("shifts", "lunar", "lunar"),
        ("us_work", "alien", "alien"),
        ("english", "D9", "D9"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    client: Client, technician: Technician, field: str, value: str, words: str
) -> None:
    response = client.post(reverse("profile"), drawn(client, "profile") | {field: value})
    assert response.status_code == 200
    assert words in str(response.context["form"].errors[field])
    technician.refresh_from_db()
    assert technician.revision == 1


def test_errors_are_said_in_english_too(client: Client, technician: Technician) -> None:
    in_english(technician)
    response = client.post(reverse("profile"), drawn(client, "profile") | {"pay_min": "-1"})
    assert "Pay cannot be less than zero." in page(response)


def test_a_date_that_has_passed_since_may_stay(client: Client, technician: Technician) -> None:
    passed = timezone.localdate() - datetime.timedelta(30)
    Technician.objects.update(available_from=passed)
    data = drawn(client, "profile") | {"available_from": passed.isoformat(), "english": "B1"}
    assert client.post(reverse("profile"), data).status_code == 302


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_summary_is_kept_under_the_language_it_is_written_in(
    client: Client, technician: Technician, language: str
) -> None:
    data = drawn(client, "profile") | {"original_language": language, "about": "<b>uno</b>", "about_other": "dos"}
    client.post(reverse("profile"), data)
    technician.refresh_from_db()
    other = "en" if language == "es" else "es"
    assert getattr(technician, f"summary_{language}") == "<b>uno</b>"
    assert getattr(technician, f"summary_{other}") == "dos"
    assert technician.original_language == language
    html = page(client.get(reverse("profile")))
    assert "&lt;b&gt;uno" in html
    assert "<b>uno" not in html


def test_an_old_copy_is_refused_and_what_was_written_stays(client: Client, technician: Technician) -> None:
    old = drawn(client, "profile")
    services.save_profile(technician_id=technician.pk, revision=1, values={"english": "B2", "shifts": ["third"]})
    response = client.post(reverse("profile"), old | {"given_names": "Otro Nombre"})
    assert response.status_code == 409
    html = page(response)
    assert "Otro Nombre" in html
    assert "Tercer turno" in html
    technician.refresh_from_db()
    assert technician.given_names == "María"
    again = {field.html_name: field.value() for field in response.context["form"]}
    again = {key: value for key, value in again.items() if value not in (None, False)}
    assert client.post(reverse("profile"), again).status_code == 302
    technician.refresh_from_db()
    assert technician.given_names == "Otro Nombre"


def test_the_same_form_sent_twice_is_saved_once(client: Client, technician: Technician) -> None:
    data = drawn(client, "profile") | {"english": "C1"}
    assert client.post(reverse("profile"), data).status_code == 302
    assert client.post(reverse("profile"), data).status_code == 302
    technician.refresh_from_db()
    assert technician.revision == 2


def test_saving_skills_elsewhere_does_not_make_the_profile_form_too_old(client: Client, technician: Technician) -> None:
    data = drawn(client, "profile") | {"english": "C1"}
    entry = services.SkillEntry(make.SkillFactory().pk, 2)
    services.save_skills(technician_id=technician.pk, revision=None, entries=[entry])
    assert client.post(reverse("profile"), data).status_code == 302
    technician.refresh_from_db()
    assert technician.english == "C1"


def test_skills_of_an_old_copy_are_refused_and_kept_in_the_form(client: Client, technician: Technician) -> None:
    mine, theirs = make.SkillFactory(), make.SkillFactory(label_es="Torno CNC")
    old = drawn(client, "profile-skills")
    services.save_skills(technician_id=technician.pk, revision=None, entries=[services.SkillEntry(theirs.pk, 3)])
    response = client.post(reverse("profile-skills"), old | {"skill": mine.code})
    assert response.status_code == 409
    assert "Torno CNC (Avanzado)" in page(response)
    assert mine.label_es in page(response)
    assert [row.skill for row in TechnicianSkill.objects.all()] == [theirs]


def test_words_that_we_do_not_know_are_kept_and_escaped(client: Client, technician: Technician) -> None:
    data = drawn(client, "profile-skills") | {"skill-text": "<script>zzqx</script>"}
    assert client.post(reverse("profile-skills"), data).status_code == 302
    assert TechnicianSkill.objects.get().raw == "<script>zzqx</script>"
    assert "<script>zzqx" not in page(client.get(reverse("profile-skills")))


def test_too_many_skills_are_refused(client: Client, technician: Technician) -> None:
    raws = {"raw": [f"zzq{n}" for n in range(81)], "raw-level": ["2"] * 81}
    response = client.post(reverse("profile-skills"), drawn(client, "profile-skills") | raws)
    assert response.status_code == 200
    assert "80" in str(response.context["form"].errors["skills"])


def test_a_newcomer_needs_one_skill_to_go_on(client: Client, technician: Technician) -> None:
    response = client.post(reverse("profile-skills"), drawn(client, "profile-skills"))
    assert response.context["form"].errors["skills"]


def test_the_skills_page_says_how_each_is_known(client: Client, technician: Technician) -> None:
    proven = make.TechnicianSkillFactory(technician=technician, level=2)
    make.evidence_of(proven, "certified")
    make.evidence_of(make.TechnicianSkillFactory(technician=technician, level=4), "stated")
    make.TechnicianSkillFactory(technician=technician, level=1)
    html = page(client.get(reverse("profile-skills")))
    assert "Constancia</span>" in html
    assert "Constancia (declarada)</span>" in html
    assert "Tu palabra" in html
    assert "Cuenta como avanzado hasta que" in html


def test_a_certificate_is_added_once_shown_and_removed(client: Client, technician: Technician) -> None:
    link = CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=make.SkillFactory(), level=4)
    data = {"credential": link.credential_id, "issued_on": "2026-01-10", "folio": "<i>7</i>"}
    for _ in range(2):
        assert client.post(reverse("certificates"), data).url == reverse("certificates")
    held = Certificate.objects.get()
    html = page(client.get(reverse("certificates")))
    assert link.credential.name_es in html
    assert link.skill.label_es in html
    assert "10 de enero de 2026" in html
    assert "Declarada, aún sin revisar" in html
    verify_certificate(certificate_id=held.pk, by=make.UserFactory(is_staff=True))
    assert "Revisada</span>" in page(client.get(reverse("certificates")))
    assert client.post(reverse("certificate-remove", args=[held.pk])).status_code == 302
    assert client.post(reverse("certificate-remove", args=[held.pk])).status_code == 404
    assert TechnicianSkill.objects.get().skill == link.skill


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"issued_on": "2999-01-01"}, "issued_on"),
        ({"issued_on": "2026-02-01", "expires_on": "2026-01-01"}, "expires_on"),
        ({"credential": "0"}, "credential"),
        ({"folio": "x" * 61}, "folio"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(
    client: Client, technician: Technician, change: dict[str, str], field: str
) -> None:
    data: dict[str, Any] = {"credential": make.CredentialFactory().pk} | change
    response = client.post(reverse("certificates"), data)
    assert response.context["form"].errors[field]
    assert not Certificate.objects.exists()


def test_a_retired_credential_is_not_offered(client: Client, technician: Technician) -> None:
    old = make.CredentialFactory(status="retired")
    assert old.name_es not in page(client.get(reverse("certificates")))
    assert client.post(reverse("certificates"), {"credential": old.pk}).context["form"].errors["credential"]


def test_a_job_is_added_changed_and_removed(client: Client, technician: Technician) -> None:
    data = {"job_title": "Soldadora <MIG>", "employer": "Taller", "started_on": "2019-05-01", "informal": "on"}
    for _ in range(2):
        client.post(reverse("experience"), data)
    job = Experience.objects.get()
    assert (job.title_es, job.title_en) == ("Soldadora <MIG>", None)
    assert "Soldadora &lt;MIG&gt;" in page(client.get(reverse("experience")))
    in_english(technician)
    assert '<h2 class="card-title" lang="es">Soldadora' in page(client.get(reverse("experience")))
    changed = drawn(client, "experience-edit", job.pk) | {"job_title": "Soldadora", "ended_on": "2021-05-01"}
    assert client.post(reverse("experience-edit", args=[job.pk]), changed).status_code == 302
    job.refresh_from_db()
    assert (job.title_es, job.title_en) == ("Soldadora", None)  # it stays in the language that it was written in
    assert client.post(reverse("experience-remove", args=[job.pk])).status_code == 302
    assert client.post(reverse("experience-remove", args=[job.pk])).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"started_on": "2999-01-01"}, "started_on"),
        ({"ended_on": "2018-01-01"}, "ended_on"),
        ({"job_title": ""}, "job_title"),
        ({"job_title": "x" * 161}, "job_title"),
        ({"started_on": ""}, "started_on"),
    ],
)
def test_a_job_that_cannot_be_is_refused(
    client: Client, technician: Technician, change: dict[str, str], field: str
) -> None:
    response = client.post(reverse("experience"), {"job_title": "Operador", "started_on": "2019-01-01"} | change)
    assert response.context["form"].errors[field]
    assert not Experience.objects.exists()


def test_an_old_copy_of_a_job_is_refused(client: Client, technician: Technician) -> None:
    job = make.ExperienceFactory(technician=technician)
    old = drawn(client, "experience-edit", job.pk)
    services.change_experience(
        technician_id=technician.pk, revision=None, experience_id=job.pk, values={"employer": "Otra Planta"}
    )
    response = client.post(reverse("experience-edit", args=[job.pk]), old | {"employer": "Mi versión"})
    assert response.status_code == 409
    assert "Otra Planta" in page(response)
    assert "Mi versión" in page(response)


@pytest.mark.parametrize(("language", "words"), [("es", "Lo que ven las empresas"), ("en", "What employers see")])
def test_the_preview_shows_the_blind_card(client: Client, technician: Technician, language: str, words: str) -> None:
    type(technician.user).objects.update(language=language)
    row = make.TechnicianSkillFactory(technician=technician)
    html = page(client.get(reverse("profile-preview")))
    assert words in html
    assert technician.blind_name in html
    assert getattr(row.skill, f"label_{language}") in html
    assert technician.paternal not in html


def test_the_preview_says_when_nobody_can_see_it(client: Client, technician: Technician) -> None:
    Technician.objects.update(discoverable=False)
    assert "no pueden encontrarte" in page(client.get(reverse("profile-preview")))


def test_pages_cost_the_same_for_a_full_profile(
    client: Client, technician: Technician, query_budget: QueryBudget
) -> None:
    for _ in range(12):
        make.SkillEvidenceFactory(technician_skill=make.TechnicianSkillFactory(technician=technician), kind="assessed")
        make.ExperienceFactory(technician=technician)
        link = CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=make.SkillFactory())
        make.CertificateFactory(technician=technician, credential=link.credential)
    for name in ("profile", "profile-skills", "profile-preview", "certificates", "experience"):
        query_budget(client, name, reverse(name))
