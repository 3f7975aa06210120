"""How roles and plants read and are written in the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.serializers import as_serializer_error

from workforce.accounts.models import Organization
from workforce.core.api.fields import BilingualMixin, ReaderText, in_readers_language
from workforce.core.choices import Shift, SkillLevel
from workforce.employers.api.routes import RouteSerializer
from workforce.employers.choices import Benefit, TimeZone
from workforce.employers.hiring_for import company_text
from workforce.employers.models import AgencyClient, Plant, Role, RoleCredential, RoleSkill
from workforce.employers.rules import MAX_SKILLS, CredentialNeed, SkillNeed
from workforce.places.models import Park, Zone
from workforce.skills.models import Credential, Occupation
from workforce.skills.picking import RawRow, clean_rows

EXAMPLE = {
    "organization": "manufacturas-del-bravo",
    "plant": 3,
    "occupation": "welder",
    "title_es": "Soldador MIG",
    "description_es": "Soldadura de estructuras en lámina.",
    "openings": 6,
    "shifts": ["second"],
    "pay_min": "3200.00",
    "pay_max": "3800.00",
    "pay_period": "week",
    "pay_currency": "MXN",
    "skills": [{"skill": "mig-welding", "level": 3, "must": True}, {"skill": "blueprint-reading", "level": 2}],
    "closes_at": "2026-12-20",
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "plant",
            value={
                "name": "Planta 2",
                "zone": "juarez-zaragoza",
                "park": "zaragoza",
                "company_bus": True,
            },
            request_only=True,
        ),
    ]
)
class PlantSerializer(serializers.ModelSerializer[Plant]):
    """A site where people work."""

    zone = serializers.SlugRelatedField("code", queryset=Zone.objects.order_by("pk"))
    park = serializers.SlugRelatedField("code", queryset=Park.objects.order_by("pk"), allow_null=True, required=False)
    time_zone = serializers.ChoiceField(
        choices=TimeZone.choices, required=False, help_text="Not sent: the time zone of the zone."
    )
    routes = RouteSerializer(many=True, read_only=True)

    class Meta:
        model = Plant
        fields = ("id", "name", "zone", "park", "park_name", "time_zone", "company_bus", "routes")

    def validate_name(self, value: str) -> str:
        """Refuse a second plant of one name, before the database does."""
        if Plant.objects.filter(organization=self.context["organization"], name=value).exists():
            raise serializers.ValidationError(_("You already have a plant with this name."), "unique")
        return value


class RoleSkillSerializer(serializers.ModelSerializer[RoleSkill]):
    """A skill that a role asks for; ``weight`` null: weighed by how rare and essential the skill is."""

    skill = serializers.CharField(source="skill.code", max_length=80)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    label_es = serializers.CharField(source="skill.label_es", read_only=True, allow_null=True)
    label_en = serializers.CharField(source="skill.label_en", read_only=True, allow_null=True)
    level = serializers.ChoiceField(choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)
    must = serializers.BooleanField(default=False)
    weight = serializers.IntegerField(min_value=1, max_value=10, allow_null=True, default=None)

    class Meta:
        model = RoleSkill
        fields = ("skill", "label", "label_es", "label_en", "level", "must", "weight")

    def get_label(self, row: RoleSkill) -> str:
        """The label in the reader's language, else in the other one."""
        return in_readers_language(row.skill, "label")


class RoleCredentialSerializer(serializers.ModelSerializer[RoleCredential]):
    """A certificate that a role asks for."""

    credential = serializers.SlugRelatedField("code", queryset=Credential.objects.active().order_by("pk"))
    must = serializers.BooleanField(default=True)

    class Meta:
        model = RoleCredential
        fields = ("credential", "must")


@extend_schema_serializer(examples=[OpenApiExample("Second shift welder", value=EXAMPLE, request_only=True)])
class RoleSerializer(BilingualMixin, serializers.ModelSerializer[Role]):
    """A role; whatever is not text is the same in both languages."""

    needs_a_language = ("title",)
    title = ReaderText()
    description = ReaderText()
    openings_left = serializers.IntegerField(read_only=True, help_text="Openings that nobody was hired for yet.")
    response_rate = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="Percent of decided applications that the organization answered itself; null where few are decided.",
    )
    organization = serializers.SlugRelatedField("slug", queryset=Organization.objects.order_by("pk"))
    company = serializers.SerializerMethodField(help_text="Who hires, for the reader: also for whom an agency does.")
    client = serializers.CharField(
        max_length=80, allow_null=True, required=False, help_text="Short name of a client that confirmed it."
    )
    plant = serializers.PrimaryKeyRelatedField(queryset=Plant.objects.order_by("pk"))
    organization_name = serializers.CharField(source="organization.name", read_only=True)
    plant_name = serializers.CharField(source="plant.name", read_only=True)
    zone = serializers.CharField(source="plant.zone.code", read_only=True)
    city = serializers.CharField(source="plant.zone.city", read_only=True)
    park = serializers.CharField(source="plant.park.code", read_only=True, default=None, allow_null=True)
    time_zone = serializers.ChoiceField(choices=TimeZone.choices, source="plant.time_zone", read_only=True)
    company_bus = serializers.BooleanField(source="plant.company_bus", read_only=True)
    routes = RouteSerializer(source="plant.routes", many=True, read_only=True)
    occupation = serializers.SlugRelatedField(
        "code", queryset=Occupation.objects.active().order_by("pk"), allow_null=True, required=False
    )
    shifts = serializers.ListField(
        child=serializers.ChoiceField(choices=Shift.choices), max_length=len(Shift), required=False
    )
    benefits = serializers.ListField(
        child=serializers.ChoiceField(choices=Benefit.choices), max_length=len(Benefit), required=False
    )
    skills = RoleSkillSerializer(source="role_skills", many=True, required=False, max_length=MAX_SKILLS)  # type: ignore[call-arg]
    credentials = RoleCredentialSerializer(source="role_credentials", many=True, required=False, max_length=20)  # type: ignore[call-arg]

    class Meta:
        model = Role
        fields = (
            *(
                "id",
                "organization",
                "organization_name",
                "company",
                "hiring_for",
                "client",
                "client_name",
                "client_sector",
                "plant",
                "plant_name",
                "zone",
                "city",
                "park",
                "time_zone",
                "company_bus",
                "routes",
                "occupation",
                "external_ref",
            ),
            *("title", "title_es", "title_en", "description", "description_es", "description_en", "original_language"),
            *("openings", "openings_left", "shifts", "weekly_hours", "contract"),
            *("pay_min", "pay_max", "pay_period", "pay_currency", "bonuses", "benefits"),
            *("skills", "credentials", "english_min", "needs_us_work", "starts_on", "closes_at"),
            *("state", "published_at", "response_rate", "revision"),
        )
        read_only_fields = ("state", "published_at", "revision")
        extra_kwargs = {"external_ref": {"help_text": "Your own number; answered to members only."}}

    def get_company(self, role: Role) -> str:
        """The organization, or "Agency X for Y"."""
        return company_text(role)

    def validate_organization(self, value: Organization) -> Organization:
        """A role stays with its organization."""
        if self.instance is not None and self.instance.organization_id != value.pk:
            raise serializers.ValidationError(_("A role cannot move to another organization."), "immutable")
        return value

    def validate_skills(self, value: list[dict[str, Any]]) -> list[SkillNeed]:
        """Find the skills by their codes."""
        raw = [
            RawRow(code=row["skill"]["code"], level=row["level"], must=row["must"], weight=row["weight"])
            for row in value
        ]
        try:
            rows = clean_rows(raw, limit=MAX_SKILLS)
        except DjangoValidationError as found:
            raise serializers.ValidationError(as_serializer_error(found)["non_field_errors"]) from found
        return [SkillNeed(row.skill.pk, row.level, row.must, row.weight) for row in rows if row.skill is not None]

    def validate_credentials(self, value: list[dict[str, Any]]) -> list[CredentialNeed]:
        """Turn certificates into needs."""
        return [CredentialNeed(row["credential"].pk, row["must"]) for row in value]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A plant must be one of the organization's own; another's is as good as none."""
        attrs = super().validate(attrs)
        organization = attrs.get("organization") or (self.instance.organization if self.instance else None)
        if attrs.get("client") is not None:
            asked = AgencyClient.objects.filter(agency=organization, organization__slug=attrs["client"])
            attrs["client"] = asked.select_related("organization").first()
            if attrs["client"] is None:
                message = serializers.ErrorDetail(str(_("Choose one of your clients.")), "does_not_exist")
                raise serializers.ValidationError({"client": [message]})
        plant = attrs.get("plant")
        if plant is not None and organization is not None and plant.organization_id != organization.pk:
            raise serializers.ValidationError(
                {"plant": [serializers.ErrorDetail(str(_("Choose one of your own plants.")), "does_not_exist")]}
            )
        return attrs

    def to_representation(self, instance: Role) -> dict[str, Any]:
        """Keep the organization's own number from strangers."""
        shown = super().to_representation(instance)
        client = instance.client
        shown["client"] = client.organization.slug if client is not None and client.is_public else None
        if instance.organization_id not in self.context.get("own_organizations", ()):
            shown.pop("external_ref")
        return shown
