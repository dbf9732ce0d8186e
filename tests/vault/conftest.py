from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from langbord.vault import keyfiles

from .models import ALL


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own, where no key file has been made yet."""
    monkeypatch.delenv("LANGBORD_MASTER_KEY_FILE", raising=False)
    settings.LANGBORD_MASTER_KEY_FILE = None
    settings.DATA_DIR = tmp_path
    keyfiles.forget()
    yield tmp_path
    keyfiles.forget()


@pytest.fixture(scope="session")
def note_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connections["default"].schema_editor() as editor:
            for model in ALL:
                editor.create_model(model)
        connections["default"].close()
    yield
    with django_db_blocker.unblock(), connections["default"].schema_editor() as editor:
        for model in ALL:
            editor.delete_model(model)
