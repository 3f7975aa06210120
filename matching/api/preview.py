"""A role that is not saved, matched with everybody."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.access import can_preview_roles
from matching.api.serializers import LIMITS, CandidateMatchSerializer
from matching.api.views import COMPUTING
from matching.corpus.drafts import Draft
from matching.obstacles import MUST, Obstacle
from matching.throttles import PreviewThrottle
from matching.whatif import TOP, Preview, preview_role
from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict
from workforce.employers.api.serializers import RoleSerializer
from workforce.employers.services import draft_role


class ObstacleSerializer(serializers.Serializer[Obstacle]):
    """One condition of the role, and what not insisting on it would bring."""

    condition = serializers.ChoiceField(
        (MUST, *LIMITS), source="kind", help_text="`must`: a must-have skill, which would stay a plus. Else a limit."
    )
    code = serializers.CharField(allow_null=True, help_text="Of the skill, or of the certificate.")
    label = serializers.CharField(help_text="In the language of the answer.")  # type: ignore[assignment]
    label_es = serializers.CharField(allow_null=True)
    label_en = serializers.CharField(allow_null=True)
    added = serializers.IntegerField(min_value=0, help_text="How many more would be within reach.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "preview",
            value={
                "reachable": 12,
                "found": 48,
                "obstacles": [
                    {
                        "condition": "must",
                        "code": "mig-welding",
                        "label": "Soldadura MIG",
                        "label_es": "Soldadura MIG",
                        "label_en": "MIG welding",
                        "added": 9,
                    }
                ],
                "candidates": [],
            },
            response_only=True,
        )
    ]
)
class PreviewSerializer(serializers.Serializer[Preview]):
    """What saving the role would bring; counted exactly, as of now."""

    reachable = serializers.IntegerField(
        min_value=0, help_text="People who meet every limit and must-have with a score of 60 or more."
    )
    found = serializers.IntegerField(min_value=0, help_text="People who meet every limit and share something with it.")
    obstacles = ObstacleSerializer(many=True, help_text="Every condition, the one that keeps the most out first.")
    candidates = CandidateMatchSerializer(many=True, help_text=f"The first {TOP}, best fit first, without names.")


class _OrganizationName(serializers.Serializer[Any]):
    organization = serializers.SlugField(max_length=80)


class RolePreviewView(APIView):
    """Who would fit a role that is not saved.

    Calls are counted, together with those of the page: by changing one thing again and again one could find out more
    of people than their cards say.
    """

    extra_problems = (404, 409)
    throttle_classes = (*APIView.throttle_classes, PreviewThrottle)

    @extend_schema(tags=["roles"], request=RoleSerializer, responses=PreviewSerializer)
    def post(self, request: Request) -> Response:
        """Match a role that nobody has saved, sent as for a new one, with everybody. Nothing is saved."""
        organization = self._organization(request)
        sent = RoleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        values.pop("organization")
        skills, credentials = values.pop("role_skills", []), values.pop("role_credentials", [])
        made = draft_role(organization=organization, values=values, skills=skills)
        preview = preview_role(organization=organization, draft=Draft(made, skills, credentials))
        if preview is None:
            raise Conflict("not_computed_yet", COMPUTING)
        return Response(PreviewSerializer(preview).data)

    def _organization(self, request: Request) -> Organization:
        """Find out who asks before looking at the rest, so that strangers learn nothing from errors."""
        named = _OrganizationName(data=request.data)
        named.is_valid(raise_exception=True)
        organization = Organization.objects.filter(slug=named.validated_data["organization"]).first()
        if organization is None or not can_preview_roles(cast(User, request.user), organization):
            raise Http404
        return organization
