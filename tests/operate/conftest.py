from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from langbord.vault import keyfiles

from .running import MAKE, PERSON, python, told

SHRED = "import sys, uuid; from langbord.vault import keys; keys.destroy(uuid.UUID(sys.argv[1]))"


@dataclass(frozen=True)
class World:
    """An installation with a history: a backup, one more person, a backup, a person shredded, a backup."""

    folder: Path
    first: dict[str, Any]
    second: dict[str, Any]
    third: dict[str, Any]
    shredded: UUID

    def copy(self, to: Path) -> World:
        shutil.copytree(self.folder, to)
        old, new = str(self.folder), str(to)

        def moved(told_: dict[str, Any]) -> dict[str, Any]:
            return {k: v.replace(old, new) if isinstance(v, str) else v for k, v in told_.items()}

        return World(to, moved(self.first), moved(self.second), moved(self.third), self.shredded)


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("installation") / "data"
    folder.mkdir()
    python(folder, MAKE)
    shredded = python(folder, PERSON, "Per", "Kari").stdout.split()[0]
    (folder / "files").mkdir()
    (folder / "files" / "0b5e").write_bytes(b"sealed elsewhere" * 100)
    (folder / "content" / "staff").mkdir(parents=True)
    (folder / "content" / "staff" / "ours.yaml").write_text("key: ours\n", "utf-8")
    first = told(folder, "backup")
    python(folder, PERSON, "Nils")
    second = told(folder, "backup")
    python(folder, SHRED, shredded)
    third = told(folder, "backup")
    return World(folder, first, second, third, UUID(shredded))


@pytest.fixture
def world(history: World, tmp_path: Path) -> World:
    """A copy of it, for the test to do as it likes with."""
    return history.copy(tmp_path / "data")


@pytest.fixture
def here(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same, with this process's settings pointing there, for what needs no process of its own."""
    monkeypatch.delenv("LANGBORD_MASTER_KEY_FILE", raising=False)
    settings.LANGBORD_MASTER_KEY_FILE = None
    settings.DATA_DIR = world.folder
    settings.LEDGER_COPIES = [
        world.folder / "backups" / kind / "shredded.ledger" for kind in ("data", "vault")
    ]
    keyfiles.forget()
    yield world
    keyfiles.forget()
