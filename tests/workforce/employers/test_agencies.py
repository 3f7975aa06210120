"""Agencies say for whom: a client that confirmed, a company by name, or a sector."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import factories as make
from workforce.accounts.choices import Capability, Position, Verification
from workforce.accounts.events import capability_leaving
from workforce.accounts.models import Membership, Organization
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.employers import clients, services
from workforce.employers.choices import HiringFor, RoleState
from workforce.employers.hiring_for import company_text
from workforce.employers.models import AgencyClient, Role
from workforce.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Membership:
    """A recruiter of a verified agency that offers no roles of its own."""
    made: Membership = make.MembershipFactory(
        position=Position.RECRUITER,
        organization__name="Agencia Puerta",
        organization__is_employer=False,
        organization__is_agency=True,
    )
    return made


@pytest.fixture
def owner() -> Membership:
    """The owner of a verified employer."""
    return make.MembershipFactory(organization__name="Arneses del Río")


def draft(agency: Membership, **values: Any) -> Role:
    """A role of the agency with a skill, saved through the service."""
    plant = make.PlantFactory(organization=agency.organization)
    role: Role = make.RoleFactory(plant=plant, organization=agency.organization, draft=True)
    make.RoleSkillFactory(role=role)
    return services.save_role(actor=agency.user, organization=agency.organization, values=values, role=role)


def ask(agency: Membership, owner: Membership) -> AgencyClient:
    return clients.ask_client(actor=agency.user, agency_id=agency.organization_id, name=owner.organization.name)


def confirm(owner: Membership, client: AgencyClient) -> AgencyClient:
    return clients.confirm_client(actor=owner.user, organization_id=owner.organization_id, client_id=client.pk)


def refused(role: Role, **values: Any) -> set[str]:
    """The fields at which saving or publishing was refused."""
    try:
        services.save_role(actor=None, organization=role.organization, values=values, role=role)
        services.publish_role(role=role)
    except ValidationError as found:
        return set(found.error_dict)
    return set()


def test_an_agency_publishes_nothing_without_saying_for_whom(agency: Membership) -> None:
    role = draft(agency)
    assert refused(role) == {"hiring_for"}
    assert refused(role, hiring_for=HiringFor.NAMED, client_name="  ") == {"client_name"}
    assert refused(role, hiring_for=HiringFor.CONFIDENTIAL) == {"client_sector"}
    assert refused(role, hiring_for=HiringFor.CLIENT) == {"client"}
    assert Role.objects.get(pk=role.pk).state == RoleState.DRAFT


def test_a_published_role_cannot_lose_its_client(agency: Membership) -> None:
    role = services.publish_role(role=draft(agency, hiring_for=HiringFor.NAMED, client_name="Plásticos Once"))
    assert refused(role, hiring_for=HiringFor.OWN) == {"hiring_for"}


def test_an_employer_hires_for_itself_and_for_nobody_else() -> None:
    member = make.MembershipFactory()
    role = draft(member)
    assert refused(role, hiring_for=HiringFor.NAMED, client_name="Plásticos Once") == {"hiring_for"}
    assert services.publish_role(role=role).state == RoleState.PUBLISHED
    assert company_text(role) == member.organization.name


@pytest.mark.parametrize(
    ("values", "es", "en"),
    [
        (
            {"hiring_for": "named", "client_name": " Plásticos  Once "},
            "Agencia Puerta para Plásticos Once",
            "Agencia Puerta for Plásticos Once",
        ),
        (
            {"hiring_for": "confidential", "client_sector": "Dispositivos médicos", "client_name": "Secreta"},
            "Agencia Puerta para una empresa de: Dispositivos médicos, {zone}",
            "Agencia Puerta for a company in: Dispositivos médicos, {zone}",
        ),
    ],
)
def test_pages_and_api_say_for_whom(client: Client, agency: Membership, values: Any, es: str, en: str) -> None:
    role = services.publish_role(role=draft(agency, **values))
    for language, text in (("es", es), ("en", en)):
        expected = text.format(zone=role.plant.zone)
        with translation.override(language):
            page = client.get(role.get_absolute_url()).content.decode()
            search = client.get(reverse("role-search")).content.decode()
        assert expected in page
        assert expected in search
        told = client.get(reverse("api-role-detail", args=[role.pk]), headers={"accept-language": language}).json()
        assert told["company"] == expected
        assert "Secreta" not in page + str(told)


def test_a_client_is_named_once_it_confirmed_and_while_it_is_verified(
    client: Client, agency: Membership, owner: Membership
) -> None:
    asked = ask(agency, owner)
    assert ask(agency, owner) == asked
    assert Notification.objects.get().kind == "client_asked"
    assert Notification.objects.get().user == owner.user
    role = draft(agency, hiring_for=HiringFor.CLIENT, client=asked)
    with pytest.raises(ValidationError):
        services.publish_role(role=role)
    confirm(owner, asked)
    services.publish_role(role=role)
    address = reverse("api-role-detail", args=[role.pk])
    told = client.get(address, headers={"accept-language": "en"}).json()
    assert (told["company"], told["client"]) == ("Agencia Puerta for Arneses del Río", owner.organization.slug)
    Organization.objects.filter(pk=owner.organization_id).update(verification=Verification.PENDING)
    told = client.get(address, headers={"accept-language": "en"}).json()
    assert (told["company"], told["client"]) == ("Agencia Puerta for a company that we are checking", None)
    assert "Arneses" not in client.get(reverse("role-search")).content.decode()


def test_who_takes_it_back_is_not_named_any_more_and_the_roles_close(agency: Membership, owner: Membership) -> None:
    asked = confirm(owner, ask(agency, owner))
    role = services.publish_role(role=draft(agency, hiring_for=HiringFor.CLIENT, client=asked))
    for _click in range(2):
        clients.refuse_client(actor=owner.user, organization_id=owner.organization_id, client_id=asked.pk)
    role = Role.objects.with_page().get(pk=role.pk)
    assert role.state == RoleState.CLOSED
    assert "Arneses" not in company_text(role)
    with pytest.raises(ValidationError):
        services.publish_role(role=role)
    assert ask(agency, owner).refused_at is not None


def test_only_owners_of_the_client_answer_and_only_agencies_ask(agency: Membership, owner: Membership) -> None:
    asked = ask(agency, owner)
    recruiter = make.MembershipFactory(organization=owner.organization, position=Position.RECRUITER)
    for other in (recruiter, agency):
        with pytest.raises(NotAllowed):
            clients.confirm_client(actor=other.user, organization_id=owner.organization_id, client_id=asked.pk)
    with pytest.raises(NotAllowed):
        clients.ask_client(actor=owner.user, agency_id=owner.organization_id, name="Agencia Puerta")


def test_companies_that_are_not_verified_cannot_be_asked_nor_found_out(agency: Membership) -> None:
    hidden = make.OrganizationFactory(name="Escondida", verification=Verification.PENDING)
    for name in ("Escondida", hidden.slug, "Nadie", ""):
        with pytest.raises(InvalidInput):
            clients.ask_client(actor=agency.user, agency_id=agency.organization_id, name=name)


def test_an_agency_that_nobody_verified_asks_nobody(client: Client, agency: Membership, owner: Membership) -> None:
    Organization.objects.filter(pk=agency.organization_id).update(verification=Verification.PENDING)
    with pytest.raises(Conflict, match="verif"):
        ask(agency, owner)
    client.force_login(agency.user)
    page = client.post(reverse("org-clients", args=[agency.organization.slug]), {"name": owner.organization.name})
    assert page.status_code == 409
    assert "cuando nuestro equipo verifique tu organización" in page.content.decode()
    assert not AgencyClient.objects.exists()
    assert not Notification.objects.exists()


def test_a_company_on_puente_is_not_named_without_its_word(agency: Membership, owner: Membership) -> None:
    role = draft(agency)
    assert refused(role, hiring_for=HiringFor.NAMED, client_name="arneses Del Río") == {"client_name"}


def test_the_client_of_another_agency_is_none(agency: Membership, owner: Membership, client: Client) -> None:
    other = make.MembershipFactory(organization__is_agency=True)
    foreign = confirm(owner, ask(other, owner))
    role = draft(agency)
    assert refused(role, hiring_for=HiringFor.CLIENT, client=foreign) == {"client"}
    client.force_login(agency.user)
    response = client.patch(
        reverse("api-role-detail", args=[role.pk]),
        {"hiring_for": "client", "client": owner.organization.slug},
        content_type="application/json",
        headers={"If-Match": "*"},
    )
    assert response.status_code == 400


def test_the_page_asks_and_answers(client: Client, agency: Membership, owner: Membership) -> None:
    client.force_login(agency.user)
    page = reverse("org-clients", args=[agency.organization.slug])
    assert client.post(page, {"name": "No hay tal"}).status_code == 400
    assert client.post(page, {"name": "arneses del Río"}).status_code == 302
    assert "todavía no responde" in client.get(page).content.decode()
    client.force_login(owner.user)
    page = reverse("org-clients", args=[owner.organization.slug])
    assert "Agencia Puerta" in client.get(page).content.decode()
    asked = AgencyClient.objects.get()
    client.post(reverse("client-answer", args=[owner.organization.slug, asked.pk]), {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.confirmed_by == owner.user


def test_the_form_asks_agencies_for_whom_and_nobody_else(client: Client, agency: Membership) -> None:
    make.PlantFactory(organization=agency.organization)
    client.force_login(agency.user)
    form = client.get(reverse("role-create", args=[agency.organization.slug])).context["form"]
    assert [key for key, _label in form.fields["hiring_for"].choices] == ["client", "named", "confidential"]
    member = make.MembershipFactory()
    make.PlantFactory(organization=member.organization)
    client.force_login(member.user)
    assert (
        "hiring_for" not in client.get(reverse("role-create", args=[member.organization.slug])).context["form"].fields
    )


def test_an_agency_with_published_roles_for_others_stays_one(agency: Membership) -> None:
    services.publish_role(role=draft(agency, hiring_for=HiringFor.NAMED, client_name="Plásticos Once"))

    def answers(capability: Capability) -> list[Any]:
        sent = capability_leaving.send(None, organization_id=agency.organization_id, capability=capability)
        return [answer for _receiver, answer in sent if answer]

    assert answers(Capability.AGENCY)
    assert not answers(Capability.EMPLOYER)
