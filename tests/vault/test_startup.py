from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from langbord.vault import keyfiles, keys, startup
from langbord.vault.models import DataKey, KeyCheck

from .models import Note
from .test_keys import other_key

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.usefixtures("note_tables")]


def everything(folder: Path) -> Any:
    files = {path.name: path.read_bytes() for path in folder.glob("*.key")}
    return (
        files,
        list(DataKey.objects.order_by("pk").values()),
        list(KeyCheck.objects.order_by("pk").values()),
    )


def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    before = everything(folder)
    keyfiles.forget()
    with pytest.raises(SystemExit) as stopped:
        startup.verify()
    assert stopped.value.code == 3
    with pytest.raises(SystemExit) as stopped:
        call_command("keycheck")
    assert stopped.value.code == 3
    assert everything(folder) == before
    said = capsys.readouterr().err
    assert "Ingenting er endret" in said
    assert "Nothing has been changed" in said
    return said


def test_a_new_installation_gets_its_key_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    startup.verify()
    assert (folder / "master.key").exists()
    assert (folder / "lookup.key").exists()
    keys.ensure(uuid.uuid4())
    keyfiles.forget()
    startup.verify()
    call_command("keycheck")
    assert "1 i bruk, 0 ødelagt" in capsys.readouterr().out
    call_command("keycheck", "--json")
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("ok", "problem", "keys", "destroyed", "exchange", "waiting", "due")} == {
        "ok": True, "problem": None, "keys": 1, "destroyed": 0, "exchange": "steady", "waiting": 0, "due": None,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["master.key", "lookup.key"])
def test_a_missing_key_file_stops_the_start(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    startup.verify()
    keys.ensure(uuid.uuid4())
    (folder / name).unlink()
    assert f"Nøkkelfila mangler: {folder / name}" in refused(folder, capsys)
    assert not (folder / name).exists()


@pytest.mark.parametrize("name", ["master.key", "lookup.key"])
def test_a_wrong_key_file_stops_the_start(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    startup.verify()
    keys.ensure(uuid.uuid4())
    other_key(folder / name, **({"id": "lookup"} if name == "lookup.key" else {}))
    (folder / "other").unlink()
    assert "ikke den som hører til" in refused(folder, capsys)


def test_an_unreadable_key_file_stops_the_start(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    startup.verify()
    (folder / "master.key").write_text("")
    assert "not a key file" in refused(folder, capsys)


def test_with_a_wrong_master_key_not_even_a_lookup_key_is_made(folder: Path, capsys: Any) -> None:
    keys.ensure(uuid.uuid4())
    other_key(folder / "master.key")
    (folder / "other").unlink()
    refused(folder, capsys)
    assert not (folder / "lookup.key").exists()


def test_sealed_texts_without_their_vault_stop_the_start(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Note.objects.create(sealed_by=uuid.uuid4(), text="ord")
    monkeypatch.setattr(apps, "get_models", lambda: [Note])
    startup.verify()
    DataKey.objects.all().delete()
    KeyCheck.objects.all().delete()
    (folder / "master.key").unlink()
    assert "nøkkelbasen (vault) er tom" in refused(folder, capsys)
    assert not (folder / "master.key").exists()


def test_no_message_shows_a_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    startup.verify()
    keys.ensure(uuid.uuid4())
    content = (folder / "master.key").read_text()
    other_key(folder / "master.key")
    new = json.loads((folder / "master.key").read_text())["key"]
    said = refused(folder, capsys)
    assert new not in said
    assert json.loads(content)["key"] not in said
