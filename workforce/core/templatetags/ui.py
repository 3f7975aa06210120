"""The components of the look as template tags; each is drawn by ``templates/components/<name>.html``.

``docs/components.md`` lists them with their arguments and ``/styleguide/`` shows them. They know no model: a page
passes text, numbers and addresses.
"""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import SkillLevel

register = template.Library()

ALERT_TONES = {"success": "ok", "info": "info", "warning": "warn", "danger": "bad"}
ALERT_ICONS = {"success": "check", "info": "info", "warning": "warning", "danger": "stop"}
REQUIREMENT_ICONS = {"covered": "check", "partly": "half", "missing": "cross"}
BADGE_KINDS = frozenset({"neutral", "info", "ok", "warn", "bad", "accent"})
CARD_KINDS = frozenset({"plain", "quiet", "strong"})


def _one_of(kind: str, allowed: Iterable[str], what: str) -> str:
    """Return ``kind``; raise ValueError when it is none of ``allowed``, so that a slip shows at once."""
    names = sorted(allowed)
    if kind not in names:
        raise ValueError(f"{what} {kind!r} is unknown; choose one of {', '.join(names)}.")
    return kind


@register.inclusion_tag("components/icon.html")
def icon(name: str, label: str = "", extra: str = "") -> dict[str, str]:
    """Draw an icon of the sprite; without ``label`` it is decoration and hidden from screen readers."""
    return {"name": name, "label": label, "extra": extra}


@register.simple_block_tag
def card(content: str, title: str = "", heading: str = "h2", href: str = "", kind: str = "plain") -> SafeString:
    """Frame ``content``; ``href`` makes the title a link that spans the card."""
    _one_of(kind, CARD_KINDS, "Card")
    _one_of(heading, {"h2", "h3", "h4"}, "Heading")
    values = {"content": content, "title": title, "heading": heading, "href": href, "kind": kind}
    return render_to_string("components/card.html", values)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """Say something that must be noticed; ``kind`` is success, info, warning or danger."""
    _one_of(kind, ALERT_TONES, "Alert")
    values = {"content": content, "title": title, "kind": kind, "role": role}
    return render_to_string("components/alert.html", values | {"tone": ALERT_TONES[kind], "icon": ALERT_ICONS[kind]})


@register.filter
def alert_kind(level_tag: str) -> str:
    """Turn a level tag of ``django.contrib.messages`` into the kind of an alert."""
    kind = {"error": "danger", "debug": "info"}.get(level_tag, level_tag)
    return kind if kind in ALERT_TONES else "info"


@register.inclusion_tag("components/badge.html")
def badge(text: str, kind: str = "neutral", icon: str = "") -> dict[str, str]:
    """Name a state in a word or two."""
    return {"text": text, "kind": _one_of(kind, BADGE_KINDS, "Badge"), "icon": icon}


@register.inclusion_tag("components/score_bar.html")
def score_bar(value: int, label: str = "", compact: bool = False) -> dict[str, Any]:
    """Draw a whole score from 0 to 100 as text and as a bar; raises ValueError outside of that."""
    score = int(value)
    if not 0 <= score <= 100:
        raise ValueError(f"A score lies between 0 and 100, not at {value!r}.")
    return {"value": score, "label": label, "compact": compact}


@register.inclusion_tag("components/requirement.html")
def requirement(name: str, state: str, detail: str = "", must: bool = False, lang: str = "") -> dict[str, Any]:
    """Draw one line of what a role asks: ``state`` is covered, partly or missing; ``lang`` marks another language."""
    _one_of(state, REQUIREMENT_ICONS, "Requirement")
    values = {"name": name, "state": state, "detail": detail, "must": must, "lang": lang}
    return values | {"icon": REQUIREMENT_ICONS[state]}


@register.simple_block_tag
def table(content: str, caption: str, caption_hidden: bool = False) -> SafeString:
    """Wrap head and body of a table; its rows become cards on a phone through ``data-label`` on each cell."""
    return render_to_string(
        "components/table.html", {"content": content, "caption": caption, "caption_hidden": caption_hidden}
    )


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", href: str = "", action: str = "", icon: str = "match") -> dict[str, str]:
    """Say that there is nothing yet, and what to do about it."""
    return {"title": title, "text": text, "href": href, "action": action, "icon": icon}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.RequestContext, page: Page[Any], param: str = "page") -> dict[str, Any]:
    """Link the pages before and after ``page``, keeping the other query parameters."""
    query = context["request"].GET.copy()
    addresses = {}
    for name, there in (("previous", page.has_previous()), ("next", page.has_next())):
        if there:
            query[param] = str(page.number + (1 if name == "next" else -1))
        addresses[name] = f"?{query.urlencode()}" if there else ""
    return addresses | {"page": page}


@register.inclusion_tag("components/cursor_pagination.html")
def cursor_pagination(previous: str | None = "", next: str | None = "") -> dict[str, str | None]:
    """Link the lists before and after this one; either address may be empty."""
    return {"previous": previous, "next": next}


@register.inclusion_tag("components/stepper.html")
def stepper(current: int, *labels: str) -> dict[str, Any]:
    """Show which step, counted from 1, of a task in several steps this is."""
    states = ["done" if n < current else "current" if n == current else "later" for n in range(1, len(labels) + 1)]
    return {"steps": list(zip(labels, states, strict=True)), "current": current, "total": len(labels)}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*trail: str) -> dict[str, Any]:
    """Show the way here: pairs of label and address, then the label of the page itself."""
    if len(trail) % 2 == 0:
        raise ValueError("Breadcrumbs are pairs of label and address and the label of this page at the end.")
    return {"links": list(zip(trail[:-1:2], trail[1::2], strict=True)), "here": trail[-1]}


@register.inclusion_tag("components/stat.html")
def stat(value: object, label: str, hint: str = "") -> dict[str, Any]:
    """Show one figure and what it counts."""
    return {"value": value, "label": label, "hint": hint}


@register.inclusion_tag("components/skill_chip.html")
def skill_chip(label: str, level: int | None = None, lang: str = "", href: str = "", tag: str = "li") -> dict[str, Any]:
    """Show a skill and, as word and four marks, its level (1-4); ``lang`` marks a label in another language."""
    _one_of(tag, {"li", "span"}, "Chip tag")
    named = SkillLevel(level) if level else None
    pips = [(n * 7 + 0.5, bool(named and n < named.value)) for n in range(4)]
    values = {"label": label, "lang": lang, "href": href, "tag": tag, "pips": pips}
    return values | {"level_label": named.label if named else ""}


@register.filter
def field_kind(field: forms.BoundField) -> str:
    """Return how a form field is laid out: hidden, check (one box), group (fieldset) or plain."""
    if field.is_hidden:
        return "hidden"
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "check"
    return "group" if field.use_fieldset else "plain"


@register.filter
def fields_with_errors(form: forms.BaseForm) -> list[forms.BoundField]:
    """Return the fields that a reader can see and has to correct, in their order."""
    return [field for field in form.visible_fields() if field.errors]


@register.inclusion_tag("components/field.html")
def field(field: forms.BoundField) -> dict[str, Any]:
    """Draw a bound field with label, help, errors and the ARIA that ties them together."""
    return {"field": field, "errors": field.errors}


@register.inclusion_tag("components/ui_form.html", takes_context=True)
def ui_form(
    context: template.RequestContext,
    form: forms.BaseForm,
    submit: str,
    cancel: str = "",
    action: str = "",
    method: str = "post",
    multipart: bool = False,
) -> dict[str, Any]:
    """Draw a whole form: what went wrong, its fields, and the buttons."""
    values = {"form": form, "submit": submit, "cancel": cancel, "action": action, "method": method}
    return values | {"multipart": multipart or form.is_multipart(), "csrf_token": context.get("csrf_token")}


ERROR_WORDS = {
    400: (
        _("We could not read that request"),
        _("Something in the address or the form is broken. Go back and try again."),
    ),
    403: (
        _("This page is not yours to open"),
        _("It belongs to somebody else or to another organization. Log in with the right account."),
    ),
    404: (_("There is nothing at this address"), _("It may have been moved, or the role has closed.")),
    429: (_("Too many tries"), _("Wait a few minutes and try again. Nothing is lost.")),
    500: (_("Something broke on our side"), _("It was not you. It has been noted; try again in a few minutes.")),
}


@register.simple_tag
def error_words(code: int) -> dict[str, str]:
    """Return title and text of an error page in the active language."""
    title, text = ERROR_WORDS[code]
    return {"title": str(title), "text": str(text)}
