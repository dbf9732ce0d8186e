"""After an update: what was built from the older program is built anew before it is served."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tooling.files import ROOT

MAKEFILE = "setup:\n\t@echo made >>made\n"
PYTHON = '#!/bin/sh\necho "$@"\n'


@pytest.mark.parametrize(("command", "made"), [("serve", True), ("keycheck", False)])
def test_what_is_served_is_set_up_first(tmp_path: Path, command: str, made: bool) -> None:
    """A service manager starts it with `bin/langbord serve`, and new pages need the new stylesheet."""
    for folder in (".venv/bin", ".tools/stamps", "requirements", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "bin/langbord", tmp_path / "bin")
    (tmp_path / "requirements/dev.txt").write_text("")
    (tmp_path / ".tools/stamps/python").write_text("")
    (tmp_path / "Makefile").write_text(MAKEFILE)
    python = tmp_path / ".venv/bin/python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    done = subprocess.run(
        [tmp_path / "bin/langbord", command], env={**os.environ}, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"-m langbord {command}\n"
    assert (tmp_path / "made").exists() == made
