"""The picker: what is posted becomes skills, with and without a script; faults are said in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import RoleSkillFactory, SkillFactory, TechnicianSkillFactory, UserFactory
from workforce.skills.forms import SkillPickerField, SkillPickerForm
from workforce.skills.models import Skill, UnlinkedPhrase
from workforce.skills.picking import RawRow, clean_rows
from workforce.skills.services import note_unlinked

pytestmark = pytest.mark.django_db


class ProfileForm(SkillPickerForm, forms.Form):
    name = forms.CharField()
    skills = SkillPickerField(keep_unknown=True)


class RoleForm(SkillPickerForm, forms.Form):
    skills = SkillPickerField(asks_must=True, asks_weight=True)


@pytest.fixture
def mig() -> Skill:
    return SkillFactory(code="mig-welding", label_es="Soldadura MIG", label_en="MIG welding")


@pytest.fixture
def forklift() -> Skill:
    return SkillFactory(
        code="forklift",
        label_es="Operación de montacargas",
        label_en="Forklift operation",
        aliases=[("es", "montacargas")],
    )


def codes_of(caught: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [str(error.code) for error in caught.value.error_list]


def test_posted_rows_become_skills_with_level_must_and_weight(mig: Skill, forklift: Skill) -> None:
    form = RoleForm(QueryDict("skill=forklift&level-forklift=3&must-forklift=1&weight-forklift=7&skill=mig-welding"))
    assert form.is_valid(), form.errors
    first, second = form.cleaned_data["skills"]
    assert (first.skill, first.level, first.must, first.weight) == (forklift, 3, True, 7)
    assert (second.skill, second.level, second.must, second.weight) == (mig, 2, False, None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (RawRow(code="nothing"), "unknown-skill"),
        (RawRow(code="x\x00y"), "unknown-skill"),
        (RawRow(code="mig-welding", level=0), "level-out-of-range"),
        (RawRow(code="mig-welding", level=5), "level-out-of-range"),
        (RawRow(code="mig-welding", level="dos"), "level-out-of-range"),
        (RawRow(code="mig-welding", level=2.5), "level-out-of-range"),
        (RawRow(code="mig-welding", level="9" * 400), "level-out-of-range"),
        (RawRow(code="mig-welding", level=True), "level-out-of-range"),
        (RawRow(code="mig-welding", weight=0), "weight-out-of-range"),
        (RawRow(code="mig-welding", weight="11"), "weight-out-of-range"),
        (RawRow(raw="pailería"), "unlinked-words"),
    ],
)
def test_a_bad_row_is_refused_by_name(mig: Skill, row: RawRow, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_rows([row])
    assert codes_of(caught) == [code]


def test_every_fault_is_told_at_once(mig: Skill) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_rows([RawRow(code="mig-welding", level=9), RawRow(code="mig-welding"), RawRow(code="no")])
    assert codes_of(caught) == ["level-out-of-range", "duplicate-skill", "unknown-skill"]


def test_eighty_skills_fit_and_no_more() -> None:
    rows = [RawRow(code=skill.code) for skill in SkillFactory.create_batch(81)]
    assert len(clean_rows(rows[:80])) == 80
    with pytest.raises(ValidationError) as caught:
        clean_rows(rows)
    assert codes_of(caught) == ["too-many-skills"]


def test_a_retired_skill_becomes_its_successor_and_a_circle_ends(mig: Skill) -> None:
    old = SkillFactory(code="old", status="retired", successor=mig)
    assert clean_rows([RawRow(code="old")])[0].skill == mig
    gone = SkillFactory(code="gone", status="retired", successor=old)
    assert clean_rows([RawRow(code="gone")])[0].skill == mig
    old.successor = gone
    old.save()
    with pytest.raises(ValidationError) as caught:
        clean_rows([RawRow(code="gone")])
    assert codes_of(caught) == ["retired-skill"]


def test_errors_speak_the_readers_language(mig: Skill) -> None:
    said = {}
    for language in ("es", "en"):
        with translation.override(language), pytest.raises(ValidationError) as caught:
            clean_rows([RawRow(code="mig-welding"), RawRow(code="mig-welding")])
        with translation.override(language):
            said[language] = caught.value.messages[0]
    assert said["en"] == "“MIG welding” is there twice."
    assert "Soldadura MIG" in said["es"]


def test_words_in_the_text_field_are_resolved_when_saved(mig: Skill, forklift: Skill) -> None:
    form = RoleForm(QueryDict("skill-text=montacarga, soldadora mig;\nmontacargas"))
    assert form.is_valid(), form.errors
    assert [row.skill for row in form.cleaned_data["skills"]] == [forklift, mig]


def test_a_role_is_asked_about_words_that_are_not_sure(mig: Skill) -> None:
    form = RoleForm(QueryDict("skill-text=soldadura"))
    assert not form.is_valid()
    html = form.as_p()
    assert 'type="checkbox" name="skill" value="mig-welding"' in html
    assert UnlinkedPhrase.objects.get().norm == "soldadura"


def test_a_technicians_unknown_words_are_kept_and_counted(mig: Skill) -> None:
    form = ProfileForm(QueryDict("name=Ana&skill=mig-welding&skill-text=pailería fina&raw=alfarería&raw-level=3"))
    assert form.is_valid(), form.errors
    rows = form.cleaned_data["skills"]
    assert [(row.raw, row.level) for row in rows] == [("", 2), ("alfarería", 3), ("pailería fina", 2)]
    assert (UnlinkedPhrase.objects.get().text, UnlinkedPhrase.objects.get().lang) == ("pailería fina", "es")


def test_the_add_button_saves_nothing_and_complains_of_nothing(mig: Skill) -> None:
    form = ProfileForm(QueryDict("skill-text=soldadura mig&add-skill=1"))
    assert form.is_adding_skill
    assert not form.is_valid()
    assert not form.errors
    html = form.as_p()
    assert 'name="skill" value="mig-welding"' in html
    assert 'name="level-mig-welding"' in html
    assert not UnlinkedPhrase.objects.exists()


def test_the_remove_buttons_take_one_away(mig: Skill, forklift: Skill) -> None:
    form = ProfileForm(QueryDict("skill=mig-welding&skill=forklift&raw=a&raw=b&drop-skill=mig-welding"))
    assert not form.is_valid()
    html = form.as_p()
    assert 'name="skill" value="forklift"' in html
    assert 'name="skill" value="mig-welding"' not in html
    html = ProfileForm(QueryDict("raw=aaa&raw=bbb&drop-raw=0")).as_p()
    assert 'value="aaa"' not in html
    assert 'name="raw" value="bbb"' in html


def test_rows_of_the_database_are_drawn_and_unchanged() -> None:
    held = [TechnicianSkillFactory(level=3), TechnicianSkillFactory(skill=None, raw="<b>alfarería</b>")]
    html = ProfileForm(initial={"skills": held}).as_p()
    assert f'value="{held[0].skill.code}"' in html
    assert '<option value="3" selected>' in html
    assert "&lt;b&gt;alfarería" in html
    posted = QueryDict(
        f"name=x&skill={held[0].skill.code}&level-{held[0].skill.code}=3&raw=<b>alfarería</b>&raw-level=2"
    )
    assert "skills" not in ProfileForm(posted, initial={"skills": held}).changed_data
    wanted = RoleSkillFactory(must=True, weight=4)
    html = RoleForm(initial={"skills": [wanted]}).as_p()
    assert re.search(rf'name="must-{wanted.skill.code}" value="1" checked', html)


def test_a_form_without_skills_says_so() -> None:
    assert "skills" in ProfileForm(QueryDict("name=Ana")).errors


def test_nothing_in_the_widget_breaks_the_content_policy(mig: Skill) -> None:
    html = RoleForm(QueryDict("skill=mig-welding")).as_p()
    assert not re.search(r"\son[a-z]+=|\sstyle=|<script", html)


def test_unlinked_words_are_counted_together() -> None:
    for said in ("Pailería", "paileria", " PAILERÍA "):
        note_unlinked(text=said, lang="es")
    note_unlinked(text="pailería", lang="en")
    assert note_unlinked(text=" \x00 ", lang="es") is None
    assert UnlinkedPhrase.objects.get(lang="es").count == 3
    assert UnlinkedPhrase.objects.count() == 2
    assert note_unlinked(text="ñ" * 900, lang="xx") is not None


class TestOptions:
    """The fragment behind the combobox."""

    url = "/skills/picker/"

    def test_strangers_are_sent_to_log_in(self, client: Client) -> None:
        assert client.get(self.url).status_code == 302

    def test_the_best_come_first_with_the_text_that_matched(self, client: Client, mig: Skill, forklift: Skill) -> None:
        client.force_login(UserFactory(language="en"))
        html = client.get(reverse("skill-picker"), {"q": "montacarga"}).content.decode()
        assert html.index('data-code="forklift"') > 0
        assert "Forklift operation" in html
        assert '<span class="skill-option-text" lang="es">montacargas</span>' in html

    @pytest.mark.parametrize("words", ["", "¿?", "<script>", "ñ" * 500, "zzzz"])
    def test_whatever_is_typed_gets_an_answer(self, client: Client, mig: Skill, words: str) -> None:
        client.force_login(UserFactory())
        answer = client.get(self.url, {"q": words})
        assert answer.status_code == 200
        assert b"<script" not in answer.content

    def test_it_takes_three_queries_at_most(
        self, client: Client, mig: Skill, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(UserFactory())
        client.get(self.url, {"q": "mig"})
        with django_assert_max_num_queries(5):
            client.get(self.url, {"q": "mig"})

    def test_only_get_is_answered(self, client: Client) -> None:
        client.force_login(UserFactory())
        assert client.post(self.url).status_code == 405
