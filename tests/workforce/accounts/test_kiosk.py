"""A tablet that several people share: short sessions, and nothing of one person for the next."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories import PASSWORD, MembershipFactory, TechnicianFactory, UserFactory
from workforce.accounts import kiosk
from workforce.accounts.kiosk_middleware import KioskCleaner, KioskSessions
from workforce.accounts.models import Membership, User

pytestmark = pytest.mark.django_db
MINUTE = 60


@pytest.fixture
def member() -> Membership:
    found: Membership = MembershipFactory()
    return found


@pytest.fixture
def tablet(member: Membership) -> Client:
    """A browser that the member made a shared one."""
    client = Client()
    client.force_login(member.user)
    answer = client.post("/kiosk/start/", {"organization": member.organization.slug})
    assert answer.headers["Location"] == "/kiosk/"
    return client


def log_in(client: Client, user: User) -> None:
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "remember": "on"})
    assert client.session["_auth_user_id"] == str(user.pk)


def back_in_time(client: Client, **minutes: float) -> None:
    """Make the session older: ``began`` and ``seen`` are minutes ago."""
    session = client.session
    for name, ago in minutes.items():
        session[f"kiosk_{name}"] -= ago * MINUTE
    session.save()


def left_behind(client: Client) -> set[str]:
    return {name for name, morsel in client.cookies.items() if morsel.value}


def test_starting_logs_the_member_out_and_the_cookie_gives_no_right(tablet: Client, member: Membership) -> None:
    assert "_auth_user_id" not in tablet.session
    assert left_behind(tablet) == {kiosk.COOKIE}
    assert signing.loads(tablet.cookies[kiosk.COOKIE].value, salt=kiosk.SALT) == {
        "organization": member.organization_id
    }
    assert "/accounts/login/" in tablet.get(f"/org/{member.organization.slug}/").headers["Location"]
    morsel = tablet.cookies[kiosk.COOKIE]
    assert morsel["httponly"]
    assert morsel["max-age"] > 300 * 24 * 3600
    assert tablet.get("/kiosk/").status_code == 200


def test_a_cookie_that_we_did_not_write_is_none(member: Membership) -> None:
    client = Client()
    for forged in ("", "x", signing.dumps({"organization": member.organization_id}, salt="other"), "W10:a:b"):
        client.cookies[kiosk.COOKIE] = forged
        assert client.get("/kiosk/").headers["Location"].startswith("/es/")


def test_done_leaves_nothing(tablet: Client) -> None:
    person = TechnicianFactory(user__language="en").user
    tablet.post("/language/", {"language": "en", "next": "/kiosk/"})
    log_in(tablet, person)
    page = tablet.get("/me/profile/")
    assert b"I am done" in page.content
    assert page.headers["Cache-Control"].startswith("no-store")
    key = tablet.session.session_key
    answer = tablet.post("/kiosk/done/")
    assert answer.headers["Location"] == "/kiosk/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert left_behind(tablet) == {kiosk.COOKIE}
    assert not Session.objects.filter(session_key=key).exists()
    assert "/accounts/login/" in tablet.get("/me/profile/").headers["Location"]
    assert 'lang="es"' in tablet.get("/kiosk/").content.decode()


def test_the_usual_log_out_leaves_nothing_either(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    answer = tablet.post("/accounts/logout/")
    assert "Clear-Site-Data" in answer.headers
    assert left_behind(tablet) == {kiosk.COOKIE}


@pytest.mark.parametrize("ago", [{"seen": 2.1}, {"began": 10.1}], ids=["idle", "too long"])
def test_a_session_ends_by_itself(tablet: Client, ago: dict[str, float]) -> None:
    person = TechnicianFactory()
    log_in(tablet, person.user)
    assert tablet.get("/me/profile/").status_code == 200
    back_in_time(tablet, **ago)
    key = tablet.session.session_key
    answer = tablet.post("/me/profile/", {"given_names": "Otra Persona"})
    assert answer.headers["Location"] == "/kiosk/?ended=1"
    assert "Clear-Site-Data" in answer.headers
    assert not Session.objects.filter(session_key=key).exists()
    person.refresh_from_db()
    assert person.given_names != "Otra Persona"


def test_the_api_is_over_too(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    assert tablet.get("/api/v1/me/").status_code == 200
    back_in_time(tablet, seen=2.1)
    assert tablet.get("/api/v1/me/").status_code == 401


def test_staying_keeps_it_open_but_not_beyond_its_longest(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    back_in_time(tablet, seen=1.9, began=9.5)
    answer = tablet.post("/kiosk/stay/")
    assert answer.status_code == 204
    assert 20 <= int(answer.headers["X-Kiosk-Seconds"]) <= 30
    back_in_time(tablet, began=0.6)
    assert tablet.post("/kiosk/stay/").headers["Location"] == "/kiosk/?ended=1"


def test_the_next_person_has_the_whole_time(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    back_in_time(tablet, began=9)
    tablet.post("/kiosk/done/")
    log_in(tablet, TechnicianFactory().user)
    assert kiosk.seconds_left(tablet.session) > 110
    assert not kiosk.is_over(tablet.session)


def test_a_session_of_the_tablet_stays_short_where_the_cookie_is_taken_away(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    del tablet.cookies[kiosk.COOKIE]
    assert tablet.get("/me/profile/").headers["Cache-Control"].startswith("no-store")
    back_in_time(tablet, seen=2.1)
    assert tablet.get("/me/profile/").headers["Location"] == "/kiosk/?ended=1"


def test_the_session_goes_with_the_window(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    assert tablet.cookies["sessionid"]["max-age"] == ""
    tablet.post("/language/", {"language": "en", "next": "/kiosk/"})
    assert tablet.cookies["puente_language"]["max-age"] == ""


def test_forms_ask_the_browser_to_keep_nothing(tablet: Client) -> None:
    page = tablet.get("/accounts/login/").content.decode()
    assert page.count("<form") == page.count('<form autocomplete="off"') > 0
    assert 'autocomplete="current-password"' not in page
    assert 'autocomplete="email"' not in page
    assert 'autocomplete="tel"' not in page
    assert 'autocomplete="new-password"' in page
    usual = Client().get("/accounts/login/").content.decode()
    assert '<form autocomplete="off"' not in usual


def test_without_a_script_the_page_gives_way(tablet: Client) -> None:
    log_in(tablet, TechnicianFactory().user)
    page = tablet.get("/me/profile/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="121;url=/kiosk/over/"></noscript>' in page
    back_in_time(tablet, seen=2.1)
    assert tablet.get("/kiosk/over/").headers["Location"] == "/kiosk/?ended=1"
    assert 'http-equiv="refresh"' not in tablet.get("/kiosk/?ended=1").content.decode()


def test_what_a_stranger_left_on_the_tablet_goes_too(tablet: Client) -> None:
    tablet.post("/accounts/login/", {"login": "alguien@example.test", "password": "wrong"})
    answer = tablet.get("/kiosk/over/")
    assert "Clear-Site-Data" in answer.headers
    assert left_behind(tablet) == {kiosk.COOKIE}


def test_only_a_member_of_the_organization_ends_the_mode(tablet: Client, member: Membership) -> None:
    assert "/accounts/login/" in tablet.post("/kiosk/stop/").headers["Location"]
    for stranger in (TechnicianFactory().user, MembershipFactory().user):
        log_in(tablet, stranger)
        assert tablet.post("/kiosk/stop/").status_code == 403
        assert tablet.get("/kiosk/stop/").status_code == 403
        tablet.post("/kiosk/done/")
        assert kiosk.COOKIE in left_behind(tablet)
    log_in(tablet, member.user)
    assert tablet.get("/kiosk/stop/").status_code == 200
    tablet.post("/kiosk/stop/")
    assert left_behind(tablet) == set()
    log_in(tablet, member.user)
    assert kiosk.BEGAN not in tablet.session


def test_nobody_starts_it_for_an_organization_that_is_not_theirs(member: Membership) -> None:
    client = Client()
    client.force_login(MembershipFactory().user)
    answer = client.post("/kiosk/start/", {"organization": member.organization.slug})
    assert answer.status_code == 400
    assert kiosk.COOKIE not in client.cookies


def test_the_administration_and_files_are_not_for_a_tablet(tablet: Client) -> None:
    log_in(tablet, UserFactory(is_staff=True, is_superuser=True))
    assert tablet.get("/staff/admin/").status_code == 403
    request = tablet.get("/me/inbox/").wsgi_request
    file = HttpResponse("a,b", headers={"Content-Disposition": 'attachment; filename="people.csv"'})
    answer = KioskSessions(lambda _request: file)(request)
    assert answer.status_code == 403
    assert b"a,b" not in answer.content


def test_it_costs_others_nothing(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    plain = HttpResponse('<form><input autocomplete="email">')
    with django_assert_num_queries(0):
        answer = KioskCleaner(lambda _request: plain)(rf.get("/"))
    assert answer.content == b'<form><input autocomplete="email">'
    assert "Cache-Control" not in answer.headers
