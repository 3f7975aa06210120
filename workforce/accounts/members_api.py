"""Members and invitations of an organization, by API."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workforce.accounts import access, invitations, members
from workforce.accounts.choices import InvitationState
from workforce.accounts.members_views import accept_address
from workforce.accounts.models import Invitation, Membership, Organization, User


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "member",
            value={
                "id": 7,
                "person": "empresa@demo.puente.test",
                "position": "owner",
                "is_me": True,
                "created_at": "2026-11-02T09:30:00-07:00",
            },
            response_only=True,
        ),
        OpenApiExample("change", value={"position": "recruiter"}, request_only=True),
    ]
)
class MemberSerializer(serializers.ModelSerializer[Membership]):
    """Somebody who belongs to the organization."""

    person = serializers.CharField(source="user", read_only=True, help_text="As members see each other.")
    is_me = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ("id", "person", "position", "is_me", "created_at")
        extra_kwargs = {"position": {"required": True}}

    def get_is_me(self, member: Membership) -> bool:
        """Whether it is the account that asks."""
        return member.user_id == self.context["request"].user.pk


@extend_schema_serializer(
    examples=[
        OpenApiExample("invite", value={"position": "recruiter", "email": "ana@example.com"}, request_only=True),
    ]
)
class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation. Its link is told once, in the answer to making it."""

    state = serializers.ChoiceField(choices=InvitationState.choices, read_only=True)
    link = serializers.SerializerMethodField(help_text="Only in the answer to POST; empty ever after.")

    class Meta:
        model = Invitation
        fields = ("id", "email", "position", "state", "expires_at", "created_at", "link")
        read_only_fields = ("expires_at",)
        extra_kwargs = {"position": {"required": True}}

    def get_link(self, invitation: Invitation) -> str:
        """The link, right after it was made."""
        return str(self.context.get("link", ""))


class OfOrganization(APIView):
    """For views below ``organizations/<slug>/``: strangers find nothing there, members who may not are told so."""

    def organization(self) -> Organization:
        """The organization of the address, if the caller belongs to it."""
        found = get_object_or_404(Organization, slug=self.kwargs["slug"])
        if not access.can_view_organization(self.request.user, found):
            raise Http404
        return found

    def as_owner(self) -> Organization:
        """The organization of the address, if the caller keeps its members."""
        found = self.organization()
        if not access.can_keep_members(self.request.user, found):
            raise PermissionDenied
        return found


@extend_schema(tags=["accounts"])
class MemberList(OfOrganization, generics.ListAPIView[Membership]):
    """Who belongs to an organization of mine."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()

    def get_queryset(self) -> QuerySet[Membership]:
        """All of its members."""
        return self.organization().memberships.select_related("user")


@extend_schema(tags=["accounts"])
class MemberDetail(OfOrganization, generics.GenericAPIView[Membership]):
    """One member: owners change and remove, everybody may leave."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()

    @extend_schema(operation_id="organizations_members_position")
    def patch(self, request: Request, slug: str, pk: int) -> Response:
        """Give a member another position; the last owner stays one (409)."""
        organization = self.as_owner()
        get_object_or_404(organization.memberships.all(), pk=pk)
        given = MemberSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        member = members.change_position(
            actor=cast(User, request.user),
            organization_id=organization.pk,
            membership_id=pk,
            position=given.validated_data["position"],
        )
        return Response(self.get_serializer(member).data)

    @extend_schema(operation_id="organizations_members_remove", responses={204: None})
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        """Remove a member, or leave; the last owner stays (409)."""
        organization = self.organization()
        member = get_object_or_404(organization.memberships.all(), pk=pk)
        if member.user_id != request.user.pk:
            organization = self.as_owner()
        members.remove_member(actor=cast(User, request.user), organization_id=organization.pk, membership_id=member.pk)
        return Response(status=204)


@extend_schema(tags=["accounts"])
class InvitationList(OfOrganization, generics.ListAPIView[Invitation]):
    """The invitations of an organization that I own."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()

    def get_queryset(self) -> QuerySet[Invitation]:
        """All of them, also those that are over."""
        rows: QuerySet[Invitation] = self.as_owner().invitations.all()
        return rows

    @extend_schema(responses={201: InvitationSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Invite somebody; the link stands in this answer and nowhere else."""
        organization = self.as_owner()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        address = accept_address(request._request)
        invitation, token = invitations.invite(
            actor=cast(User, request.user), organization_id=organization.pk, address=address, **given.validated_data
        )
        context = {**self.get_serializer_context(), "link": address.replace(invitations.PLACE, token)}
        response = Response(InvitationSerializer(invitation, context=context).data, status=201)
        response["Cache-Control"] = "no-store"
        return response


@extend_schema(tags=["accounts"])
class InvitationDetail(OfOrganization, generics.GenericAPIView[Invitation]):
    """One invitation."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()

    @extend_schema(operation_id="organizations_invitations_revoke", responses={204: None})
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        """Take an invitation back: its link stops working."""
        organization = self.as_owner()
        get_object_or_404(organization.invitations.all(), pk=pk)
        invitations.revoke(actor=cast(User, request.user), organization_id=organization.pk, invitation_id=pk)
        return Response(status=204)
