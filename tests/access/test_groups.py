"""Addresses that are not ours to list one by one: the admin and allauth."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.access.table import KINDS
from tests.access.world import build_world


@pytest.mark.django_db
def test_only_staff_get_past_the_door_of_the_admin() -> None:
    world = build_world()
    for kind in KINDS:
        response = world.client(kind).get(reverse("admin:index"))
        if kind == "staff":
            assert response.status_code == 200
        else:
            assert response.status_code == 302, kind
            assert "login" in response.headers["Location"]


@pytest.mark.django_db
def test_staff_without_permissions_change_nothing_in_the_admin() -> None:
    client = build_world().client("staff")
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert client.get(address).status_code == 403, address


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_way_in_is_open_to_strangers(name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_email", "account_change_password"])
def test_account_pages_ask_strangers_to_log_in(name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert reverse("account_login") in response.headers["Location"]
