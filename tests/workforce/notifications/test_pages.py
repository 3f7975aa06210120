"""The inbox, preferences, and the link that ends mails."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests import factories as make
from tests.workforce.notifications.making import application, delivery, recruiter_of, told
from workforce.notifications import outbox
from workforce.notifications.models import Notification, Preference
from workforce.notifications.unsubscribing import unsubscribe_address

pytestmark = pytest.mark.django_db


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.fixture
def ana(client: Client) -> Any:
    user = make.UserFactory(email="ana@example.test", language="es")
    make.TechnicianFactory(user=user)
    client.force_login(user)
    return user


def test_the_inbox_speaks_the_readers_language_and_opens_what_it_tells(client: Client, ana: Any) -> None:
    row = told(ana)
    spanish = client.get("/me/inbox/").content.decode()
    ana.language = "en"
    ana.save()
    english = client.get("/me/inbox/").content.decode()
    assert spanish != english
    response = client.post(f"/me/inbox/{row.pk}/")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.read_at is not None
    assert "http" not in response.headers["Location"]


def test_strangers_rows_are_not_there(client: Client, ana: Any) -> None:
    other = told(make.UserFactory())
    assert client.get(f"/me/inbox/{other.pk}/").status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_all_read_leaves_what_came_meanwhile(client: Client, ana: Any) -> None:
    first, second = told(ana, "a"), told(ana, "b")
    client.post("/me/inbox/read/", {"up_to": first.pk})
    assert list(Notification.objects.unread().values_list("pk", flat=True)) == [second.pk]
    for nonsense in ("", "x", "-1", "9" * 40):
        assert client.post("/me/inbox/read/", {"up_to": nonsense}).status_code == 302


def test_turning_a_category_off_ends_its_mails(client: Client, ana: Any) -> None:
    shown = client.get("/me/notifications/").content.decode()
    assert "email_security" not in shown
    form = {f"email_{name}": "never" for name in ("applications", "matches", "organization", "tips")}
    assert client.post("/me/notifications/", form | {"zone": "America/Denver"}).status_code == 302
    assert not told(ana).deliveries.exists()
    assert client.post("/me/notifications/", form | {"email_tips": "hourly", "zone": "Mars"}).status_code == 400


def test_the_link_in_a_mail_asks_first_and_then_ends_the_mails(client: Client) -> None:
    row = delivery(email="ana@example.test")
    outbox.send_due()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert client.get(path(link)).status_code == 200
    assert not Preference.objects.exists()
    for _click in range(2):
        assert client.post(path(link)).status_code == 200
    assert Preference.objects.get().user == row.user
    assert not told(row.user, "later").deliveries.exists()


def test_a_forged_link_or_somebody_elses_is_refused(client: Client, ana: Any) -> None:
    link = path(unsubscribe_address(make.UserFactory().pk, "applications"))
    assert client.post(link).status_code == 403
    assert client.post(link[:-3] + "xx/").status_code == 404
    assert not Preference.objects.exists()


def test_a_subject_holds_no_second_header() -> None:
    row = application()
    row.role.title_es = "Soldador\r\nBcc: todos@example.test"
    row.role.save()
    recruiter = recruiter_of(row)
    told(recruiter, kind="application_received", about=row)
    outbox.send_due()
    (message,) = [one for one in mail.outbox if one.to == [recruiter.email]]
    assert "\n" not in message.subject
    assert "\r" not in message.subject
    assert message.recipients() == [recruiter.email]
