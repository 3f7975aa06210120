"""Matches, candidates and explanations as JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from matching.engine.limits import standard_limits
from matching.explaining import PairReasons, Reason
from matching.learning import LEVELS, Advice, SkillAdvice
from matching.models import ScoreSnapshot
from matching.reading import Candidate, Match
from workforce.core.api.fields import ReaderText
from workforce.core.choices import EnglishLevel, Shift, SkillLevel
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState
from workforce.technicians.choices import EvidenceKind

LIMITS = standard_limits().names
VERDICTS = ("covered", "partly", "missing")


class PartSerializer(serializers.Serializer[Any]):
    """Which part of a list."""

    part = serializers.ChoiceField(
        ("full", "near"), default="full", help_text="`full`: every limit is met. `near`: exactly one is not."
    )


class ReasonSerializer(serializers.Serializer[Reason]):
    """One requirement and its best evidence. Points add up to the score."""

    skill = serializers.CharField(source="code", help_text="Code of the skill that is asked.")
    label = serializers.CharField(help_text="In the language of the answer.")  # type: ignore[assignment]
    label_es = serializers.CharField(allow_null=True)
    label_en = serializers.CharField(allow_null=True)
    must = serializers.BooleanField()
    verdict = serializers.ChoiceField(VERDICTS, source="status")
    asked_level = serializers.ChoiceField(SkillLevel.choices, source="asked")
    by = serializers.CharField(source="by_code", allow_null=True, help_text="Code of the skill that covers it.")
    by_label_es = serializers.CharField(allow_null=True)
    by_label_en = serializers.CharField(allow_null=True)
    by_level = serializers.IntegerField(min_value=0, max_value=4, help_text="As counted: 4 needs evidence. 0: nothing.")
    coverage = serializers.IntegerField(min_value=0, max_value=100)
    worth = serializers.FloatField(help_text="Share of the whole score, 0 to 100.")
    points = serializers.FloatField(help_text="What it brings to the score.")
    detail = serializers.CharField(help_text="How it is covered, in the language of the answer.")


class PairSerializer(serializers.Serializer[PairReasons]):
    """A pair explained as of now."""

    score = serializers.IntegerField(min_value=0, max_value=100)
    exact_score = serializers.FloatField(help_text="With one decimal.")
    reachable = serializers.BooleanField(help_text="All limits and must-haves met, 60 or more.")
    failed_limits = serializers.ListField(child=serializers.CharField(), help_text="As in `failed_limit`.")
    missing_musts = serializers.SerializerMethodField()
    reasons = ReasonSerializer(many=True)

    def get_missing_musts(self, pair: PairReasons) -> list[str]:
        """Codes of must-haves that are covered by less than half."""
        return [reason.code for reason in pair.missing_musts]


class AdviceLevelSerializer(serializers.Serializer[Any]):
    """How well the skill would be had."""

    level = serializers.ChoiceField(
        [(level.value, level.label) for level in LEVELS], default=SkillLevel.INTERMEDIATE.value
    )


class SkillAdviceSerializer(serializers.Serializer[SkillAdvice]):
    """A skill and what it would open by itself."""

    skill = serializers.CharField(source="skill.code")
    label_es = serializers.CharField(source="skill.label_es", allow_null=True)
    label_en = serializers.CharField(source="skill.label_en", allow_null=True)
    roles = serializers.IntegerField(min_value=1, help_text="Open roles that would become reachable.")
    openings = serializers.IntegerField(min_value=1, help_text="Their openings.")


class AdviceSerializer(serializers.Serializer[Advice]):
    """What is worth learning, counted exactly against the roles that are open now."""

    level = serializers.ChoiceField([(level.value, level.label) for level in LEVELS])
    reachable = serializers.IntegerField(min_value=0, help_text="Roles that are reachable as things are.")
    openings = serializers.IntegerField(min_value=0, help_text="Their openings.")
    skills = SkillAdviceSerializer(many=True)


class MatchedRoleSerializer(serializers.ModelSerializer[Role]):
    """The role of a match, in short."""

    title = ReaderText()
    organization = serializers.CharField(source="organization.name")
    city = serializers.CharField(source="plant.zone.city")

    class Meta:
        model = Role
        fields = ("id", "title", "title_es", "title_en", "organization", "city")


class CardSkillSerializer(serializers.Serializer[Any]):
    """A skill on a card."""

    skill = serializers.CharField(source="code")
    label_es = serializers.CharField(allow_null=True)
    label_en = serializers.CharField(allow_null=True)
    level = serializers.ChoiceField(SkillLevel.choices)
    evidence = serializers.ListField(child=serializers.ChoiceField(EvidenceKind.choices))


class CandidateSerializer(serializers.Serializer[Candidate]):
    """A person without a name, until they apply."""

    ref = serializers.UUIDField(source="card.ref")
    name = serializers.CharField(help_text="A code; the name only once this person has applied to this organization.")
    is_named = serializers.BooleanField()
    city = serializers.CharField(source="card.city", allow_blank=True)
    english = serializers.ChoiceField(EnglishLevel.choices, source="card.english", allow_blank=True)
    shifts = serializers.ListField(child=serializers.ChoiceField(Shift.choices), source="card.shifts")
    us_authorized = serializers.BooleanField(source="card.us_authorized", help_text="Else it is not stated.")
    skills = CardSkillSerializer(source="card.skills", many=True)


class MatchSerializer(serializers.Serializer[Match[Any]]):
    """What both sides' rows share."""

    score = serializers.IntegerField(min_value=0, max_value=100, help_text="Of the stored list.")
    musts_met = serializers.BooleanField(source="entry.musts_met")
    failed_limit = serializers.SerializerMethodField()
    application_state = serializers.SerializerMethodField()
    explanation = PairSerializer(source="reasons", allow_null=True)

    @extend_schema_field(serializers.ChoiceField(LIMITS, allow_null=True))
    def get_failed_limit(self, match: Match[Any]) -> str | None:
        """Name of the one limit that is not met."""
        return match.entry.limit or None

    @extend_schema_field(serializers.ChoiceField(ApplicationState.choices, allow_null=True))
    def get_application_state(self, match: Match[Any]) -> str | None:
        """Where the application of this pair stands, if there is one."""
        return match.application.state if match.application else None


REASON_EXAMPLE = {
    "skill": "mig-welding",
    "label": "Soldadura MIG",
    "label_es": "Soldadura MIG",
    "label_en": "MIG welding",
    "must": True,
    "verdict": "partly",
    "asked_level": 3,
    "by": "tig-welding",
    "by_label_es": "Soldadura TIG",
    "by_label_en": "TIG welding",
    "by_level": 3,
    "coverage": 60,
    "worth": 40.0,
    "points": 24.0,
    "detail": "60% por Soldadura TIG (Avanzado) · piden: Avanzado",
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "match",
            value={
                "score": 84,
                "musts_met": True,
                "failed_limit": None,
                "application_state": None,
                "explanation": {
                    "score": 84,
                    "exact_score": 84.0,
                    "reachable": True,
                    "failed_limits": [],
                    "missing_musts": [],
                    "reasons": [REASON_EXAMPLE],
                },
                "role": {
                    "id": 7,
                    "title": "Soldador MIG",
                    "title_es": "Soldador MIG",
                    "title_en": None,
                    "organization": "Arneses del Bravo",
                    "city": "Ciudad Juárez",
                },
            },
        )
    ]
)
class RoleMatchSerializer(MatchSerializer):
    """A role in a technician's list."""

    role = MatchedRoleSerializer(source="subject")


class CandidateMatchSerializer(MatchSerializer):
    """A person in a role's list."""

    technician = CandidateSerializer(source="subject")


class ScoreSnapshotSerializer(serializers.ModelSerializer[ScoreSnapshot]):
    """Score, rank and engine at the moment of applying; without a score no list had the pair."""

    class Meta:
        model = ScoreSnapshot
        fields = ("score", "rank", "listed", "part", "version", "taken_at")
