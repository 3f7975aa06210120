"""Claim links: whoever has one sees what is held, takes it over once or has it erased, and nobody learns more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.threads import at_once
from workforce.accounts.choices import Position, Verification
from workforce.accounts.models import Membership, Organization, User
from workforce.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotThere
from workforce.technicians import services
from workforce.technicians.choices import IntakeState, TechnicianState
from workforce.technicians.models import Intake, Technician
from workforce.technicians.services import Outcome, SkillEntry, UnclaimedRow
from workforce.technicians.services.claim_links import MOST_LETTERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Membership:
    """A counsellor of a verified institute."""
    return make.MembershipFactory(organization__name="Instituto Prueba", position=Position.COUNSELLOR)


def registered(keeper: Membership, **values: Any) -> tuple[Intake, str]:
    """Somebody with a link."""
    values = {"given_names": "Rosa", "paternal": "Prueba", "phone": "656 123 4567", "external_id": "E-1"} | values
    intake = services.register_unclaimed(actor=keeper.user, organization=keeper.organization, **values)
    return services.make_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk)


def code_of(user: User, token: str) -> str:
    with pytest.raises(DomainError) as refused:
        services.claim(user=user, token=token)
    return refused.value.code


def test_the_profile_becomes_the_persons(keeper: Membership) -> None:
    skill = make.SkillFactory()
    intake, token = registered(keeper, skills=(SkillEntry(skill.pk, 2),), email="rosa@example.test")
    user = make.UserFactory()
    claimed = services.claim(user=user, token=token, discoverable=True)
    person = Technician.objects.get()
    assert claimed.technician == person
    assert (person.user, person.phone, person.discoverable, claimed.joined) == (user, "656 123 4567", True, False)
    assert list(person.technician_skills.values_list("skill_id", flat=True)) == [skill.pk]
    assert Technician.objects.discoverable().get() == person
    intake.refresh_from_db()
    assert (intake.state, intake.email, intake.phone, intake.external_id) == (IntakeState.CLAIMED, "", "", "")
    assert not Intake.objects.waiting_at(keeper.organization).exists()


def test_being_found_is_asked_for(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    services.claim(user=make.UserFactory(), token=token)
    assert Technician.objects.matchable().exists()
    assert not Technician.objects.discoverable().exists()


def test_a_second_click_finds_the_same_and_nobody_else_does(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    user = make.UserFactory()
    first = services.claim(user=user, token=token)
    assert services.claim(user=user, token=token).technician == first.technician
    assert code_of(make.UserFactory(), token) == "claim_unknown"
    with pytest.raises(NotThere):
        services.refuse(token=token)
    with pytest.raises(NotThere):
        services.find_claimable(token)


def test_whoever_has_a_profile_keeps_it_and_gets_what_it_lacks(keeper: Membership) -> None:
    both, new = make.SkillFactory(), make.SkillFactory()
    own = make.TechnicianFactory(given_names="Rosita", phone="")
    make.TechnicianSkillFactory(technician=own, skill=both, level=1)
    zone, entries = own.zone, (SkillEntry(both.pk, 4), SkillEntry(new.pk, 2))
    _intake, token = registered(keeper, skills=entries, zone_id=make.ZoneFactory().pk)
    claimed = services.claim(user=own.user, token=token, discoverable=False)
    own.refresh_from_db()
    assert claimed.joined
    assert Technician.objects.get() == own, "what was registered is gone"
    assert (own.given_names, own.zone, own.phone, own.discoverable) == ("Rosita", zone, "656 123 4567", True)
    assert dict(own.technician_skills.values_list("skill_id", "level")) == {both.pk: 1, new.pk: 2}
    assert services.claim(user=own.user, token=token).technician == own


def test_joining_stops_at_the_most_skills_that_a_profile_holds(keeper: Membership, monkeypatch: Any) -> None:
    monkeypatch.setattr("workforce.technicians.services.claiming.MAX_SKILLS", 2)
    own = make.TechnicianSkillFactory().technician
    skills = make.SkillFactory.create_batch(3)
    _intake, token = registered(keeper, skills=tuple(SkillEntry(skill.pk, n + 1) for n, skill in enumerate(skills)))
    services.claim(user=own.user, token=token)
    assert own.technician_skills.count() == 2
    assert own.technician_skills.filter(skill=skills[2]).exists(), "the highest level comes first"


def test_what_others_recorded_is_not_lost_in_joining(keeper: Membership) -> None:
    intake, token = registered(keeper)
    make.EnrolmentFactory(technician=intake.technician)
    own = make.TechnicianFactory()
    assert code_of(own.user, token) == "join_by_staff"
    assert Technician.objects.count() == 2
    assert services.find_claimable(token) == intake


def test_members_do_not_take_over_whom_they_registered(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    assert code_of(keeper.user, token) == "own_organization"


def test_this_is_not_me_erases_and_the_list_does_not_bring_it_back(keeper: Membership) -> None:
    intake, token = registered(keeper, email="rosa@example.test")
    services.refuse(token=token)
    assert not Technician.objects.exists()
    row = [str(value) for value in Intake.objects.filter(pk=intake.pk).values_list().get()]
    assert not {"rosa@example.test", "656 123 4567", "E-1", "Rosa"} & set(row)
    (again,) = services.register_unclaimed_batch(
        actor=keeper.user,
        organization=keeper.organization,
        rows=[UnclaimedRow(given_names="Rosa", external_id="E-1")],
    )
    assert again.outcome == Outcome.CLOSED
    with pytest.raises(NotThere):
        services.refuse(token=token)


def test_renewed_revoked_and_expired_links_do_not_work(keeper: Membership) -> None:
    intake, token = registered(keeper)
    user = make.UserFactory()
    _same, newer = services.make_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk)
    assert newer != token
    assert code_of(user, token) == "claim_unknown"
    services.revoke_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk)
    assert code_of(user, newer) == "claim_unknown"
    _same, newest = services.make_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk)
    assert newest not in {token, newer}
    Intake.objects.update(claim_expires_at=timezone.now() - timedelta(seconds=1))
    assert code_of(user, newest) == "claim_unknown"
    assert Technician.objects.get().user is None


def test_a_double_click_shows_the_link_that_works(keeper: Membership) -> None:
    intake = make.IntakeFactory(organization=keeper.organization)
    tokens = {
        services.make_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk, seen_round=0)[1]
        for _ in range(2)
    }
    assert len(tokens) == 1


def test_only_the_hash_is_stored(keeper: Membership) -> None:
    intake, token = registered(keeper)
    assert token not in map(str, Intake.objects.filter(pk=intake.pk).values_list().get())
    assert len(token) == 64


def test_links_are_for_those_who_keep_people(keeper: Membership) -> None:
    intake, _token = registered(keeper, email="rosa@example.test")
    viewer = make.MembershipFactory(organization=keeper.organization, position=Position.VIEWER).user
    for service in (services.make_link, services.send_link, services.revoke_link):
        with pytest.raises(NotAllowed):
            service(actor=viewer, organization=keeper.organization, intake_id=intake.pk)
    other = make.MembershipFactory()
    with pytest.raises(NotThere):
        services.make_link(actor=other.user, organization=other.organization, intake_id=intake.pk)


# --- letters


def test_a_letter_goes_out_once_in_the_persons_language(keeper: Membership, client: Client) -> None:
    services.register_unclaimed(
        actor=keeper.user,
        organization=keeper.organization,
        given_names="Rosa",
        email="rosa@example.test",
        language="es",
        send_link=True,
    )
    assert services.send_letters() == 1
    assert services.send_letters() == 0
    (letter,) = mail.outbox
    assert letter.to == ["rosa@example.test"]
    assert "Instituto Prueba" in letter.subject
    assert "Hola" in letter.body
    path = re.search(r"(/claim/\w+/)", str(letter.body))
    assert path
    assert client.get(path[1]).status_code == 200


def test_a_mail_server_that_is_down_loses_no_letter(keeper: Membership, settings: Any) -> None:
    intake, _token = registered(keeper, email="rosa@example.test")
    services.send_link(actor=keeper.user, organization=keeper.organization, intake_id=intake.pk)
    settings.EMAIL_BACKEND = "no.such.Backend"
    assert services.send_letters() == 0
    intake.refresh_from_db()
    assert intake.letter_due_at is not None
    assert intake.letter_due_at > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Intake.objects.update(letter_due_at=timezone.now())
    assert services.send_letters() == 1


def test_nobody_is_flooded_with_letters(keeper: Membership) -> None:
    intake, _token = registered(keeper, email="rosa@example.test")
    values: dict[str, Any] = {
        "actor": keeper.user,
        "organization": keeper.organization,
        "intake_id": intake.pk,
    }
    for _ in range(MOST_LETTERS):
        services.send_link(**values)
        services.send_link(**values)
        services.send_letters()
    assert len(mail.outbox) == MOST_LETTERS
    with pytest.raises(Conflict):
        services.send_link(**values)


def test_no_letter_without_an_address_or_a_verified_organization(keeper: Membership) -> None:
    intake, _token = registered(keeper)
    values: dict[str, Any] = {"actor": keeper.user, "organization": keeper.organization, "intake_id": intake.pk}
    with pytest.raises(InvalidInput):
        services.send_link(**values)
    Intake.objects.update(email="rosa@example.test", letter_due_at=timezone.now())
    Organization.objects.update(verification=Verification.REFUSED)
    assert services.send_letters() == 0
    assert not mail.outbox


# --- pages


def test_strangers_see_what_is_held_but_no_contact(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper, email="rosa@example.test")
    response = client.get(reverse("claim", args=[token]))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Instituto Prueba" in shown
    assert "Rosa Prueba" in shown
    assert "rosa@example.test" not in shown
    assert "123 4567" not in shown
    assert "no-store" in response.headers["Cache-Control"]


def test_links_that_do_not_work_answer_alike(keeper: Membership, client: Client) -> None:
    _used, used = registered(keeper)
    services.claim(user=make.UserFactory(), token=used)
    old, expired = registered(keeper, external_id="E-2")
    Intake.objects.filter(pk=old.pk).update(claim_expires_at=timezone.now())
    client.force_login(make.UserFactory())
    client.get(reverse("claim", args=["no-such-token"]))  # what is asked once in a session
    answers = []
    for token in (used, expired, "0" * 64, "no-such-token"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse("claim", args=[token]))
        text = re.sub(
            r"\b\w{64}\b", "", response.content.decode().replace(token, "")
        )  # each page has its own csrf token
        answers.append((response.status_code, text, len(queries)))
    assert answers[0][0] == 404
    for answer in answers[1:]:
        assert answer == answers[0]


def test_guessing_is_limited(client: Client, settings: Any) -> None:
    settings.INVITATION_RATE = "3/min"
    cache.clear()
    statuses = [client.get(reverse("claim", args=[f"guess-{n}"])).status_code for n in range(4)]
    refused = client.post(reverse("claim-refuse", args=["guess"])).status_code
    assert (statuses, refused) == ([404, 404, 404, 429], 429)
    cache.clear()


def test_the_page_asks_for_a_yes(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper)
    user = make.UserFactory()
    client.force_login(user)
    assert client.post(reverse("claim", args=[token]), {}).status_code == 400
    assert Technician.objects.get().user is None
    response = client.post(reverse("claim", args=[token]), {"agreed": "on"})
    assert (response.status_code, response.headers["Location"]) == (302, reverse("profile"))
    assert client.post(reverse("claim", args=[token]), {"agreed": "on"}).status_code == 302
    assert Technician.objects.get().user == user


def test_who_took_it_over_comes_back_by_the_link(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper)
    user = make.UserFactory()
    services.claim(user=user, token=token)
    client.force_login(user)
    assert client.get(reverse("claim", args=[token])).headers["Location"] == reverse("profile")


def test_who_has_a_profile_is_not_asked_again_whether_to_be_found(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper)
    own = make.TechnicianFactory()
    client.force_login(own.user)
    assert "discoverable" not in client.get(reverse("claim", args=[token])).context["form"].fields
    client.post(reverse("claim", args=[token]), {"agreed": "on"})
    own.refresh_from_db()
    assert own.discoverable


def test_a_stranger_who_posts_is_sent_to_log_in_and_back(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper)
    path = reverse("claim", args=[token])
    response = client.post(path, {"agreed": "on"})
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next={path}")


def test_somebody_else_erases_it_without_an_account(keeper: Membership, client: Client) -> None:
    _intake, token = registered(keeper)
    assert client.post(reverse("claim-refuse", args=[token])).status_code == 200
    assert not Technician.objects.exists()
    assert client.post(reverse("claim-refuse", args=[token])).status_code == 404


def test_signing_up_for_it_joins_the_new_profile(keeper: Membership, client: Client) -> None:
    skill = make.SkillFactory()
    _intake, token = registered(keeper, skills=(SkillEntry(skill.pk, 2),))
    path = reverse("claim", args=[token])
    data = {
        "kind": "seeker",
        "given_names": "Rosa",
        "paternal": "Prueba",
        "email": "rosa@example.test",
        "password1": "una frase corta 1",
        "next": path,
    }
    assert client.post(reverse("account_signup"), data).headers["Location"] == path
    client.post(path, {"agreed": "on"})
    person = Technician.objects.get()
    assert person.user == User.objects.get(email="rosa@example.test")
    assert list(person.technician_skills.values_list("skill_id", flat=True)) == [skill.pk]


# --- two at once


@pytest.mark.django_db(transaction=True)
def test_of_those_who_open_one_link_at_once_one_gets_it(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    users = make.UserFactory.create_batch(4)
    results = at_once([lambda user=user: services.claim(user=user, token=token) for user in users])
    losers = [result for result in results if isinstance(result, NotThere)]
    assert len(losers) == 3, results
    assert Technician.objects.get().user in users


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_once_claims_once(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    user = make.UserFactory()
    results = at_once([lambda: services.claim(user=user, token=token)] * 4)
    assert {result.technician.pk for result in results} == {Technician.objects.get().pk}, results


@pytest.mark.django_db(transaction=True)
def test_taking_over_and_refusing_at_once_is_one_of_the_two(keeper: Membership) -> None:
    _intake, token = registered(keeper)
    user = make.UserFactory()
    results = at_once(
        [lambda: services.claim(user=user, token=token), lambda: services.refuse(token=token)],
    )
    assert sum(isinstance(result, NotThere) for result in results) == 1, results
    assert Technician.objects.filter(user=user).exists() == (Intake.objects.get().state == IntakeState.CLAIMED)


@pytest.mark.django_db(transaction=True)
def test_two_links_opened_at_once_by_one_account_make_one_profile(keeper: Membership) -> None:
    tokens = [registered(keeper, external_id=f"E-{n}")[1] for n in range(2)]
    user = make.UserFactory()
    results = at_once([lambda token=token: services.claim(user=user, token=token) for token in tokens])
    assert Technician.objects.exclude(state=TechnicianState.ERASED).get().user == user, results
    assert sorted(result.joined for result in results) == [False, True], results


@pytest.mark.django_db(transaction=True)
def test_one_list_sent_at_once_makes_each_person_once(keeper: Membership) -> None:
    rows = [UnclaimedRow(given_names=f"Persona {n}", external_id=f"E-{n}") for n in range(5)]

    def send() -> list[Any]:
        return services.register_unclaimed_batch(actor=keeper.user, organization=keeper.organization, rows=rows)

    results = at_once([send] * 3)
    assert Technician.objects.count() == Intake.objects.count() == 5, results


def test_links_of_an_organization_that_is_not_verified_do_not_work(keeper: Membership, client: Client) -> None:
    intake, token = registered(keeper)
    Organization.objects.filter(pk=intake.organization_id).update(verification=Verification.REFUSED)
    with pytest.raises(NotThere):
        services.find_claimable(token)
    with pytest.raises(NotThere):
        services.claim(user=make.UserFactory(), token=token)
    assert client.get(reverse("claim", args=[token])).status_code == 404
    intake.refresh_from_db()
    assert intake.state == IntakeState.OPEN
    Organization.objects.filter(pk=intake.organization_id).update(verification=Verification.VERIFIED)
    assert services.find_claimable(token) == intake


def test_an_organization_that_is_not_verified_hands_out_no_links() -> None:
    owner = make.MembershipFactory(organization__verification=Verification.PENDING)
    intake = make.IntakeFactory(organization=owner.organization)
    with pytest.raises(Conflict) as refused:
        services.make_link(actor=owner.user, organization=owner.organization, intake_id=intake.pk)
    assert refused.value.code == "not_verified"
