"""The rooms are tested by themselves: without what upper apps show on their pages."""

from __future__ import annotations

import pytest

from langbord.rooms import hooks


@pytest.fixture(autouse=True)
def no_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "room_panels", [])
    monkeypatch.setattr(hooks, "piece_panels", [])
