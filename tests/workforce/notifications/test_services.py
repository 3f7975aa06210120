"""Telling people once, in the same transaction, by the channels that they want."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.workforce.notifications.making import application, told, wants
from workforce.core.errors import InvalidInput
from workforce.notifications.choices import Cadence, Category, Channel, DeliveryState
from workforce.notifications.models import Delivery, Notification, Preference
from workforce.notifications.services import mark_all_read, notify, save_preferences, unsubscribe

pytestmark = pytest.mark.django_db


def test_a_double_event_tells_once_and_mails_once() -> None:
    row = application()
    user = row.technician.user
    for _click in range(3):
        told(user, "same", about=row)
    assert Notification.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_who_joined_between_two_events_is_told_and_the_others_are_not_again() -> None:
    row = application()
    one, two = make.UserFactory(), make.UserFactory()
    args = {"kind": "application_hired", "params": {"application": row.pk}, "dedupe_key": "k"}
    assert notify(user_ids=[one.pk], **args) == 1
    assert notify(user_ids=[one.pk, two.pk, two.pk], **args) == 1
    assert sorted(Delivery.objects.values_list("user_id", flat=True)) == sorted([one.pk, two.pk])


def test_what_is_rolled_back_is_neither_told_nor_sent() -> None:
    row = application()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  what is told inside is the point
        told(row.technician.user, about=row)
        raise RuntimeError
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_without_an_email_the_inbox_is_the_only_channel() -> None:
    for user in (make.UserFactory(email=None), make.UserFactory(is_active=False)):
        told(user)
    assert Notification.objects.count() == 2
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("cadence", Cadence.values)
def test_each_cadence_makes_its_delivery(cadence: str) -> None:
    user = make.UserFactory()
    wants(user, Category.APPLICATIONS, cadence)
    told(user)
    found = list(Delivery.objects.values_list("channel", "cadence", "state"))
    assert found == ([] if cadence == Cadence.NEVER else [("email", cadence, DeliveryState.PENDING)])


def test_text_messages_are_sent_only_to_who_asked_for_them() -> None:
    user = make.UserFactory()
    told(user, "before")
    assert not Delivery.objects.filter(channel=Channel.SMS).exists()
    wants(user, Category.APPLICATIONS, Cadence.NOW, Channel.SMS)
    told(user, "after")
    assert Delivery.objects.filter(channel=Channel.SMS).count() == 1


def test_an_unknown_kind_or_a_slip_in_params_is_refused_at_once() -> None:
    user = make.UserFactory()
    with pytest.raises(KeyError):
        notify(user_ids=[user.pk], kind="no_such", params={}, dedupe_key="k")
    with pytest.raises(ValueError, match="needs"):
        notify(user_ids=[user.pk], kind="application_hired", params={}, dedupe_key="k")
    assert not Notification.objects.exists()


def test_all_read_leaves_what_came_after_the_page_was_shown() -> None:
    user = make.UserFactory()
    seen, later = told(user, "1"), told(user, "2")
    other = told(make.UserFactory(), "3")
    assert mark_all_read(user=user, up_to=seen.pk) == 1
    seen.refresh_from_db(), later.refresh_from_db(), other.refresh_from_db()
    assert seen.read_at is not None
    assert later.read_at is None
    assert other.read_at is None


def test_security_cannot_be_off_by_any_way() -> None:
    user = make.UserFactory()
    for cadence in (Cadence.NEVER, Cadence.DAILY):
        with pytest.raises(InvalidInput):
            save_preferences(user=user, choices={(Category.SECURITY, Channel.EMAIL): cadence})
    with pytest.raises(InvalidInput):
        unsubscribe(user=user, what=Category.SECURITY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=user, category=Category.SECURITY, channel=Channel.EMAIL, cadence=Cadence.NEVER)
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    "choices",
    [
        {("gossip", Channel.EMAIL): Cadence.NOW},
        {(Category.TIPS, "pigeon"): Cadence.NOW},
        {(Category.TIPS, Channel.EMAIL): "hourly"},
        {(Category.TIPS, Channel.SMS): Cadence.DAILY},
    ],
)
def test_there_are_no_other_choices(choices: dict[tuple[str, str], str]) -> None:
    with pytest.raises(InvalidInput):
        save_preferences(user=make.UserFactory(), choices=choices)
    assert not Preference.objects.exists()


def test_what_waits_follows_a_changed_choice() -> None:
    user = make.UserFactory()
    wants(user, Category.APPLICATIONS, Cadence.DAILY)
    row = told(user).deliveries.get()
    save_preferences(user=user, choices={(Category.APPLICATIONS, Channel.EMAIL): Cadence.NOW})
    row.refresh_from_db()
    assert (row.cadence, row.state) == (Cadence.NOW, DeliveryState.PENDING)
    save_preferences(user=user, choices={(Category.APPLICATIONS, Channel.EMAIL): Cadence.NEVER})
    row.refresh_from_db()
    assert row.state == DeliveryState.SKIPPED


def test_ending_summaries_ends_all_that_come_in_them_and_nothing_else() -> None:
    user = make.UserFactory()
    wants(user, Category.ORGANIZATION, Cadence.WEEKLY)
    unsubscribe(user=user, what="summary")
    found = dict(Preference.objects.filter(user=user).values_list("category", "cadence"))
    assert found == {Category.ORGANIZATION: Cadence.NEVER, Category.MATCHES: Cadence.NEVER}
