"""Imports by API, from the file to the undo."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from workforce.employers.models import Role
from workforce.imports import running
from workforce.imports.models import ImportJob

pytestmark = pytest.mark.django_db
GOOD = b"Folio,Puesto,Vacantes,Turno\nR-1,Soldador,2,1ro\nR-2,,2,1ro\n"


class Caller:
    """A recruiter who uses the API."""

    def __init__(self, house: SimpleNamespace, client: Client) -> None:
        client.force_login(house.recruiter)
        self.client, self.slug = client, house.organization.slug

    def send(self, data: bytes, **more: Any) -> Any:
        """Send a file."""
        body = {"kind": "roles", "file": SimpleUploadedFile("x.csv", data)} | more
        return self.client.post(reverse("api-import-list", args=(self.slug,)), body)

    def do(self, what: str, ref: str, method: str = "post", data: Any = None, lang: str = "en") -> Any:
        """Call an address of an import."""
        address = reverse(f"api-import-{what}", args=(self.slug, ref)) + f"?lang={lang}"
        return getattr(self.client, method)(address, data, content_type="application/json")


@pytest.fixture
def caller(house: SimpleNamespace, client: Client) -> Caller:
    return Caller(house, client)


def test_from_file_to_undo(caller: Caller) -> None:
    sent = caller.send(GOOD)
    assert sent.status_code == 201
    job = sent.json()
    assert (job["state"], job["headings"][1], job["mapping"]["title"]) == ("uploaded", "Puesto", 1)
    assert {"name": "title", "label": "Title", "required": False} in caller.do("detail", job["ref"], "get").json()[
        "fields_known"
    ]
    assert caller.do("start", job["ref"]).status_code == 409
    tried = caller.do("columns", job["ref"], "put", {"mapping": job["mapping"], "options": {"publish": False}})
    assert (tried.status_code, tried.json()["state"]) == (202, "checking")
    pk = ImportJob.objects.get().pk
    running.work(pk)
    found = caller.do("detail", job["ref"], "get").json()
    assert (found["state"], found["checked_counts"], found["percent"]) == ("checked", {"created": 1, "failed": 1}, 100)
    texts = {lang: caller.do("remarks", job["ref"], "get", lang=lang).json()["results"] for lang in ("en", "es")}
    assert (texts["en"][0]["row"], texts["en"][0]["column"]) == (3, "Puesto")
    assert texts["en"][0]["text"] == "The title of the role is missing." != texts["es"][0]["text"]
    assert [caller.do("start", job["ref"]).status_code for _click in range(2)] == [202, 202]
    running.work(pk)
    assert Role.objects.count() == 1
    assert caller.do("detail", job["ref"], "get").json()["can_be_undone"] is True
    assert caller.do("cancel", job["ref"]).status_code == 409
    assert caller.do("undo", job["ref"]).status_code == 202
    running.work(pk)
    assert (caller.do("detail", job["ref"], "get").json()["state"], Role.objects.count()) == ("undone", 0)
    assert [one["ref"] for one in caller.client.get(reverse("api-import-list", args=(caller.slug,))).json()["results"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not_csv"),
        (b"Puesto\n", "header_only"),
        (b"PK\x03\x04xx", "broken_workbook"),
        (b"a,b\n1,\x00\n", "not_text"),
        (b"a\n" + b"x" * 5_000_001, "too_big"),
        (b"," * 101 + b"\n1\n", "header_only"),
        (b",".join([b"a"] * 101) + b"\n1\n", "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(caller: Caller, data: bytes, code: str) -> None:
    refused = caller.send(data)
    assert refused.status_code == 400
    assert (refused.json()["errors"][0]["field"], refused.json()["errors"][0]["code"]) == ("file", code)
    assert not ImportJob.objects.exists()


def test_kinds_that_are_not_the_callers_are_refused(caller: Caller) -> None:
    assert caller.send(GOOD, kind="learners").json()["errors"][0]["code"] == "unknown_kind"


@pytest.mark.parametrize(
    "mapping", [{"title": -1}, {"title": 100}, {"title": "x"}, {"title": 50}, {"nada": 0}, {}, None, [1]]
)
def test_columns_that_make_no_sense_are_refused(caller: Caller, mapping: Any) -> None:
    ref = caller.send(GOOD).json()["ref"]
    assert caller.do("columns", ref, "put", {"mapping": mapping}).status_code == 400
    assert ImportJob.objects.get().state == "uploaded"
