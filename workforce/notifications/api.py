"""The inbox by API."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workforce.accounts.models import User
from workforce.core.api.pagination import StableCursorPagination
from workforce.notifications.choices import Category
from workforce.notifications.models import Notification
from workforce.notifications.rendering import Shown, show, show_all
from workforce.notifications.services import mark_all_read, mark_read

EXAMPLE = {
    "id": 812,
    "kind": "application_moved",
    "category": "applications",
    "is_important": True,
    "title": "Entrevista: Soldador MIG",
    "body": "Manufacturas del Bravo respondió a tu postulación para Soldador MIG. Ahora está en: Entrevista.",
    "url": "/me/applications/",
    "created_at": "2026-11-24T16:20:00-07:00",
    "read_at": None,
}


@extend_schema_serializer(examples=[OpenApiExample("interview", value=EXAMPLE, response_only=True)])
class NotificationSerializer(serializers.Serializer[Shown]):
    """A notification in the reader's language; ``url`` is a path of this site, empty when there is nothing to go to."""

    id = serializers.IntegerField(source="notification.pk", read_only=True)
    kind = serializers.CharField(source="notification.kind", read_only=True)
    category = serializers.ChoiceField(choices=Category.choices, read_only=True, allow_blank=True)
    is_important = serializers.BooleanField(read_only=True)
    title = serializers.CharField(read_only=True)
    body = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True, allow_blank=True)
    created_at = serializers.DateTimeField(source="notification.created_at", read_only=True)
    read_at = serializers.DateTimeField(source="notification.read_at", read_only=True, allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("seen", value={"up_to": 812}, request_only=True)])
class ReadSerializer(serializers.Serializer[Any]):
    """The newest notification that the person has seen."""

    up_to = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


@extend_schema_serializer(examples=[OpenApiExample("marked", value={"marked": 3}, response_only=True)])
class MarkedSerializer(serializers.Serializer[Any]):
    """How many were marked as read now."""

    marked = serializers.IntegerField(min_value=0)


class UnreadFilter(filters.FilterSet):
    """Keeps those not opened yet, or those opened."""

    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()


@extend_schema(tags=["notifications"])
class MyNotificationsView(generics.ListAPIView[Notification]):
    """My inbox, newest first; ``unread=true`` for what was not opened yet."""

    serializer_class: Any = NotificationSerializer  # of rows put into words
    pagination_class = StableCursorPagination
    filterset_class = UnreadFilter

    def get_queryset(self) -> QuerySet[Notification]:
        """Mine only."""
        if getattr(self, "swagger_fake_view", False):
            return Notification.objects.none()
        return cast("QuerySet[Notification]", Notification.objects.of(self.request.user))

    def paginate_queryset(self, queryset: Any) -> Any:
        """Put a page's rows into words together: a few queries for all of them."""
        return show_all(super().paginate_queryset(queryset) or [], cast(User, self.request.user))


@extend_schema(tags=["notifications"])
class NotificationReadView(APIView):
    """Mark one of mine as read; twice is the same as once."""

    @extend_schema(operation_id="me_notification_read", request=None, responses={200: NotificationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Return it as it is now."""
        user = cast(User, request.user)
        row = get_object_or_404(Notification.objects.of(user), pk=pk)
        mark_read(user=user, notification_id=pk)
        row.refresh_from_db()
        return Response(NotificationSerializer(show(row, user)).data)


@extend_schema(tags=["notifications"])
class AllReadView(APIView):
    """Mark as read what I have seen."""

    @extend_schema(operation_id="me_notifications_read", request=ReadSerializer, responses={200: MarkedSerializer})
    def post(self, request: Request) -> Response:
        """All up to and with ``up_to``; what came later stays unread."""
        asked = ReadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        marked = mark_all_read(user=cast(User, request.user), up_to=asked.validated_data["up_to"])
        return Response({"marked": marked})
