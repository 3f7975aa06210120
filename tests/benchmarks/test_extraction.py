"""The marked texts for extraction are well-formed, and what is measured on them is what it says.

Failures name texts by their ids alone: half of them are sealed.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

import pytest

from benchmarks import extraction
from workforce.core.text import fold
from workforce.skills.taxonomy_files import read_taxonomy

TEXTS = extraction.read_texts("all")
MARKS = [(text, mark) for text in TEXTS for mark in text["marks"]]
SPANS = [(text, span) for text in TEXTS for key in ("marks", "doubtful", "missing") for span in text[key]]


def test_there_are_as_many_texts_of_each_kind_as_there_should_be() -> None:
    assert Counter(text["lang"] for text in TEXTS) == {"es": 35, "en": 25, "mixed": 20}
    assert Counter(text["kind"] for text in TEXTS) == {"vacancy": 48, "cv": 32}
    assert Counter(text["half"] for text in TEXTS) == {"open": 40, "sealed": 40}
    for half in extraction.HALVES:
        assert {text["half"] for text in extraction.read_texts(half)} == {half}


def test_the_halves_are_those_that_were_drawn() -> None:
    draw, odd = random.Random(extraction.SEED), 0
    cells: dict[tuple[str, str], list[str]] = {}
    for text in sorted(TEXTS, key=lambda text: text["id"]):
        cells.setdefault((text["lang"], text["kind"]), []).append(text["id"])
    opened: set[str] = set()
    for _cell, ids in sorted(cells.items()):
        draw.shuffle(ids)
        size = len(ids) // 2 + (len(ids) % 2 and odd % 2)
        odd += len(ids) % 2
        opened.update(ids[:size])
    assert opened == {text["id"] for text in TEXTS if text["half"] == "open"}


def test_no_text_is_there_twice() -> None:
    assert max(Counter(text["id"] for text in TEXTS).values()) == 1
    assert max(Counter(fold(text["text"]) for text in TEXTS).values()) == 1


def test_every_span_is_words_without_blanks_at_its_ends() -> None:
    bad = []
    for text, span in SPANS:
        words = text["text"][span["start"] : span["end"]]
        around = text["text"][max(0, span["start"] - 1) : span["end"] + 1]
        whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", around)
        if not 0 <= span["start"] < span["end"] <= len(text["text"]) or words != words.strip() or not whole:
            bad.append((text["id"], span["start"]))
    assert bad == []


def test_every_code_is_an_active_skill_and_marked_once_in_a_text() -> None:
    skills = read_taxonomy().skills
    bad = [
        (text["id"], span["code"])
        for text, span in SPANS
        if "code" in span and skills.get(span["code"], {}).get("status") != "active"
    ]
    codes = Counter((text["id"], span["code"]) for text, span in SPANS if "code" in span)
    assert bad == []
    assert [key for key, times in codes.items() if times > 1] == []


def test_marks_say_what_the_rules_allow() -> None:
    bad = [
        (text["id"], mark["code"])
        for text, mark in MARKS
        if set(mark) != {"start", "end", "code", "negated", "level", "years", "must"}
        or mark["level"] not in (None, 1, 2, 3, 4)
        or not (mark["years"] is None or 0 < mark["years"] <= 40)
        or not (mark["must"] is None or text["kind"] == "vacancy")
        or (mark["negated"] and (mark["level"], mark["years"], mark["must"]) != (None, None, None))
    ]
    assert bad == []


def test_no_address_or_phone_could_be_a_real_one() -> None:
    addresses, phones = re.compile(r"\S+@\S+"), re.compile(r"\(?\d{3}\)?[-. ]\d{3}[-. ]?\d{4}|\d{7,}")
    bad = [
        text["id"]
        for text in TEXTS
        if any(not found.rstrip(".,").endswith(".test") for found in addresses.findall(text["text"]))
        or any(not re.fullmatch(r"(656|915)-555-01\d\d", found) for found in phones.findall(text["text"]))
        or re.search(r"https?:|www\.", text["text"])
    ]
    assert bad == []


@dataclass(frozen=True)
class Mention:
    code: str
    negated: bool = False
    start: int = 0
    end: int = 3
    years: float | None = None


def mark(code: str, *, negated: bool = False, years: float | None = None) -> extraction.Text:
    return {"start": 0, "end": 3, "code": code, "negated": negated, "level": None, "years": years, "must": None}


def text(half: str = "open") -> extraction.Text:
    marks = [mark("plc", years=2), mark("tig"), mark("english", negated=True), mark("sap", negated=True)]
    doubtful = [{"start": 0, "end": 3, "code": "welding"}]
    return {"id": "x", "half": half, "lang": "es", "kind": "cv", "text": "PLC", "marks": marks, "doubtful": doubtful}


def test_a_concept_counts_once_and_a_denied_one_must_not_come_back_as_asked() -> None:
    found = [Mention("plc"), Mention("plc"), Mention("english"), Mention("sap", negated=True), Mention("welding")]
    judged = extraction.judge(text(), found)
    assert judged.counts == extraction.Counts(
        right=1, wrong=1, missed=1, doubtful=1, denied=2, denied_as_asked=1, denied_as_denied=1
    )
    assert extraction.figures(judged.counts) == pytest.approx((1 / 2, 1 / 2, 1 / 2, 1 / 3))


def test_a_skill_that_comes_back_only_as_denied_is_missed_and_not_wrong() -> None:
    judged = extraction.judge(text(), [Mention("plc", negated=True), Mention("nonsense", negated=True)])
    assert (judged.counts.right, judged.counts.wrong, judged.counts.missed) == (0, 0, 2)


def test_nothing_found_is_nought_and_no_error() -> None:
    judged = [extraction.judge(text(), [])]
    assert extraction.figures(judged[0].counts) == (0, 0, 0, 0)
    assert extraction.intervals(judged) == [(0, 0)] * 4


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="x: plc at 0-4"):
        extraction.judge(text(), [Mention("plc", end=4)])


def test_years_are_compared_where_the_extractor_says_any() -> None:
    assert list(extraction.details([extraction.judge(text(), [Mention("plc")])])) == []
    lines = list(extraction.details([extraction.judge(text(), [Mention("plc", years=2), Mention("tig", years=1)])]))
    assert lines == ["years    1 of 1 as marked; of 1 that the text leaves open, 1 got one"]


def test_misses_are_shown_of_the_open_half_only() -> None:
    assert list(extraction.misses([extraction.judge(text("sealed"), [Mention("nonsense")])])) == []
    shown = list(extraction.misses([extraction.judge(text(), [Mention("nonsense"), Mention("sap")])]))
    assert shown == ["x\n  missed: plc ('PLC'), tig ('PLC')\n  wrong:  nonsense, sap (denied)"]


def test_an_error_on_a_sealed_text_does_not_tell_its_words() -> None:
    def broken(words: str) -> list[Mention]:
        raise ValueError(words)

    with pytest.raises(SystemExit, match=r"^x: the extractor raised ValueError"):
        extraction.extracted(broken, text("sealed"))
    with pytest.raises(ValueError, match="PLC"):
        extraction.extracted(broken, text())


def test_the_baseline_finds_the_longest_exact_names_where_they_stand() -> None:
    words = "Operador con licencia: MONTACARGAS, soldadura   TIG y PLC's"
    found = {one.code: words[one.start : one.end] for one in extraction.baseline()(words)}
    assert found["forklift-operation"] == "MONTACARGAS"
    assert found["tig-welding"] == "soldadura   TIG"
    assert "welding-general" not in found
