"""The files of the repository, for the tests that read them all."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    """Tracked files that are there now; without git (an unpacked archive), every file outside what is fetched."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
        found = [ROOT / name for name in told.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        fetched = {".venv", ".tools", "node_modules", "var", "build", ".git"}
        found = [p for p in ROOT.rglob("*") if not fetched & set(p.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


def text_of(path: Path) -> str | None:
    """None for what is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None
