"""How a person's own profile reads and is written in the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from workforce.core.api.fields import ReaderText
from workforce.core.choices import Shift, SkillLevel
from workforce.places.models import Zone
from workforce.skills.models import Credential
from workforce.technicians.models import Certificate, SkillEvidence, Technician, TechnicianSkill
from workforce.technicians.validators import check_available_from, clean_phone


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Second shift, from January",
            value={"shifts": ["second", "mixed"], "available_from": "2027-01-04", "pay_min": "3400.00"},
            request_only=True,
        )
    ]
)
class ProfileSerializer(serializers.ModelSerializer[Technician]):
    """Who somebody is and what they look for."""

    summary = ReaderText()
    zone = serializers.SlugRelatedField("code", queryset=Zone.objects.order_by("pk"), allow_null=True, required=False)
    shifts = serializers.ListField(
        child=serializers.ChoiceField(choices=Shift.choices), max_length=len(Shift), required=False
    )

    class Meta:
        model = Technician
        fields = (
            "ref",
            "given_names",
            "paternal",
            "maternal",
            "phone",
            "summary",
            "summary_es",
            "summary_en",
            "original_language",
            "zone",
            "own_transport",
            "shifts",
            "english",
            "us_work",
            "available_from",
            "pay_min",
            "pay_currency",
            "discoverable",
            "revision",
        )
        read_only_fields = ("ref", "revision")
        extra_kwargs = {
            "summary_es": {"max_length": 2000, "allow_null": False, "allow_blank": True},
            "summary_en": {"max_length": 2000, "allow_null": False, "allow_blank": True},
        }

    def validate_shifts(self, value: list[str]) -> list[str]:
        """Each shift once, in the usual order."""
        return [shift for shift in Shift.values if shift in value]

    def validate_phone(self, value: str) -> str:
        """Refuse what cannot be a phone."""
        return clean_phone(value)

    def validate_available_from(self, value: date | None) -> date | None:
        """Refuse a new date in the past."""
        return check_available_from(value, self.instance.available_from if self.instance else None)


class EvidenceSerializer(serializers.ModelSerializer[SkillEvidence]):
    """One reason to believe a level."""

    class Meta:
        model = SkillEvidence
        fields = ("kind", "level", "expires_on")
        read_only_fields = fields


class MySkillSerializer(serializers.ModelSerializer[TechnicianSkill]):
    """A skill of mine: known to the taxonomy (``skill`` is its code), or in my own words (``raw``)."""

    skill = serializers.CharField(source="skill.code", allow_null=True, default=None)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # Field.label is another thing
    label_es = serializers.CharField(source="skill.label_es", allow_null=True, default=None)
    label_en = serializers.CharField(source="skill.label_en", allow_null=True, default=None)
    effective_level = serializers.IntegerField(
        help_text="The level that counts in matching: at most 3 without valid evidence of others."
    )
    evidence = EvidenceSerializer(many=True)

    class Meta:
        model = TechnicianSkill
        fields = ("id", "skill", "label", "label_es", "label_en", "raw", "level", "effective_level", "evidence")
        read_only_fields = fields

    def get_label(self, row: TechnicianSkill) -> str:
        """The name in the reader's language, or the person's own words."""
        return str(row.skill.label) if row.skill else row.raw


@extend_schema_serializer(
    examples=[
        OpenApiExample("Known skill", value={"skill": "mig-welding", "level": 3}, request_only=True),
        OpenApiExample("Own words", value={"raw": "pailería fina", "level": 2}, request_only=True),
    ]
)
class SkillInputSerializer(serializers.Serializer[Any]):
    """A skill to put into a profile: ``skill`` (a code) or, for what has no code, ``raw``."""

    skill = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    raw = serializers.CharField(max_length=250, required=False, allow_blank=True, default="")
    level = serializers.ChoiceField(choices=SkillLevel.choices, required=False, default=int(SkillLevel.INTERMEDIATE))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two says which skill is meant."""
        if bool(attrs["skill"]) == bool(attrs["raw"]):
            raise serializers.ValidationError(
                _("Give either “skill” (a code) or “raw” (own words)."), code="skill_or_raw"
            )
        return attrs


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "DC-3",
            value={"credential": "dc3-forklift", "issued_on": "2025-03-04", "folio": "DC3-0042"},
            request_only=True,
        ),
    ]
)
class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """A credential that somebody holds."""

    credential = serializers.SlugRelatedField("code", queryset=Credential.objects.active().order_by("pk"))
    name = serializers.CharField(source="credential.name", read_only=True)
    name_es = serializers.CharField(source="credential.name_es", read_only=True, allow_null=True)
    name_en = serializers.CharField(source="credential.name_en", read_only=True, allow_null=True)
    is_expired = serializers.BooleanField(read_only=True)
    is_verified = serializers.BooleanField(
        read_only=True, help_text="Whether staff has checked the paper; until then it proves nothing."
    )

    class Meta:
        model = Certificate
        fields = (
            "id",
            "credential",
            "name",
            "name_es",
            "name_en",
            "issued_on",
            "expires_on",
            "folio",
            "is_expired",
            "is_verified",
        )

    def validate_issued_on(self, value: date | None) -> date | None:
        """Nothing is issued in the future."""
        if value and value > timezone.localdate():
            raise serializers.ValidationError(_("This date has not come yet."), code="future")
        return value
