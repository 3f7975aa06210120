"""The colours of the look can be read: measured from the tokens themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from workforce.core.contrast import PAIRS, Pair, contrast, luminance, read_tokens, tokens_of

STATIC = Path(settings.BASE_DIR) / "static"
TOKENS = tokens_of(STATIC)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_agrees_with_the_figures_that_wcag_gives(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_contrast_is_the_same_both_ways_and_one_with_itself() -> None:
    assert contrast("#0b4a5a", "#f5f1ea") == contrast("#f5f1ea", "#0b4a5a")
    assert contrast("#0b4a5a", "#0b4a5a") == 1
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front}-on-{pair.ground}")
def test_every_declared_pair_reaches_its_ratio(pair: Pair) -> None:
    ratio = contrast(TOKENS[pair.front], TOKENS[pair.ground])
    assert ratio >= pair.least, f"{pair.front} on {pair.ground} has {ratio:.2f}, needs {pair.least}"


def test_every_colour_but_the_hairline_is_measured() -> None:
    measured = {name for pair in PAIRS for name in (pair.front, pair.ground)}
    assert set(TOKENS) - measured <= {"line"}


def test_read_tokens_takes_colours_and_leaves_the_rest() -> None:
    css = ":root { --ink: #1F1A15; /* dark */ --radius: 0.5rem; --ink-soft: #4a4038; }"
    assert read_tokens(css) == {"ink": "#1f1a15", "ink-soft": "#4a4038"}


def test_our_stylesheets_take_their_colours_from_the_tokens() -> None:
    strays = []
    for sheet in sorted((STATIC / "puente" / "css").glob("*.css")):
        if sheet.name != "tokens.css":
            css = re.sub(r"@media print.*", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
            strays += [f"{sheet.name}: {colour}" for colour in re.findall(r"#[0-9a-f]{3,8}\b(?![\w-])", css)]
    assert strays == []


def test_every_token_that_a_stylesheet_uses_is_declared() -> None:
    sheets = [sheet.read_text(encoding="utf-8") for sheet in (STATIC / "puente" / "css").glob("*.css")]
    declared = {name for css in sheets for name in re.findall(r"--([a-z0-9-]+):", css)}
    used = {name for css in sheets for name in re.findall(r"var\(--([a-z0-9-]+)", css)}
    assert {name for name in used - declared if not name.startswith("bs-")} == set()
