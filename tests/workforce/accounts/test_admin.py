"""What staff do in the admin."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts.choices import Verification
from workforce.accounts.events import organization_changed
from workforce.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    return client


def test_staff_verify_an_organization(staff: Client) -> None:
    organization = make.OrganizationFactory(verification=Verification.PENDING, verified_at=None)
    told: list[int] = []

    def listen(sender: object, *, organization_id: int, **kwargs: object) -> None:
        told.append(organization_id)

    organization_changed.connect(listen)
    try:
        address = reverse("admin:accounts_organization_changelist")
        staff.post(address, {"action": "verify", "_selected_action": [organization.pk]})
    finally:
        organization_changed.disconnect(listen)
    organization.refresh_from_db()
    assert organization.is_verified
    assert told == [organization.pk]
    assert LogEntry.objects.filter(object_id=str(organization.pk)).exists()


def test_staff_add_a_user_by_e_mail(staff: Client) -> None:
    data = {
        "email": "nueva@example.test",
        "language": "en",
        "password1": "una frase corta 1",
        "password2": "una frase corta 1",
    }
    response = staff.post(reverse("admin:accounts_user_add"), data)
    assert response.status_code == 302, response.context["errors"]
    assert User.objects.get(email="nueva@example.test").language == "en"


@pytest.mark.parametrize(
    "model",
    ["accounts_user", "accounts_organization", "accounts_membership", "technicians_technician", "technicians_grant"],
)
def test_the_lists_and_forms_open(staff: Client, model: str) -> None:
    made = {
        "accounts_user": make.UserFactory,
        "accounts_organization": make.OrganizationFactory,
        "accounts_membership": make.MembershipFactory,
        "technicians_technician": make.TechnicianFactory,
        "technicians_grant": make.GrantFactory,
    }[model]()
    assert staff.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert staff.get(reverse(f"admin:{model}_change", args=[made.pk])).status_code == 200


def test_roles_are_found_by_the_new_name_of_their_organization(staff: Client) -> None:
    role = make.RoleFactory(organization__name="Arneses Viejos")
    address = reverse("admin:accounts_organization_change", args=[role.organization_id])
    form = staff.get(address).context["adminform"].form
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    inline = {f"memberships-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = staff.post(address, {**data, **inline, "name": "Cableados Nuevos"})
    assert response.status_code == 302, response.context["errors"]
    role.refresh_from_db()
    assert "cableados" in role.search_es
