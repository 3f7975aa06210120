"""The frame around every page: who is offered which ways, log-in, and pages for when things go wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse
from django.utils import translation

from tests.factories import MembershipFactory, OrganizationFactory, UserFactory
from workforce.config.urls import handler400, handler404, handler500  # noqa: F401
from workforce.config.urls import urlpatterns as real_urls
from workforce.core import navigation
from workforce.core.borrowed import ALLAUTH, DJANGO
from workforce.core.context import demo
from workforce.core.navigation import NavItem, links_for, register


def labels(client: Client) -> list[str]:
    """Return the labels of the header's links on a page that everybody may see."""
    return [str(link.label) for link in client.get("/styleguide/").context["navigation"]]


def test_an_item_without_an_address_is_left_out(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [NavItem("Nowhere", "no-such-name", "home"), NavItem("Guide", "styleguide", "home")]
    monkeypatch.setattr(navigation, "_providers", [lambda request: items])
    assert [link.label for link in links_for(rf.get("/"))] == ["Guide"]


def test_only_the_nearest_link_is_current(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [NavItem("Start", "root", "home"), NavItem("Guide", "styleguide", "home")]
    monkeypatch.setattr(navigation, "_providers", [lambda request: items])
    assert [link.is_current for link in links_for(rf.get("/styleguide/part/"))] == [False, True]


def test_registering_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_providers", [])

    def provider(request: object) -> list[NavItem]:
        return []

    register(provider)
    register(provider)
    assert navigation._providers == [provider]


@pytest.mark.django_db
def test_somebody_without_account_is_offered_the_roles(client: Client) -> None:
    assert labels(client) == ["Vacantes"]


@pytest.mark.django_db
def test_a_technician_is_offered_what_is_theirs(client: Client) -> None:
    client.force_login(UserFactory.create())
    offered = labels(client)
    assert "Vacantes" in offered
    assert "Perfil" in offered
    assert "Nuestras vacantes" not in offered


@pytest.mark.django_db
def test_a_member_is_offered_their_organization_and_what_it_does(client: Client) -> None:
    membership = MembershipFactory.create(organization=OrganizationFactory.create(name="Ensambles del Norte"))
    client.force_login(membership.user)
    offered = labels(client)
    assert offered[:2] == ["Ensambles del Norte", "Nuestras vacantes"]
    assert "Perfil" not in offered


@pytest.mark.django_db
def test_a_member_of_two_is_offered_a_page_for_each(client: Client) -> None:
    membership = MembershipFactory.create(organization=OrganizationFactory.create(name="Alfa"))
    MembershipFactory.create(user=membership.user, organization=OrganizationFactory.create(name="Beta"))
    client.force_login(membership.user)
    assert {"Alfa", "Beta"} <= set(labels(client))


@pytest.mark.django_db
def test_every_page_can_be_skipped_into_and_switched(client: Client) -> None:
    html = client.get("/styleguide/?q=1").content.decode()
    assert '<html lang="es">' in html
    assert 'href="#main"' in html
    assert '<main id="main"' in html
    assert f'action="{reverse("set-language")}"' in html
    assert 'name="next" value="/styleguide/?q=1"' in html
    assert 'value="en" lang="en"' in html


LOGINS = [{"kind": "Técnica", "email": "t@demo.test", "password": "una-clave"}]


def test_invented_log_ins_are_offered_in_demo_mode_only(rf: RequestFactory) -> None:
    with override_settings(DEMO=True, DEMO_LOGINS=LOGINS):
        assert demo(rf.get("/")) == {"demo_logins": LOGINS}
    with override_settings(DEMO=False, DEMO_LOGINS=LOGINS):
        assert demo(rf.get("/")) == {"demo_logins": []}


@pytest.mark.django_db
def test_every_page_names_the_staff_s_address_where_there_is_one(client: Client) -> None:
    assert "mailto:" not in client.get(reverse("account_login")).content.decode()
    with override_settings(CONTACT_EMAIL="ayuda@puente.test"):
        assert client.get(reverse("account_login")).content.decode().count("mailto:ayuda@puente.test") == 1


@pytest.mark.django_db
def test_the_log_in_page_lists_them_in_demo_mode(client: Client) -> None:
    with override_settings(DEMO=True, DEMO_LOGINS=LOGINS):
        assert "t@demo.test" in client.get(reverse("account_login")).content.decode()
    with override_settings(DEMO=False, DEMO_LOGINS=LOGINS):
        assert "t@demo.test" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
)
@pytest.mark.parametrize(("language", "formal"), [("es", "su contraseña"), ("en", "usted")])
def test_the_pages_of_allauth_wear_our_frame(client: Client, name: str, language: str, formal: str) -> None:
    html = client.get(reverse(name), headers={"accept-language": language}).content.decode()
    assert 'class="site-header' in html
    assert html.count("<h1>") == 1
    assert formal not in html.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_logout"])
def test_the_pages_of_an_account_wear_our_frame(client: Client, name: str) -> None:
    client.force_login(UserFactory.create())
    html = client.get(reverse(name)).content.decode()
    assert 'class="account-menu"' in html
    assert html.count("<h1>") == 1


def test_borrowed_sentences_are_said_with_tu() -> None:
    with translation.override("es"):
        for sentence in (*DJANGO, *ALLAUTH):
            said = translation.gettext(sentence).lower()
            assert not any(word in said for word in ("introduzca", "asegúrese", "seleccione", "usted", "su contraseña"))
            assert said != sentence.lower()


def fail(request: object) -> HttpResponse:
    """Break."""
    raise RuntimeError("broken on purpose")


def refuse(request: object) -> HttpResponse:
    """Take the request for an attack."""
    raise BadRequest


def forbid(request: object) -> HttpResponse:
    """Keep the reader out."""
    raise PermissionDenied


handler403 = "workforce.config.error_pages.permission_denied"
urlpatterns = [path("fail/", fail), path("refuse/", refuse), path("forbid/", forbid), *real_urls]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "spanish", "english"),
    [
        ("/nothing-here/", 404, "No hay nada en esta dirección", "There is nothing at this address"),
        ("/forbid/", 403, "No puedes abrir esta página", "This page is not yours to open"),
        ("/refuse/", 400, "No pudimos leer esa solicitud", "We could not read that request"),
        ("/fail/", 500, "Algo falló de nuestro lado", "Something broke on our side"),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_error_pages_speak_both_languages(
    client: Client, address: str, status: int, spanish: str, english: str, language: str
) -> None:
    client.force_login(UserFactory.create(language=language))
    client.raise_request_exception = False
    response = client.get(address, headers={"accept-language": language})
    html = response.content.decode()
    first, second = (spanish, english) if language == "es" else (english, spanish)
    assert response.status_code == status
    assert f"<h1>{first}</h1>" in html
    assert f'<h2 class="h2">{second}</h2>' in html
    assert f'<html lang="{language}">' in html


def test_the_page_for_a_broken_server_needs_no_database_and_no_request() -> None:
    for code in (400, 429, 500):
        assert "<h1>" in render_to_string(f"{code}.html")


def test_a_request_without_session_gets_links(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert isinstance(links_for(request), list)
