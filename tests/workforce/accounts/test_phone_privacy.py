"""Numbers are personal: whose they are in the registry, and that they go with the last person who had them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.workforce.accounts.phone_world import E164, OTHER_PIN, Phoning, person_with_phone
from workforce.accounts.models import Phone, PhoneCode, User
from workforce.accounts.personal import codes_of, phone_of
from workforce.core.personal import Person, declarations

pytestmark = pytest.mark.django_db


def test_a_number_goes_with_its_last_person() -> None:
    ana, luis = person_with_phone(), person_with_phone("Luis", "Soto", OTHER_PIN)
    ana.delete()
    assert Phone.objects.get().e164 == E164
    luis.delete()
    assert not Phone.objects.exists()


def test_a_number_of_ones_own_is_ones_data_and_a_shared_one_is_not_given_away() -> None:
    ana = person_with_phone()
    Phoning().ask()
    assert list(phone_of(Person(user_id=ana.pk)).values_list("e164", flat=True)) == [E164]
    assert codes_of(Person(user_id=ana.pk)).count() == 1
    luis = person_with_phone("Luis", "Soto", OTHER_PIN)
    for user in (ana, luis):
        assert not phone_of(Person(user_id=user.pk)).exists()
        assert not codes_of(Person(user_id=user.pk)).exists()
    assert not codes_of(Person(technician_id=1)).exists()


def test_erasing_in_the_order_of_the_registry_leaves_nothing_of_a_person_with_a_phone() -> None:
    browser = Phoning()
    browser.prove()
    browser.register()
    ana = User.objects.get()
    person = Person(user_id=ana.pk, technician_id=ana.technician.pk)
    for one in declarations():
        if one.label.startswith("accounts."):
            if one.label == "accounts.User":
                ana.technician.delete()
            one.rows(person).delete()
    assert not User.objects.exists()
    assert not Phone.objects.exists()
    assert not PhoneCode.objects.filter(expires_at__gt=timezone.now()).exists()
