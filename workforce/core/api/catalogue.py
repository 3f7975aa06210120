"""The kinds of problems that the API answers with. Codes never change their meaning; see docs/api.md."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import Text


@dataclass(frozen=True)
class Problem:
    """One kind: its stable code, HTTP status, what it is called and what to say where nothing better is known."""

    code: str
    status: int
    title: Text
    detail: Text


_ALL = (
    Problem(
        "malformed_request",
        400,
        _("The request could not be read"),
        _("The request is not valid JSON, or an address or a text in it has characters that are not allowed."),
    ),
    Problem(
        "invalid_input",
        400,
        _("Some of the data is not right"),
        _("Look at the list of errors, correct them and send it again."),
    ),
    Problem(
        "invalid_cursor",
        400,
        _("This page cannot be found"),
        _("The cursor is not one of ours. Start again from the first page."),
    ),
    Problem("not_authenticated", 401, _("Log in first"), _("You need to log in to do this.")),
    Problem("authentication_failed", 401, _("You could not be logged in"), _("The credentials are not right.")),
    Problem("permission_denied", 403, _("You may not do this"), _("Your account has no permission to do this.")),
    Problem(
        "second_factor_required",
        403,
        _("A two-step log-in is needed"),
        _("Set up the two-step log-in of your account on the web, or give its code there; then try again."),
    ),
    Problem(
        "csrf_failed",
        403,
        _("The form has gone stale"),
        _("The security token is missing or wrong. Reload the page and try again."),
    ),
    Problem("not_found", 404, _("There is nothing here"), _("This does not exist, or you may not see it.")),
    Problem("method_not_allowed", 405, _("This cannot be done here"), _("This address does not take that method.")),
    Problem("not_acceptable", 406, _("There is no answer in that format"), _("The API answers in JSON.")),
    Problem(
        "conflict",
        409,
        _("This does not go with what is already there"),
        _("It already exists, or somebody else changed it at the same moment. Look again and try once more."),
    ),
    Problem("in_use", 409, _("This is still in use"), _("Other things depend on it, so it cannot be deleted.")),
    Problem(
        "precondition_failed",
        412,
        _("Somebody else changed this meanwhile"),
        _("Get the newest version, look at what changed, and send your edit with its ETag."),
    ),
    Problem("too_large", 413, _("This is too big"), _("Send less at once.")),
    Problem(
        "unsupported_media_type",
        415,
        _("This format is not read here"),
        _("Send JSON, with the content type application/json."),
    ),
    Problem(
        "precondition_required",
        428,
        _("Say which version you are editing"),
        _("Send the ETag that you were given in the header If-Match."),
    ),
    Problem(
        "throttled",
        429,
        _("Too many requests"),
        _("Wait for the time that the header Retry-After says, then try again."),
    ),
    Problem(
        "server_error", 500, _("Something went wrong on our side"), _("It has been recorded. Try again in a while.")
    ),
)
PROBLEMS: dict[str, Problem] = {problem.code: problem for problem in _ALL}
