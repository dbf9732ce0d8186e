from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from langbord.vault import checks, keyfiles
from langbord.vault.checks import key_files_are_private, vault_is_apart


def test_keys_and_words_are_in_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not vault_is_apart()
    one = {"ENGINE": "x", "NAME": "a"}
    together = SimpleNamespace(DATABASES={"default": one, "vault": one}, DATABASE_ROUTERS=[])
    monkeypatch.setattr(checks, "settings", together)
    assert [e.id for e in vault_is_apart()] == ["vault.E011", "vault.E012"]
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": one}))
    assert [e.id for e in vault_is_apart()] == ["vault.E010"]


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_key_file_that_others_can_read_is_told_of(folder: Path) -> None:
    assert not key_files_are_private()
    keyfiles.master()
    assert not key_files_are_private()
    (folder / "master.key").chmod(0o644)
    assert [w.id for w in key_files_are_private()] == ["vault.W001"]
