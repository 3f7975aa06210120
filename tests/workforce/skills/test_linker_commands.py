"""link_text and rank_texts: lines in, lines out, and a wrong line named by its number."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.workforce.skills.linker_world import world
from workforce.skills import linking
from workforce.skills.crosswalks import read_sinco
from workforce.skills.csvfiles import DataFileError
from workforce.skills.models import Occupation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _invented_linker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The linker of the invented world in place of one fitted from the database."""
    for kind in linking.KINDS:
        monkeypatch.setattr(linking.linker_of(kind), "get", world)


def run(command: str, *args: Any, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue().splitlines()


def test_link_text_answers_each_line(tmp_path: Path) -> None:
    Occupation.objects.create(
        code="welder-steel",
        title_es="Soldador/Soldadora de acero",
        title_en="Steel welder",
        isco="7212",
        esco_uri="http://data.europa.eu/esco/occupation/1",
    )
    path = tmp_path / "lines.txt"
    path.write_bytes("\ufeffSoldadora de acero\r\nmousse de chocolate\n".encode())
    first, second = (json.loads(line) for line in run("link_text", path, "--kind", "occupation", "--top", "2"))
    assert (first["line"], first["text"], first["language"], first["none_of_them"]) == (
        1,
        "Soldadora de acero",
        "es",
        False,
    )
    assert len(first["concepts"]) == 2
    best = first["concepts"][0]
    assert (best["code"], best["isco"]) == ("welder-steel", "7212")
    assert best["esco_uris"] == ["http://data.europa.eu/esco/occupation/1"]
    assert first["isco"][0]["code"] == "7212"
    assert (second["line"], second["none_of_them"]) == (2, True)


def test_link_text_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"steel welder")))
    (line,) = run("link_text", "--kind", "occupation")
    assert json.loads(line)["concepts"][0]["code"] == "welder-steel"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"welder\n\nwelder\n", "line 2: the line is empty"), (b"welder\nsold\xf3\n", "line 2: byte 5 is not UTF-8")],
)
def test_link_text_names_a_wrong_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run("link_text", path, "--kind", "occupation")


def test_rank_texts_writes_a_trec_run(tmp_path: Path) -> None:
    queries, corpus = tmp_path / "queries.tsv", tmp_path / "corpus.tsv"
    queries.write_text("q1\tsoldadora de acero\tes\nq2\twood cutter\n", encoding="utf-8")
    corpus.write_text("d1\tCortador de madera\nd2\tSteel welder\ten\nd3\tPintora de cartón\tes\n", encoding="utf-8")
    rows = [line.split(" ") for line in run("rank_texts", queries, corpus, "--top", "2")]
    assert [row[:4] for row in rows[::2]] == [["q1", "Q0", "d2", "1"], ["q2", "Q0", "d1", "1"]]
    assert all(len(row) == 6 for row in rows)
    assert [row[3] for row in rows] == ["1", "2", "1", "2"]
    assert float(rows[0][4]) >= float(rows[1][4])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"d1\tx\nd2\n", "line 2: 1 columns"),
        (b"d1\tx\ten\tmore\n", "line 1: 4 columns"),
        (b"d1\t\xff\n", "line 1: byte 4 is not UTF-8"),
        (b"d1\tx\n\n", "line 2: the line is empty"),
        (b"d1\t \n", "line 1: the text is empty"),
        (b"d 1\tx\n", "line 1: the id"),
        (b"\tx\n", "line 1: the id"),
        (b"d1\tx\tfr\n", "line 1: language 'fr'"),
        (b"d1\tx\nd1\ty\n", "line 2: the id 'd1' is that of line 1"),
        (b"", "holds no line"),
    ],
)
def test_rank_texts_names_a_wrong_line(tmp_path: Path, content: bytes, message: str) -> None:
    queries, corpus = tmp_path / "queries.tsv", tmp_path / "corpus.tsv"
    queries.write_bytes(b"q1\twelder\n")
    corpus.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run("rank_texts", queries, corpus)


def test_link_text_without_its_file_and_with_top_below_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        run("link_text", tmp_path / "none", "--kind", "skill")
    with pytest.raises(CommandError, match="--top must be 1 or more"):
        run("link_text", tmp_path / "none", "--kind", "skill", "--top", "0")


def test_rank_texts_without_its_files_and_with_top_below_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        run("rank_texts", tmp_path / "none", tmp_path / "none")
    with pytest.raises(CommandError, match="--top must be 1 or more"):
        run("rank_texts", tmp_path / "none", tmp_path / "none", "--top", "0")


def test_inegi_s_table(tmp_path: Path) -> None:
    path = tmp_path / "sinco.csv"
    path.write_text(
        "sinco,sinco_titulo,target,target_titulo\n7212,Soldadores,7212,Soldadores y oxicortadores\n"
        "7212,Soldadores,7213,Chapistas\n",
        encoding="utf-8",
    )
    table = read_sinco(path)
    assert [(one.text, one.groups) for one in table.known] == [("Soldadores", ("7212", "7213"))]
    assert table.titles["7213"][0].text == "Chapistas"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="wanted are the columns"):
        read_sinco(path)
