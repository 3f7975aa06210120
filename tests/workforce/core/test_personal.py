"""No model is forgotten by export and erasure."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from workforce.core import personal
from workforce.core.personal import Person


def test_every_model_says_what_is_personal_in_it() -> None:
    assert not (missing := personal.forgotten()), "\n\n".join(["docs/privacy.md tells how; in short:", *missing])


def test_a_person_is_somebody() -> None:
    with pytest.raises(ValueError, match="an account, a profile, or both"):
        Person()


@isolate_apps("workforce.hiring", attr_name="isolated")
def test_a_model_that_nobody_spoke_of_is_told_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    class Note(models.Model):  # noqa: DJ008  lives for this test
        technician = models.ForeignKey(apps.get_model("technicians.Technician"), models.CASCADE)
        text = models.TextField()

        class Meta:
            app_label = "hiring"

    Note.__module__ = "workforce.hiring.models"
    monkeypatch.setattr(personal, "every_model", lambda: [Note])
    (told,) = personal.forgotten()
    assert "in workforce/hiring/personal.py" in told
    assert 'declare("hiring.Note", technician="technician")' in told
    assert 'not_personal("' in told


def test_a_new_field_of_a_row_that_is_kept_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    one = personal._registry.declared["hiring.Application"]
    fewer = {name: value for name, value in (one.change or {}).items() if name != "message"}
    monkeypatch.setitem(
        personal._registry.declared,
        "hiring.Application",
        personal.Declaration(one.label, one.paths, one.rows, fewer, one.keep, one.hidden, one.order),
    )
    (told,) = personal.forgotten()
    assert "hiring.Application.message stays when a person is erased" in told


def test_who_only_acted_is_a_trace_or_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(personal._registry.traces, ("technicians.Certificate", "verified_by"))
    (told,) = personal.forgotten()
    assert 'trace("technicians.Certificate", "verified_by"' in told


def test_reasons_are_given() -> None:
    reasons = [*personal._registry.others.values(), *personal._registry.traces.values()]
    assert reasons
    assert all(len(reason) >= 10 for reason in reasons)
