"""What a phone on a slow line has to fetch, and what must not lie among it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
STATIC = BASE / "static"
VENDOR = sorted(path for path in (STATIC / "vendor").rglob("*") if path.is_file())
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
FONT_BUDGET = 120_000
PHONE_FONT_BUDGET = 45_000


def test_fonts_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in VENDOR if path.suffix == ".woff2"}
    assert sum(sizes.values()) <= FONT_BUDGET
    assert sum(size for name, size in sizes.items() if "latin-ext" not in name) <= PHONE_FONT_BUDGET


def test_every_font_that_the_stylesheet_names_is_there() -> None:
    css = STATIC / "puente" / "css" / "fonts.css"
    named = {(css.parent / url).resolve() for url in re.findall(r'url\("([^"]+)"\)', css.read_text())}
    assert named == {path.resolve() for path in VENDOR if path.suffix == ".woff2"}


def test_what_is_vendored_brings_its_licence_and_no_source_map_or_registry() -> None:
    assert {path.parent.name for path in VENDOR if "LICENSE" in path.name} == {"bootstrap", "fonts"}
    for path in VENDOR:
        if path.suffix in {".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert "sourceMappingURL" not in text
            assert not re.search(r"https?://[\w.-]*(registry|jsdelivr|unpkg|cdnjs)", text)


@pytest.mark.parametrize("path", sorted((STATIC / "puente").glob("*.svg")), ids=lambda path: path.name)
def test_drawings_are_well_formed(path: Path) -> None:
    assert ElementTree.parse(path).getroot().tag.endswith("svg")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE / "templates")))
def test_no_template_holds_what_the_content_security_policy_refuses(path: Path) -> None:
    html = re.sub(r"{#.*?#}|{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", html)
    assert not re.search(r"(src|href)=\"https?://", html)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "puente" / "icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'(?:{% icon |icon=)"([a-z]+)"', path.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()
