"""How endpoints are described in the OpenAPI schema: what each of them may also answer, and the shared parameters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentIdentity, ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import permissions, serializers

from workforce.core.api.catalogue import PROBLEMS
from workforce.core.api.problems import CONTENT_TYPE, problem_body
from workforce.core.choices import Language

EDITS = {"PUT", "PATCH", "DELETE"}
WITH_BODY = {"POST", "PUT", "PATCH"}
LANG = OpenApiParameter(
    "lang",
    str,
    enum=Language.values,
    description="Language of messages and of fields without `_es` or `_en`; else the account's, then Accept-Language.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The ETag of the version that you edit, such as `"3"`. Missing: 428. Somebody saved a newer one: 412.',
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag that you already have: 304 if it is still right.",
)
ETAG_HEADER = {"ETag": {"schema": {"type": "string"}, "description": "The version, for If-Match.", "example": '"3"'}}


DATABASE_MAXIMA = frozenset({2**15 - 1, 2**31 - 1, 2**63 - 1})


def without_database_bounds(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Leave out bounds that only say how wide a column is: SQLite's and PostgreSQL's differ, the API does not."""
    _drop_bounds(result)
    return result


def _drop_bounds(node: Any) -> None:
    if isinstance(node, dict) and node.get("maximum") in DATABASE_MAXIMA:
        del node["maximum"]
        node.pop("format", None)
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _drop_bounds(item)


class SessionScheme(OpenApiAuthenticationExtension):
    """Describes our session log-in."""

    target_class = "workforce.core.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A cookie; writes also need the CSRF token of the page."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Log in at /accounts/login/. Writes also carry the CSRF token in X-CSRFToken.",
        }


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One fault of the input."""

    field = serializers.CharField(allow_blank=True, help_text="Dotted, `skills.0.level`; empty for the whole input.")
    code = serializers.CharField(help_text="Stable: `required`, `invalid_choice`, `language_required` ...")
    detail = serializers.CharField(help_text="For people, in the language of the answer.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details as in RFC 9457."""

    type = serializers.CharField(help_text="Address that says what this kind of problem is.")
    title = serializers.CharField(help_text="The kind, in the language of the answer.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; the kind, or narrower.")
    detail = serializers.CharField(help_text="What happened, in the language of the answer.")
    instance = serializers.CharField(help_text="The address that was asked.")
    errors = ProblemErrorSerializer(many=True)  # type: ignore[assignment]  # the field's name is RFC 9457's
    current_revision = serializers.IntegerField(required=False, help_text="With 412: the newest revision.")


def problem_schema(status: int, body: dict[str, Any]) -> dict[str, Any]:
    """Describe the answers of one status, an example for each kind of problem that has it."""
    kinds = [problem for problem in PROBLEMS.values() if problem.status == status]
    examples = {
        kind.code: {"value": problem_body(kind, instance="/api/v1/...", detail=str(kind.detail))} for kind in kinds
    }
    content = {CONTENT_TYPE: {"schema": body, "examples": examples}}
    return {"description": " / ".join(f"`{kind.code}`" for kind in kinds) or "Problem", "content": content}


class PuenteSchema(AutoSchema):
    """Adds to every endpoint the answers that the habits of the API bring with them.

    A view may set ``edits_revision = True`` (also on an action: ``@action(..., edits_revision=True)``) where it needs
    If-Match, and ``extra_problems = (409,)`` for statuses that the rules below cannot know.
    """

    def get_override_parameters(self) -> list[Any]:
        """Add ``lang`` and the conditional headers."""
        parameters = [LANG, *super().get_override_parameters()]
        if self._is_versioned():
            parameters.append(IF_MATCH if self._is_conditional_edit() else IF_NONE_MATCH)
        return parameters

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if self._is_versioned():
            for code in {"200", "201"} & bodies.keys():
                bodies[code].setdefault("headers", {}).update(ETAG_HEADER)
            if not self._is_conditional_edit():
                bodies.setdefault("304", {"description": "You already have this version."})
        for status in sorted(self._problem_statuses()):
            bodies.setdefault(str(status), self._problem(status))
        return bodies

    def _is_versioned(self) -> bool:
        """Whether this operation answers with an ETag."""
        if not getattr(self.view, "edits_revision", False):
            return False
        return self._is_conditional_edit() or getattr(self.view, "action", "") == "retrieve"

    def _is_conditional_edit(self) -> bool:
        if not getattr(self.view, "edits_revision", False):
            return False
        action = getattr(self.view, "action", None)
        custom = action not in {None, "create", "list", "retrieve", "metadata"}
        return self.method in EDITS or (self.method == "POST" and custom)

    def _is_public(self) -> bool:
        """Whether no log-in is needed."""
        found = self.view.get_permissions()
        open_to_all = (permissions.AllowAny, permissions.IsAuthenticatedOrReadOnly)
        reading = self.method in permissions.SAFE_METHODS
        return all(isinstance(one, open_to_all) and (reading or isinstance(one, permissions.AllowAny)) for one in found)

    def _problem_statuses(self) -> set[int]:
        statuses = {400, 406, 429, *getattr(self.view, "extra_problems", ())}
        if not self._is_public():
            statuses |= {401, 403}
        if "{" in self.path:
            statuses.add(404)
        if self.method in WITH_BODY:
            statuses |= {409, 413, 415}
        if self.method not in permissions.SAFE_METHODS:
            statuses |= {403, 409}
        if self._is_conditional_edit():
            statuses |= {412, 428}
        return statuses

    def _problem(self, status: int) -> dict[str, Any]:
        """Return a reference to the shared description of one status."""
        body = self.resolve_serializer(ProblemSerializer, "response").ref
        component = ResolvedComponent(
            f"Problem{status}", ResolvedComponent.RESPONSE, problem_schema(status, body), ComponentIdentity(status)
        )
        self.registry.register_on_missing(component)
        return dict(component.ref)
