"""Endpoints of matching."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from matching import reading
from matching.access import can_view_candidates, candidates_of
from matching.api.pages import RankedPages
from matching.api.serializers import (
    AdviceLevelSerializer,
    AdviceSerializer,
    CandidateMatchSerializer,
    PairSerializer,
    PartSerializer,
    RoleMatchSerializer,
    ScoreSnapshotSerializer,
)
from matching.editions import current_edition
from matching.explaining import PairReasons, explain_pair
from matching.learning import advice_for
from matching.recording import last_snapshot
from workforce.accounts.models import User
from workforce.core.choices import SkillLevel
from workforce.core.errors import Conflict, NotThere
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.technicians.choices import GONE
from workforce.technicians.models import Technician

COMPUTING = _("Matches are being computed for the first time. Ask again in a minute.")


def _me(request: Request) -> Technician:
    mine = Technician.objects.filter(user_id=request.user.pk).exclude(state__in=GONE)
    found: Technician | None = mine.first()
    if found is None:
        raise NotThere("no_profile", _("You have no profile as a job seeker."))
    return found


def _role_of_mine(request: Request, pk: int) -> Role:
    """A role whose candidates the caller may see, in any state; 404 for everybody else."""
    role = get_object_or_404(Role.objects.select_related("organization"), pk=pk)
    if not can_view_candidates(cast(Any, request.user), role):
        raise Http404
    return role


def _part(request: Request, state: reading.ListState) -> Any:
    asked = PartSerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return state.near if asked.validated_data["part"] == "near" else state.full


def _explained(technician_id: int, role_id: int) -> PairReasons:
    edition = current_edition()
    if edition is None:
        raise Conflict("not_computed_yet", COMPUTING)
    reasons = explain_pair(edition, technician_id, role_id, any_state=True)
    if reasons is None:
        raise Http404
    return reasons


class RankedView(generics.GenericAPIView[Any]):
    """A stored list in pages."""

    pagination_class = RankedPages
    filter_backends = ()
    extra_problems: tuple[int, ...] = (404,)

    @property
    def pages(self) -> RankedPages:
        """The paginator, by its real type."""
        return cast(RankedPages, self.paginator)


class MyMatchesView(RankedView):
    """The roles that fit me."""

    serializer_class = RoleMatchSerializer

    @extend_schema(tags=["matches"], parameters=[PartSerializer], responses=RoleMatchSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Open roles, best fit first, each with its reasons."""
        me = _me(request)
        state = reading.roles_for(me)
        page = self.pages.paginate_entries(state, _part(request, state), request)
        rows: Any = reading.role_matches(state, me, page)
        return self.pages.get_paginated_response(RoleMatchSerializer(rows, many=True).data)


class MyMatchExplainView(APIView):
    """Why I fit one role, or not."""

    extra_problems = (409,)

    @extend_schema(tags=["matches"], responses=PairSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Compare me with any role that I may see, also one that is not in my list."""
        me = _me(request)
        role = get_object_or_404(Role.objects.visible_to(request.user), pk=pk)
        return Response(PairSerializer(_explained(me.pk, role.pk)).data)


class MyAdviceView(APIView):
    """What is worth learning for me."""

    extra_problems = (409,)

    @extend_schema(tags=["matches"], parameters=[AdviceLevelSerializer], responses=AdviceSerializer)
    def get(self, request: Request) -> Response:
        """The ten skills that would open the most roles to me, each by itself."""
        me = _me(request)
        asked = AdviceLevelSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        advice = advice_for(me, level=SkillLevel(asked.validated_data["level"]))
        if advice is None:
            raise Conflict("not_computed_yet", COMPUTING)
        return Response(AdviceSerializer(advice).data)


class RoleMatchesView(RankedView):
    """Who fits a role of my organization."""

    serializer_class = CandidateMatchSerializer

    @extend_schema(tags=["matches"], parameters=[PartSerializer], responses=CandidateMatchSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Candidates, best fit first, with reasons and without names. Empty for a role that is not open."""
        role = _role_of_mine(request, pk)
        state = reading.candidates_for(role)
        page = self.pages.paginate_entries(state, _part(request, state), request)
        rows: Any = reading.candidate_matches(state, role, page)
        reading.note_named(cast(User, request.user), role, rows)
        return self.pages.get_paginated_response(CandidateMatchSerializer(rows, many=True).data)


class RoleExplainView(APIView):
    """Why somebody fits a role of my organization, or not.

    Roles that were never published cannot be asked about, and calls are counted: by changing a draft again and again
    one could find out where somebody lives and what else is theirs to tell.
    """

    extra_problems = (409,)
    throttle_classes = (*APIView.throttle_classes, ScopedRateThrottle)
    throttle_scope = "explain"

    @extend_schema(tags=["matches"], responses=PairSerializer)
    def get(self, request: Request, pk: int, technician_ref: UUID) -> Response:
        """Compare one person, named by ``ref``, with a role that is or was published."""
        role = _role_of_mine(request, pk)
        if role.published_at is None or role.state == RoleState.DRAFT:
            raise Http404
        technician = get_object_or_404(candidates_of(role), ref=technician_ref)
        return Response(PairSerializer(_explained(technician.pk, role.pk)).data)


class ApplicationScoreView(APIView):
    """How well somebody fitted a role when they applied to it; for the person and the role's organization."""

    @extend_schema(tags=["matches"], responses=ScoreSnapshotSerializer)
    def get(self, request: Request, ref: UUID) -> Response:
        """Read what was kept at the moment of applying; 404 where nothing was, or no list had the pair."""
        application = get_object_or_404(Application.objects.visible_to(request.user), ref=ref)
        snapshot = last_snapshot(application)
        if snapshot is None:
            raise Http404
        return Response(ScoreSnapshotSerializer(snapshot).data)
