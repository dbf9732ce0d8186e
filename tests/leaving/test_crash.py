"""Killed between any two steps, and inside each: what goes is wholly readable or wholly gone, and the sweeper finishes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from langbord.base.personal_data import Way

pytestmark = pytest.mark.slow

KEY_LIVES = ("asked", "inside keep", "keep", "inside destroy")
POINTS = (*KEY_LIVES, "destroy", "inside erase", "erase", "settle")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[Any, Any]:
    folder = tmp_path_factory.mktemp("leaving")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LANGBORD_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.leaving.crash", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "PYTHONPATH": os.pathsep.join(["src", "."])},
        cwd=Path(__file__).resolve().parents[2],
        timeout=1800,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return {
        "before": lines[0],
        **{(line["way"], line["point"]): line for line in lines[1:-1]},
        "restored": lines[-1],
    }


def test_the_search_finds_what_is_there(cases: dict[Any, Any]) -> None:
    """Before anybody leaves, every ciphertext is in the files: so finding none later means something."""
    assert cases["before"]["residue"] == cases["before"]["sealed"] > 5


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("point", POINTS)
def test_killed_there(cases: dict[Any, Any], way: str, point: str) -> None:
    case, total = cases[(way, point)], cases["before"]
    after, end = case["after"], case["end"]
    assert case["killed"]
    lives = point in KEY_LIVES
    # What is to go: all of it, or none of it.
    assert after["draft"] == (1 if lives else 0)
    assert after["name"] is lives
    if way == Way.TAKE:
        assert after["shared"] == (total["shared"] if lives else 0)
    else:
        assert after["shared"] == total["shared"]
    # Another's words, at every moment.
    assert after["other"] == end["other"] == total["other"]
    # And then it is finished, once.
    assert case["swept"] == (0 if point in ("erase", "settle") else 1)
    assert case["again"] == 0
    assert (end["person"], end["draft"], end["partings"], end["receipts"]) == (False, 0, 0, 1)
    assert end["shared"] == (total["shared"] if way == Way.KEEP else 0)
    assert case["residue"] == 0


def test_an_older_backup_of_the_words_brings_nobody_back(cases: dict[Any, Any]) -> None:
    case, total = cases["restored"], cases["before"]
    back, end = case["back"], case["end"]
    assert (back["person"], back["name"], back["draft"], back["shared"]) == (True, False, 0, 0)
    assert case["said"] == ["1 som hadde sluttet, kom tilbake med kopien. De er borte igjen.", ""]
    assert (end["person"], end["partings"], end["receipts"]) == (False, 0, 0)
    assert end["other"] == total["other"]
