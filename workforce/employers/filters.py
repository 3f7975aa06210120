"""Filters of role search: the same set for the web and the API."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.core.choices import EnglishLevel, Shift
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.employers.search import matching
from workforce.places.models import Zone

QUERY_MAX = 200
PAY_MAX = 10_000_000
US_WORK = (("no", _("No permit needed")), ("yes", _("Permit needed")))


def zones_by_city() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the zones as grouped choices: city, then code and name."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in Zone.objects.order_by("country", "city", "name", "pk"):
        groups.setdefault(zone.city, []).append((zone.code, zone.local_name))
    return list(groups.items())


def cities() -> list[tuple[str, str]]:
    """Return the cities of the region as choices."""
    found = Zone.objects.order_by("country", "city").values_list("city", flat=True)
    return [(city, city) for city in dict.fromkeys(found)]


class RoleFilter(django_filters.FilterSet):
    """What people look for in a role. Every filter may be left empty."""

    q = django_filters.CharFilter(
        method="by_words", label=_("What do you do?"), max_length=QUERY_MAX, help_text=_("Words in Spanish or English.")
    )
    city = django_filters.ChoiceFilter(
        field_name="plant__zone__city", choices=cities, label=_("City"), empty_label=_("Any city")
    )
    zone = django_filters.ChoiceFilter(
        field_name="plant__zone__code", choices=zones_by_city, label=_("Part of the city"), empty_label=_("Any part")
    )
    shift = django_filters.ChoiceFilter(
        method="by_shift", choices=Shift.choices, label=_("Shift"), empty_label=_("Any shift")
    )
    pay_min = django_filters.NumberFilter(
        field_name="weekly_pay",
        lookup_expr="gte",
        label=_("Pays at least (pesos a week)"),
        min_value=0,
        max_value=PAY_MAX,
        help_text=_("Base pay a week in Mexican pesos; other periods and dollars are converted."),
    )
    english = django_filters.ChoiceFilter(
        method="by_english",
        choices=[("none", _("I speak no English")), *EnglishLevel.choices],
        label=_("Your English"),
        empty_label=_("Any level"),
        help_text=_("Roles that ask for no more than this."),
    )
    us_work = django_filters.ChoiceFilter(
        method="by_us_work", choices=US_WORK, label=_("US work permit"), empty_label=_("Either")
    )

    class Meta:
        model = Role
        fields: tuple[str, ...] = ()

    def by_words(self, queryset: QuerySet[Role], name: str, value: str) -> QuerySet[Role]:
        """Keep the roles in which every word stands, in either language."""
        return queryset.filter(matching(value))

    def by_shift(self, queryset: QuerySet[Role], name: str, value: str) -> QuerySet[Role]:
        """Keep the roles offered in a shift; JSON is looked at as text, alike on both databases."""
        return queryset.alias(shifts_text=Cast("shifts", TextField())).filter(shifts_text__contains=f'"{value}"')

    def by_english(self, queryset: QuerySet[Role], name: str, value: str) -> QuerySet[Role]:
        """Keep the roles that ask for no more English than ``value``."""
        levels = EnglishLevel.values
        known = levels[: levels.index(value) + 1] if value in levels else []
        return queryset.filter(Q(english_min="") | Q(english_min__in=known))

    def by_us_work(self, queryset: QuerySet[Role], name: str, value: str) -> QuerySet[Role]:
        """Keep the roles that need, or do not need, an authorization to work in the United States."""
        return queryset.filter(needs_us_work=value == "yes")


class RoleSearchFilter(RoleFilter):
    """The web's: also in which order."""

    SORTS = (("newest", _("Newest first")), ("pay", _("Best paid first")))
    sort = django_filters.ChoiceFilter(
        method="ordered", choices=SORTS, label=_("Order"), empty_label=_("Best fit first")
    )

    class Meta(RoleFilter.Meta):
        form = forms.Form

    def ordered(self, queryset: QuerySet[Role], name: str, value: str) -> QuerySet[Role]:
        """The order is set once all filters are applied: see ``in_order``."""
        return queryset

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words was asked, or asked wrongly: the panel of filters is then open."""
        if not self.form.is_bound:
            return False
        given = any(self.data.get(name) for name in self.form.fields if name != "q")
        return given or bool(self.form.errors)


class RoleApiFilter(RoleFilter):
    """The API's: also the order, one organization, and the members' own roles."""

    SORTS = (("newest", _("Newest first")), ("pay", _("Best paid first")))
    sort = django_filters.ChoiceFilter(method="unchanged", choices=SORTS, label=_("Order"))
    organization = django_filters.CharFilter(field_name="organization__slug", max_length=80, label=_("Organization"))
    skill = django_filters.CharFilter(
        field_name="role_skills__skill__code", max_length=80, label=_("Code of a skill that the role asks for")
    )
    occupation = django_filters.CharFilter(
        field_name="occupation__code", max_length=80, label=_("Code of the role's occupation")
    )
    credential = django_filters.CharFilter(
        field_name="role_credentials__credential__code",
        max_length=80,
        label=_("Code of a certificate that the role asks for"),
    )
    mine = django_filters.BooleanFilter(method="unchanged", label=_("Roles of my organizations, in any state"))
    state = django_filters.ChoiceFilter(choices=RoleState.choices, label=_("State"))

    def unchanged(self, queryset: QuerySet[Role], name: str, value: object) -> QuerySet[Role]:
        """Left to ``filter_queryset`` and to the pages."""
        return queryset

    def filter_queryset(self, queryset: QuerySet[Role]) -> QuerySet[Role]:
        """Keep the open roles, or with ``mine`` those of the reader's organizations."""
        found: QuerySet[Role] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("mine"):
            return found.open()  # type: ignore[attr-defined]
        return found.filter(organization__in=Organization.objects.of_member(self.request.user))
