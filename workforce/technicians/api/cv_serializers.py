"""How a reading of a CV reads in the API, and how it is confirmed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from workforce.core.choices import SkillLevel
from workforce.technicians.cv.reasons import reason
from workforce.technicians.forms.cv import TICKED_FROM, label_of
from workforce.technicians.models import CvFinding, CvReading
from workforce.technicians.services import what_is_there

MOST = 150


class CvUploadSerializer(serializers.Serializer[Any]):
    """A CV: PDF or DOCX, at most 5 MB and 30 pages."""

    file = serializers.FileField(allow_empty_file=True)  # an empty one is refused by the service, like others
    keep_file = serializers.BooleanField(default=False, help_text="Else the file is deleted as soon as it is read.")


class CvFindingSerializer(serializers.ModelSerializer[CvFinding]):
    """One thing that the CV tells. `grade` is the level of a language (A1-C2) or the kind of a study."""

    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # Field.label is another thing
    skill = serializers.CharField(source="skill.code", allow_null=True, default=None, read_only=True)
    credential = serializers.CharField(source="credential.code", allow_null=True, default=None, read_only=True)
    occupation = serializers.CharField(source="occupation.code", allow_null=True, default=None, read_only=True)
    suggested = serializers.SerializerMethodField(help_text="Whether it is sure enough to be ticked beforehand.")
    in_profile = serializers.SerializerMethodField(help_text="Whether the profile has it already.")

    class Meta:
        model = CvFinding
        fields = (
            *("id", "kind", "label", "words", "sentence", "confidence", "suggested", "in_profile", "taken"),
            *("skill", "credential", "occupation", "level", "years", "grade", "place"),
            *("started_on", "ended_on", "informal", "folio"),
        )
        read_only_fields = fields

    def get_label(self, row: CvFinding) -> str:
        """Its name in the reader's language, or the words of the CV."""
        return label_of(row)

    def get_suggested(self, row: CvFinding) -> bool:
        """As the page does."""
        return row.confidence >= TICKED_FROM and not self.get_in_profile(row)

    def get_in_profile(self, row: CvFinding) -> bool:
        """Told by whoever asks for all of them at once."""
        there: set[int] = self.context.get("there", set())
        return row.pk in there


class CvReadingSerializer(serializers.ModelSerializer[CvReading]):
    """A CV that was sent."""

    percent = serializers.IntegerField(read_only=True)
    failure = serializers.SerializerMethodField(help_text="Why it could not be read; empty otherwise.")
    findings = serializers.SerializerMethodField()

    class Meta:
        model = CvReading
        fields = ("ref", "state", "percent", "original_name", "kind", "keep_file", "failure", "expires_at", "findings")
        read_only_fields = fields

    def get_failure(self, row: CvReading) -> str:
        """In the reader's language."""
        return str(reason(row.why)) if row.why else ""

    @extend_schema_field(CvFindingSerializer(many=True))
    def get_findings(self, row: CvReading) -> Any:
        """What was found, each with its sentence."""
        found = list(row.findings.select_related("skill", "credential", "occupation").order_by("pk"))
        context = {**self.context, "there": what_is_there(row.technician, found) if found else set()}
        return CvFindingSerializer(found, many=True, context=context).data


class PickSerializer(serializers.Serializer[Any]):
    """A finding to confirm; what is left out stays as it was found."""

    id = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=160, required=False)
    place = serializers.CharField(max_length=160, required=False, allow_blank=True)
    level = serializers.ChoiceField(choices=SkillLevel.choices, required=False)
    grade = serializers.CharField(max_length=12, required=False)
    started_on = serializers.DateField(required=False, allow_null=True)
    ended_on = serializers.DateField(required=False, allow_null=True)
    informal = serializers.BooleanField(required=False)
    folio = serializers.CharField(max_length=60, required=False, allow_blank=True)


@extend_schema_serializer(
    examples=[OpenApiExample("Two of them", value={"findings": [{"id": 1}, {"id": 4, "level": 3}]}, request_only=True)]
)
class ConfirmSerializer(serializers.Serializer[Any]):
    """What of the CV is right."""

    findings: Any = serializers.ListSerializer(child=PickSerializer(), max_length=MOST)
