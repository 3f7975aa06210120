"""Switching the language of a page."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def switch(client: Client, language: str, next: str, **extra: str) -> str:
    return str(client.post(reverse("set-language"), {"language": language, "next": next}, **extra).url)


@pytest.mark.parametrize(
    ("language", "here", "there"),
    [
        ("en", "/es/", "/en/"),
        ("es", "/en/roles/?q=mig&page=2", "/es/roles/?q=mig&page=2"),
        ("en", "/es/roles/?q=soldador%C3%A9", "/en/roles/?q=soldador%C3%A9"),
        ("en", "/me/profile/?a=1", "/me/profile/?a=1"),
        ("en", "/nowhere/", "/nowhere/"),
    ],
)
def test_the_reader_stays_on_the_page(client: Client, language: str, here: str, there: str) -> None:
    assert switch(client, language, here) == there
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:///evil", ""]
)
def test_nobody_is_sent_elsewhere(client: Client, evil: str) -> None:
    assert switch(client, "en", evil) == "/"


def test_without_next_the_page_before_counts(client: Client) -> None:
    assert switch(client, "en", "", HTTP_REFERER="http://testserver/es/roles/") == "http://testserver/en/roles/"


def test_the_account_remembers(client: Client) -> None:
    user = make.UserFactory(language="es")
    client.force_login(user)
    switch(client, "en", "/es/")
    user.refresh_from_db()
    assert user.language == "en"
    assert (
        client.get(reverse("organization-create"), headers={"accept-language": "es"}).headers["Content-Language"]
        == "en"
    )


def test_a_language_that_we_do_not_speak_changes_nothing(client: Client) -> None:
    user = make.UserFactory(language="es")
    client.force_login(user)
    assert switch(client, "fr", "/es/") == "/es/"
    user.refresh_from_db()
    assert user.language == "es"
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_reading_does_not_switch(client: Client) -> None:
    assert client.get(reverse("set-language")).status_code == 405
