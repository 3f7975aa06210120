"""The components of the look say what they are told, to eyes and to screen readers, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import translation

from workforce.core.templatetags import ui


def draw(source: str, request: HttpRequest | None = None, **values: Any) -> str:
    """Render a snippet with the component tags loaded."""
    context = RequestContext(request, values) if request else Context(values)
    return Template("{% load ui %}" + source).render(context)


class ExampleForm(forms.Form):
    """One field of each layout."""

    name = forms.CharField(label="Nombre", help_text="Como te llaman")
    shift = forms.ChoiceField(label="Turno", choices=[("a", "Uno"), ("b", "Dos")], widget=forms.RadioSelect)
    notes = forms.CharField(label="Notas", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="De acuerdo")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Complain about the whole."""
        raise forms.ValidationError("Algo no cuadra <b>", code="whole")


def test_an_icon_is_hidden_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    told = draw('{% icon "check" label="Listo" %}')
    assert 'role="img" aria-label="Listo"' in told
    assert "aria-hidden" not in told


def test_text_given_to_a_component_is_escaped() -> None:
    nasty = "<script>alert(1)</script>"
    for source in (
        "{% badge text %}",
        "{% card title=text %}{{ text }}{% endcard %}",
        "{% alert 'info' title=text %}{{ text }}{% endalert %}",
        "{% requirement text 'missing' detail=text %}",
        "{% skill_chip text %}",
        "{% stat text text hint=text %}",
        "{% empty_state text text=text %}",
        "{% breadcrumbs text '/' text %}",
        "{% stepper 1 text %}",
        "{% table text %}{% endtable %}",
        "{% score_bar 5 label=text %}",
    ):
        assert "<script>" not in draw(source, text=nasty), source


@pytest.mark.parametrize(
    "source",
    [
        "{% badge 'x' kind='pink' %}",
        "{% card kind='loud' %}{% endcard %}",
        "{% card heading='h9' %}{% endcard %}",
        "{% alert 'shout' %}{% endalert %}",
        "{% requirement 'x' 'nearly' %}",
        "{% score_bar 101 %}",
        "{% score_bar -1 %}",
        "{% breadcrumbs 'a' 'b' %}",
        "{% skill_chip 'x' level=5 %}",
    ],
)
def test_a_slip_in_a_template_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"choose one of|lies between|are pairs|is not a valid SkillLevel"):
        draw(source)


@pytest.mark.parametrize(("value", "filled"), [(0, False), (1, True), (86, True), (100, True)])
def test_a_score_is_told_in_figures_and_drawn(value: int, filled: bool) -> None:
    html = draw("{% score_bar value %}", value=value)
    assert f"{value}<small" in html
    assert ("score-fill" in html) is filled
    assert "style=" not in html


@pytest.mark.parametrize(
    ("state", "spanish", "english"),
    [("covered", "cubierta", "covered"), ("partly", "en parte", "partly"), ("missing", "falta", "missing")],
)
def test_a_requirement_says_its_state_in_words(state: str, spanish: str, english: str) -> None:
    for language, word in (("es", spanish), ("en", english)):
        with translation.override(language):
            html = draw("{% requirement 'Soldadura MIG' state lang='es' must=True %}", state=state)
        assert word in html
        assert 'lang="es"' in html
        assert 'class="must"' in html


def test_a_skill_shows_its_level_as_marks_and_word_and_none_when_there_is_none() -> None:
    html = draw("{% skill_chip 'Torno' level=3 lang='es' %}")
    assert html.count('class="on"') == 3
    assert html.count("<rect") == 4
    assert "pips" not in draw("{% skill_chip 'Torno' %}")


def test_breadcrumbs_end_with_the_page_itself() -> None:
    html = draw("{% breadcrumbs 'Vacantes' '/roles/' 'Soldador' %}")
    assert '<a href="/roles/">Vacantes</a>' in html
    assert '<li aria-current="page">Soldador</li>' in html


def test_the_stepper_marks_one_step_as_current() -> None:
    html = draw("{% stepper 2 'Uno' 'Dos' 'Tres' %}")
    assert html.count('aria-current="step"') == 1
    assert 'class="done"' in html
    assert 'class="later"' in html


def test_pagination_keeps_the_rest_of_the_query(rf: RequestFactory) -> None:
    page = Paginator(range(30), 10).page(2)
    html = draw("{% pagination page %}", rf.get("/roles/?q=torno&page=2"), page=page)
    assert 'href="?q=torno&amp;page=1"' in html
    assert 'href="?q=torno&amp;page=3"' in html
    assert "2 de 3" in html


def test_pagination_of_one_page_is_nothing(rf: RequestFactory) -> None:
    assert "<nav" not in draw("{% pagination page %}", rf.get("/"), page=Paginator([1], 10).page(1))


def test_cursor_pagination_links_only_what_exists() -> None:
    html = draw("{% cursor_pagination previous=none next='?c=2' %}", none=None)
    assert 'rel="next" href="?c=2"' in html
    assert 'rel="prev"' not in html
    assert "<nav" not in draw("{% cursor_pagination %}")


def test_a_field_ties_label_help_and_error_to_its_input() -> None:
    form = ExampleForm({"name": ""})
    html = draw("{% field form.name %}", form=form)
    assert '<label for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_each_kind_of_widget_has_its_layout() -> None:
    form = ExampleForm()
    assert {name: ui.field_kind(form[name]) for name in form.fields} == {
        "name": "plain",
        "shift": "group",
        "notes": "plain",
        "agree": "check",
        "token": "hidden",
    }


def test_a_form_of_django_is_drawn_with_our_field() -> None:
    form = ExampleForm({"name": "", "shift": "a"})
    html = str(form)
    assert html.count('class="field') >= 4
    assert "<legend>" in html
    assert 'type="hidden" name="token"' in html
    assert str(form["name"].as_field_group()).strip() in html


def test_what_is_wrong_with_the_whole_form_is_said_once_and_escaped() -> None:
    html = str(ExampleForm({"name": "Ana"}))
    assert html.count("Algo no cuadra &lt;b&gt;") == 1
    assert 'role="alert"' in html
    assert 'href="#id_agree"' in html


def test_a_form_that_is_wrong_only_as_a_whole_points_at_no_field() -> None:
    html = str(ExampleForm({"name": "Ana", "shift": "a", "agree": "on"}))
    assert "Algo no cuadra" in html
    assert "alert-title" not in html
    assert 'href="#' not in html


def test_a_whole_form_posts_with_a_token(rf: RequestFactory) -> None:
    html = draw("{% ui_form form submit='Guardar' cancel='/x/' %}", rf.get("/"), form=ExampleForm())
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'href="/x/"' in html


def test_a_search_form_carries_no_token(rf: RequestFactory) -> None:
    html = draw("{% ui_form form submit='Buscar' method='get' %}", rf.get("/"), form=ExampleForm())
    assert "csrfmiddlewaretoken" not in html


@pytest.mark.parametrize(
    ("tag", "kind"), [("error", "danger"), ("debug", "info"), ("success", "success"), ("own thing", "info")]
)
def test_messages_of_every_level_become_alerts(tag: str, kind: str) -> None:
    assert ui.alert_kind(tag) == kind


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_style_guide_shows_everything_in_both_languages(client: Client, language: str) -> None:
    response = client.get("/styleguide/", headers={"accept-language": language})
    html = response.content.decode()
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in html
    assert f'<html lang="{language}">' in html
    assert "Maquinista CNC" in html
    assert "CNC machinist" in html
    for name in ("score", "requirement", "table-stack", "empty", "pagination", "stepper", "breadcrumbs", "chip"):
        assert f'class="{name}' in html
