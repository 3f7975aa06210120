"""What the API says of imports, and what it is told."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from workforce.imports.kinds import importer_of
from workforce.imports.models import ImportJob, RowError
from workforce.imports.services import can_be_undone
from workforce.imports.tabular import MAX_COLUMNS


class CountsField(serializers.DictField):
    """Rows by what became of them."""

    child = serializers.IntegerField()


class UploadSerializer(serializers.Serializer[Any]):
    """A file of a kind that may be imported for the organization: at most 5 MB of CSV or XLSX."""

    kind = serializers.CharField(max_length=20, help_text="`roles` or `people`.")
    file = serializers.FileField(allow_empty_file=True)  # an empty one is refused by the service, like others


class ColumnFieldSerializer(serializers.Serializer[Any]):
    """Something that a column of this kind of file may hold."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field of the answer, not of the class
    required = serializers.BooleanField()  # type: ignore[assignment]  # likewise


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "columns", value={"mapping": {"title": 0, "openings": 2}, "options": {"publish": False}}, request_only=True
        )
    ]
)
class ColumnsSerializer(serializers.Serializer[Any]):
    """Which column, counted from 0, holds which field."""

    mapping = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=MAX_COLUMNS - 1))
    options = serializers.DictField(child=serializers.BooleanField(), required=False)


class ImportSerializer(serializers.ModelSerializer[ImportJob]):
    """An import as the list shows it."""

    percent = serializers.IntegerField(read_only=True, help_text="Of the present step.")
    counts = CountsField(read_only=True)
    checked_counts = CountsField(read_only=True, help_text="What the trial run promised.")
    failure = serializers.CharField(source="failure_text", read_only=True, help_text="Why it failed; empty otherwise.")

    class Meta:
        model = ImportJob
        fields: tuple[str, ...] = (
            *("ref", "kind", "state", "original_name", "total", "done", "percent", "counts", "checked_counts"),
            *("failure", "created_at", "finished_at"),
        )
        read_only_fields = fields


class ImportDetailSerializer(ImportSerializer):
    """An import with its columns."""

    headings = serializers.ListField(child=serializers.CharField(), read_only=True)
    mapping = CountsField(read_only=True, help_text="Field to column, counted from 0: guessed, remembered or chosen.")
    options = serializers.DictField(child=serializers.BooleanField(), read_only=True)
    fields_known = serializers.SerializerMethodField(help_text="What the columns may hold.")
    can_be_undone = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = (*ImportSerializer.Meta.fields, "headings", "mapping", "options", "fields_known", "can_be_undone")
        read_only_fields = fields

    @extend_schema_field(ColumnFieldSerializer(many=True))
    def get_fields_known(self, job: ImportJob) -> list[dict[str, Any]]:
        """The fields of the kind."""
        importer = importer_of(job.kind)
        fields = importer.fields if importer is not None else ()
        return [{"name": one.name, "label": str(one.label), "required": one.required} for one in fields]

    def get_can_be_undone(self, job: ImportJob) -> bool:
        """Whether it is over and wrote something."""
        return can_be_undone(job)


class RemarkSerializer(serializers.ModelSerializer[RowError]):
    """A remark about a row, in the language of the answer."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = RowError
        fields = ("row", "column", "severity", "code", "text")
        read_only_fields = fields
