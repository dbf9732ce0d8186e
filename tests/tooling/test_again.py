"""What fetches something tries again: a network that stumbles once stops no set-up."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.tooling.files import ROOT

COMMAND = 'echo x >>"$0"; test "$(wc -l <"$0")" -ge "$1"'
"""Works when it is run for the so-manieth time."""


@pytest.mark.parametrize(("works_at", "code", "tries"), [(1, 0, 1), (3, 0, 3), (9, 1, 3)])
def test_a_command_is_tried_three_times(tmp_path: Path, works_at: int, code: int, tries: int) -> None:
    tally = tmp_path / "tally"
    done = subprocess.run(
        [ROOT / "bin/again", "sh", "-c", COMMAND, str(tally), str(works_at)],
        env={**os.environ, "LANGBORD_AGAIN_AFTER": "0 0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert len(tally.read_text().splitlines()) == tries
    assert done.stderr.count("Once more") == tries - 1


def test_whatever_the_set_up_fetches_is_tried_again() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines() + (ROOT / "bin/with-node").read_text().splitlines()
    fetching = [line for line in lines if "pip sync" in line or "npm ci" in line or "pip install" in line]
    assert len(fetching) == 3
    assert [line for line in fetching if "again" not in line] == []
