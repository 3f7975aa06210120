"""Every template is used, every address that a template names exists, and none needs what the CSP forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine, TemplateDoesNotExist
from django.template.loaders.app_directories import Loader
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html")) + sorted(FOLDER.rglob("*.txt"))
BY_NAME = {path.relative_to(FOLDER).as_posix(): path for path in TEMPLATES}
# Django looks for the first four by itself, allauth for the others.
KNOWN_TO_OTHERS = {"400.html", "403.html", "404.html", "500.html", "429.html", "account/password_reset_help_text.html"}
URL_TAG = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style\b|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


def sources() -> dict[Path, str]:
    """Everything that may name a template."""
    python = [path for package in ("workforce", "matching") for path in (ROOT / package).rglob("*.py")]
    return {path: path.read_text(encoding="utf-8") for path in [*TEMPLATES, *python]}


def replaces_one_of_another_package(name: str) -> bool:
    """Whether an installed package has a template of the same name, which ours stands in for.

    allauth looks for ``..._message.html`` beside each ``..._message.txt`` of its own.
    """
    if name.startswith("account/email/"):
        name = name.removesuffix(".html").removesuffix(".txt") + ".txt"
    try:
        Loader(Engine.get_default()).get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_no_template_is_left_unused() -> None:
    texts = sources()
    unused = [
        name
        for name, path in BY_NAME.items()
        if name not in KNOWN_TO_OTHERS
        and not any(name in text for source, text in texts.items() if source != path)
        and not replaces_one_of_another_package(name)
    ]
    assert unused == []


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> set[str]:
    """Return the names of every address, with their namespaces."""
    names = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            names |= url_names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            names.add(prefix + entry.name)
    return names


def test_every_address_that_a_template_names_exists() -> None:
    """Pages reach matching by name only (``hx-get``), so no import tells when a name is gone."""
    known = url_names()
    missing = [
        (name, wanted)
        for name, path in BY_NAME.items()
        for wanted in URL_TAG.findall(COMMENT.sub("", path.read_text(encoding="utf-8")))
        if wanted not in known
    ]
    assert missing == []


@pytest.mark.parametrize("name", [name for name in BY_NAME if name.endswith(".html")])
def test_a_template_needs_nothing_that_the_content_security_policy_forbids(name: str) -> None:
    text = COMMENT.sub("", BY_NAME[name].read_text(encoding="utf-8"))
    assert INLINE.findall(text) == []
    for attributes, body in SCRIPT.findall(text):
        assert not body.strip() or "nonce" in attributes or "application/json" in attributes, f"inline script in {name}"
