"""What the privacy documents point to exists: files, tests, addresses, commands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "privacy"
DOCUMENTS = [
    *sorted(FOLDER.glob("*.md")),
    ROOT / "docs" / "threat-model.md",
    ROOT / "docs" / "decisions" / "0017-received.md",
]

TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:src|docs|tests)/[\w./-]+)`")
ADDRESS = re.compile(r"`(/[a-z/-]+/)`")
COMMAND = re.compile(r"bin/langbord ([a-z-]+)")


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_everything_it_points_to_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    wrong = []
    for file, name in TEST.findall(text):
        path = ROOT / file
        if not path.is_file() or (name and name not in functions(path)):
            wrong.append(f"{file}::{name}")
    wrong += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    wrong += [file for file in FILE.findall(text) if not (ROOT / file).exists()]
    for command in COMMAND.findall(text):
        if command.replace("-", "_") not in get_commands():
            wrong.append(command)
    assert not wrong


def test_addresses_that_are_named_are_there() -> None:
    for document in FOLDER.glob("*.md"):
        for address in ADDRESS.findall(document.read_text(encoding="utf-8")):
            assert resolve(address), f"{document.name}: {address}"


def rows() -> list[list[str]]:
    """The rows of the risk tables: risk, S, A, measures, shown by, S after, A after."""
    text = (FOLDER / "dpia.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return [row for row in cells if len(row) == 7 and row[1].isdigit()]


def test_each_risk_is_weighed_before_and_after_and_shown_by_a_test() -> None:
    found = rows()
    assert len(found) > 20
    for risk, s, a, measures, shown, s_after, a_after in found:
        assert all(1 <= int(number) <= 4 for number in (s, a, s_after, a_after)), risk
        assert int(s_after) * int(a_after) <= int(s) * int(a), risk
        assert measures, risk
        assert TEST.search(shown) or shown == "–", risk


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_empty_line_breaks_a_table_in_two(document: Path) -> None:
    """Rows after one are shown as a line of signs, and not as a table."""
    lines = document.read_text(encoding="utf-8").splitlines()
    assert not [
        after
        for before, empty, after in zip(lines, lines[1:], lines[2:], strict=False)
        if before.startswith("|") and not empty.strip() and after.startswith("|")
    ]


def test_what_remains_highest_is_said_to_remain() -> None:
    """The summary names every risk of eight or more."""
    text = (FOLDER / "dpia.md").read_text(encoding="utf-8")
    summary = text.partition("## 7.")[2].partition("## 8.")[0]
    high = [row[0] for row in rows() if int(row[5]) * int(row[6]) >= 8]
    assert len(high) == summary.count(" × 4)") == 3, high


def test_what_the_municipality_must_do_is_marked() -> None:
    text = (FOLDER / "dpia.md").read_text(encoding="utf-8")
    assert text.count("[FYLL UT]") > 10
    assert text.count("[MÅ KONTROLLERES]") > 5
