"""The full proof: whoever leaves with everything is gone from every file, page, export, log and backup; nobody else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .figures import judged, live

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("proof")
    return live(folder)


def test_every_figure_holds(seen: dict[str, Any]) -> None:
    assert {name: figure for name, figure in judged(seen).items() if not figure["holds"]} == {}, seen


def test_the_oldest_keys_are_refused_for_the_right_reason(seen: dict[str, Any]) -> None:
    assert seen["oldest_keys_said"] == "master-wrong"
