"""The tripwires of the suite go off when they should, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from django.utils import timezone

from tests.budgets import QueryBudget
from tests.conftest import check_forms_have_tokens
from tests.factories import SkillFactory, ZoneFactory
from workforce.accounts.models import User
from workforce.skills.models import Skill

Failed = pytest.fail.Exception
OURS = settings.BASE_DIR / "templates" / "invented.html"
THEIRS = Path("/usr/lib/python3/site-packages/other/templates/other.html")


def render(source: str, where: Path = OURS, **context: object) -> str:
    template = Template(source, origin=Origin(str(where)), engine=Engine.get_default())
    return template.render(Context(context))


@pytest.mark.parametrize(
    "source",
    ["{{ nobody }}", "{{ person.nickname }}", "{{ nobody|upper }}", "{% with a=nobody %}{% endwith %}"],
)
def test_an_undefined_variable_in_a_template_of_ours_fails_the_test(source: str) -> None:
    with pytest.raises(Failed, match=r"invented\.html"):
        render(source, person=object())


@pytest.mark.parametrize(
    "source",
    [
        "{% if nobody %}x{% endif %}",
        "{{ nobody|default:'' }}",
        "{% for one in nobody %}x{% endfor %}",
        "{% firstof nobody '' %}",
    ],
)
def test_a_template_that_has_thought_of_absence_is_let_be(source: str) -> None:
    assert render(source) == ""


def test_a_value_of_none_is_not_an_undefined_one() -> None:
    assert render("{{ nothing|default_if_none:'-' }}", nothing=None) == "-"


def test_other_peoples_templates_are_let_be() -> None:
    assert render("{{ nobody }}", where=THEIRS) == ""


def test_a_form_that_posts_without_a_token_fails_the_test() -> None:
    with pytest.raises(Failed, match="no CSRF token on /x/"):
        check_forms_have_tokens("/x/", '<p><form class="a" method="post" action="/y/"><input name="b"></form></p>')


def test_forms_with_a_token_or_without_a_post_are_let_be() -> None:
    check_forms_have_tokens("/x/", "<form method=post><input type=hidden name='csrfmiddlewaretoken'></form>")
    check_forms_have_tokens("/x/", "<form method='get'></form><form></form>")


def careless(request: HttpRequest) -> HttpResponse:
    """A view that forgot the token."""
    return HttpResponse('<form method="post"></form>')


urlpatterns = [path("careless/", careless)]


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_the_test_client_looks_at_every_page(client: Client) -> None:
    with pytest.raises(Failed, match="no CSRF token on /careless/"):
        client.get("/careless/")


@pytest.mark.django_db
def test_pages_of_an_unordered_queryset_fail_the_test() -> None:
    SkillFactory.create_batch(3)
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Skill.objects.order_by(), 2).page(1)


@pytest.mark.django_db
def test_a_naive_datetime_fails_the_test() -> None:
    naive = timezone.now().replace(tzinfo=None)
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        User.objects.create_user("a@example.test", last_login=naive)


@pytest.mark.django_db
def test_a_page_over_its_budget_fails_the_test(client: Client) -> None:
    with pytest.raises(Failed, match="ready cost 1 queries; its budget is 0"):
        QueryBudget({"ready": 0})(client, "ready", "/health/ready")
    with pytest.raises(Failed, match="no budget"):
        QueryBudget({})(client, "ready", "/health/ready")
    assert QueryBudget({"ready": 1})(client, "ready", "/health/ready").json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("made", [ZoneFactory, SkillFactory])
def test_a_row_that_is_shown_says_what_it_is(made: type) -> None:
    row: Model = made()
    assert str(row) != f"{type(row).__name__} object ({row.pk})"
