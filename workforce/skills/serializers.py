"""The taxonomy as JSON: every text in both languages by name, and in the reader's."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from workforce.core.api.fields import ReaderText
from workforce.skills.models import (
    Category,
    Credential,
    CredentialSkill,
    Occupation,
    OccupationLink,
    OccupationSkill,
    Skill,
    SkillLink,
)
from workforce.skills.search import Found


class MatchedSerializer(serializers.Serializer[Found]):
    """Why a concept was found."""

    score = serializers.FloatField(min_value=0, max_value=1)
    text = serializers.CharField()
    lang = serializers.CharField(max_length=2)


class CategorySerializer(serializers.ModelSerializer[Category]):
    """A sector or craft."""

    name = ReaderText()

    class Meta:
        model = Category
        fields = ("code", "name", "name_es", "name_en")


class SkillLinkSerializer(serializers.ModelSerializer[SkillLink]):
    """A concept of ESCO, and how near it is."""

    class Meta:
        model = SkillLink
        fields = ("uri", "match")


class OccupationLinkSerializer(serializers.ModelSerializer[OccupationLink]):
    """A concept of ESCO, and how near it is."""

    class Meta:
        model = OccupationLink
        fields = ("uri", "match")


class SkillRefSerializer(serializers.ModelSerializer[Skill]):
    """A skill, short."""

    label: Any = ReaderText()

    class Meta:
        model = Skill
        fields = ("code", "label", "label_es", "label_en")


class MatchedMixin(serializers.Serializer[Any]):
    """Adds ``matched``: null unless ``q`` was asked."""

    matched = serializers.SerializerMethodField()

    @extend_schema_field(MatchedSerializer(allow_null=True))
    def get_matched(self, row: Any) -> dict[str, Any] | None:
        """Why this row was found."""
        found = self.context.get("found", {}).get(row.pk)
        return dict(MatchedSerializer(found).data) if found else None


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "skill",
            value={
                "code": "mig-welding",
                "label": "Soldadura MIG/MAG (GMAW)",
                "label_es": "Soldadura MIG/MAG (GMAW)",
                "label_en": "MIG/MAG welding (GMAW)",
                "description": "Soldar con alambre continuo y gas protector.",
                "description_es": "Soldar con alambre continuo y gas protector.",
                "description_en": "Weld with continuous wire and shielding gas.",
                "category": {"code": "welding", "name": "Soldadura", "name_es": "Soldadura", "name_en": "Welding"},
                "broader": "welding",
                "esco_uri": None,
                "links": [],
                "status": "active",
                "successor": None,
                "matched": {"score": 1.0, "text": "Soldadura MIG", "lang": "es"},
            },
        )
    ]
)
class SkillSerializer(MatchedMixin, serializers.ModelSerializer[Skill]):
    """A skill; its code never changes its meaning."""

    label: Any = ReaderText()
    description = ReaderText()
    category = CategorySerializer(read_only=True, allow_null=True)
    broader: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    successor: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    links = SkillLinkSerializer(many=True, read_only=True)

    class Meta:
        model = Skill
        fields = (
            *("code", "label", "label_es", "label_en", "description", "description_es", "description_en"),
            *("category", "broader", "esco_uri", "links", "status", "successor", "matched"),
        )


class RelatedSkillSerializer(serializers.Serializer[Any]):
    """A related skill and how far the one covers a need for the other."""

    skill = SkillRefSerializer()
    strength = serializers.FloatField(min_value=0, max_value=1)


class RelatedSerializer(serializers.Serializer[Any]):
    """``covers``: needs that this skill helps with; ``covered_by``: skills that help where this one is needed."""

    covers = RelatedSkillSerializer(many=True)
    covered_by = RelatedSkillSerializer(many=True)
    narrower = SkillRefSerializer(many=True)


class OccupationSkillSerializer(serializers.ModelSerializer[OccupationSkill]):
    """A skill that an occupation calls for."""

    skill = SkillRefSerializer(read_only=True)

    class Meta:
        model = OccupationSkill
        fields = ("skill", "essential", "level")


class OccupationSerializer(MatchedMixin, serializers.ModelSerializer[Occupation]):
    """An occupation; Spanish titles come in gender pairs."""

    title = ReaderText()
    description = ReaderText()
    successor: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    links = OccupationLinkSerializer(many=True, read_only=True)

    class Meta:
        model = Occupation
        fields: tuple[str, ...] = (
            *("code", "title", "title_es", "title_en", "description", "description_es", "description_en"),
            *("isco", "sinco", "soc", "level", "esco_uri", "links", "status", "successor", "matched"),
        )


class OccupationDetailSerializer(OccupationSerializer):
    """An occupation with its skills, essential ones first."""

    skills = OccupationSkillSerializer(source="occupation_skills", many=True, read_only=True)

    class Meta(OccupationSerializer.Meta):
        fields = (*OccupationSerializer.Meta.fields, "skills")


class CredentialSkillSerializer(serializers.ModelSerializer[CredentialSkill]):
    """A skill that a credential proves."""

    skill = SkillRefSerializer(read_only=True)

    class Meta:
        model = CredentialSkill
        fields = ("skill", "level")


class CredentialSerializer(MatchedMixin, serializers.ModelSerializer[Credential]):
    """A certificate and the skills it proves."""

    name = ReaderText()
    description = ReaderText()
    successor: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    skills = CredentialSkillSerializer(source="credential_skills", many=True, read_only=True)

    class Meta:
        model = Credential
        fields = (
            *("code", "name", "name_es", "name_en", "description", "description_es", "description_en"),
            *("kind", "issuer", "standard", "valid_months", "status", "successor", "skills", "matched"),
        )
