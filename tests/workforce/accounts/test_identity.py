"""Legal name, tax number and capabilities of an organization."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position, Verification
from workforce.accounts.identity import Identity, save_identity
from workforce.accounts.models import Membership, Organization
from workforce.accounts.tax_ids import check_digit, normal_tax_id
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, StaleRevision
from workforce.employers.models import Role
from workforce.employers.services import close_role
from workforce.notifications.models import Notification
from workforce.training.access import offered_programmes

RFC, EIN = "GODE561231GR8", "12-3456789"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("  ", ""),
        (RFC, RFC),
        ("gode-561231-gr8", RFC),
        ("pno 200115 ab0", "PNO200115AB0"),
        ("ñdb991231k19", "ÑDB991231K19"),
        ("123456789", EIN),
        (EIN, EIN),
    ],
)
def test_numbers_are_kept_in_their_usual_writing(typed: str, stored: str) -> None:
    assert normal_tax_id(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("PNO200115AB7", "tax_id_check_digit"),
        ("GODE561231GR7", "tax_id_check_digit"),
        ("GODE561331GR8", "tax_id_form"),
        ("AB1234", "tax_id_form"),
        ("12345678", "tax_id_form"),
        ("07-3456789", "tax_id_form"),
        ("111111111", "tax_id_form"),
        ("PNO200115AB0X9", "tax_id_form"),
        ("XAXX010101000", "tax_id_generic"),
        ("<b>", "tax_id_form"),
    ],
)
def test_what_can_be_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        normal_tax_id(typed)
    assert refused.value.code == code
    assert "tax_id" in refused.value.errors


def test_an_odd_last_character_is_taken_when_the_papers_say_so() -> None:
    assert normal_tax_id("PNO200115AB7", as_on_paper=True) == "PNO200115AB7"
    assert check_digit("PNO200115AB7") == "0"
    with pytest.raises(InvalidInput):
        normal_tax_id("GODE561331GR8", as_on_paper=True)


def owner_of(**organization: Any) -> Membership:
    """An owner of a verified employer."""
    made: Membership = make.MembershipFactory(
        **{f"organization__{name}": value for name, value in organization.items()}
    )
    return made


def save(owner: Membership, legal_name: str = "", tax_id: str = "", **more: Any) -> Organization:
    capabilities = more.pop("does", {"is_employer": True})
    identity = Identity(legal_name, tax_id, **capabilities)
    return save_identity(actor=owner.user, organization_id=owner.organization_id, identity=identity, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"legal_name": "Otra, S.A. de C.V."}, {"tax_id": EIN}])
def test_a_verified_organization_with_another_identity_goes_back_to_staff(change: dict[str, str]) -> None:
    owner = owner_of(legal_name="Una, S.A. de C.V.", tax_id=RFC)
    second = make.MembershipFactory(organization=owner.organization, position=Position.OWNER)
    role = make.RoleFactory(organization=owner.organization)
    identity = {"legal_name": "Una, S.A. de C.V.", "tax_id": RFC} | change
    with pytest.raises(Conflict) as refused:
        save(owner, **identity)
    assert "confirmed" in refused.value.errors
    assert Role.objects.open().filter(pk=role.pk).exists()
    saved = save(owner, **identity, confirmed=True)
    assert saved.verification == Verification.PENDING
    assert saved.review_requested_at is not None
    assert saved.decisions.get().outcome == "reopened"
    assert saved.decisions.get().actor == owner.user
    assert not Role.objects.open().exists()
    told = Notification.objects.filter(kind="organization_reopened").values_list("user_id", flat=True)
    assert set(told) == {owner.user_id, second.user_id}


@pytest.mark.django_db
def test_the_same_identity_and_another_capability_leave_the_verification() -> None:
    owner = owner_of(legal_name="Una, S.A. de C.V.", tax_id=RFC)
    does = {"is_employer": True, "is_agency": True, "is_institute": True}
    saved = save(owner, " Una,  S.A. de C.V. ", RFC.lower(), does=does)
    assert saved.is_verified
    assert (saved.is_employer, saved.is_agency, saved.is_institute) == (True, True, True)
    revision = saved.revision
    assert save(owner, "Una, S.A. de C.V.", RFC, does=does, revision=1).revision == revision


@pytest.mark.django_db
def test_who_waits_may_write_it_and_staff_decide_on_the_newest() -> None:
    owner = owner_of(verification=Verification.PENDING, verified_at=None)
    saved = save(owner, "Una, S.A. de C.V.", RFC)
    assert (saved.legal_name, saved.tax_id, saved.verification) == ("Una, S.A. de C.V.", RFC, Verification.PENDING)
    assert saved.revision == owner.organization.revision + 1
    with pytest.raises(StaleRevision):
        save(owner, "Tres, S.A. de C.V.", RFC, revision=owner.organization.revision)


@pytest.mark.django_db
@pytest.mark.parametrize("position", [Position.RECRUITER, Position.VIEWER, Position.COUNSELLOR])
def test_only_owners_say_what_it_is(position: str) -> None:
    with pytest.raises(NotAllowed):
        save(make.MembershipFactory(position=position), "X")


@pytest.mark.django_db
def test_an_organization_does_something() -> None:
    with pytest.raises(InvalidInput):
        save(owner_of(), does={})


@pytest.mark.django_db
def test_who_has_published_roles_goes_on_hiring_until_they_are_closed() -> None:
    owner = owner_of()
    role = make.RoleFactory(organization=owner.organization)
    with pytest.raises(Conflict) as refused:
        save(owner, does={"is_institute": True})
    assert "is_employer" in refused.value.errors
    close_role(role=role)
    assert not save(owner, does={"is_institute": True}).is_employer


@pytest.mark.django_db
def test_who_has_a_running_cohort_goes_on_training_until_it_ends() -> None:
    owner = owner_of(institute=True)
    skill = make.SkillFactory()
    cohort = make.CohortFactory(programme__organization=owner.organization)
    make.ProgrammeSkillFactory(programme=cohort.programme, skill=skill)
    cohort.ends_on = timezone.localdate()
    cohort.starts_on = cohort.ends_on - datetime.timedelta(days=9)
    cohort.save()
    with pytest.raises(Conflict) as refused:
        save(owner, does={"is_employer": True})
    assert "is_institute" in refused.value.errors
    assert offered_programmes().filter(pk=cohort.programme_id).exists()
    cohort.ends_on -= datetime.timedelta(days=1)
    cohort.save()
    save(owner, does={"is_employer": True})
    assert not offered_programmes().exists()


@pytest.mark.django_db
def test_the_page_asks_before_and_says_after(client: Client) -> None:
    owner = owner_of(legal_name="Una, S.A. de C.V.", tax_id=RFC)
    client.force_login(owner.user)
    address = reverse("organization-identity", args=[owner.organization.slug])
    page = client.get(address)
    assert "inicia de nuevo la verificación" in page.content.decode()
    data = {"legal_name": "Dos, S.A. de C.V.", "tax_id": RFC, "is_employer": "on"}
    data["revision"] = page.context["form"]["revision"].value()
    refused = client.post(address, data)
    assert refused.status_code == 400
    assert Organization.objects.get().legal_name == "Una, S.A. de C.V."
    odd = client.post(address, data | {"tax_id": "PNO200115AB7", "confirmed": "on"})
    assert odd.context["form"].fields["as_on_paper"].widget.input_type == "checkbox"
    done = client.post(address, data | {"tax_id": "PNO200115AB7", "confirmed": "on", "as_on_paper": "on"}, follow=True)
    assert "vuelve a revisar tu organización" in done.content.decode()
    assert Organization.objects.get().verification == Verification.PENDING
