"""Backups that are not what they should be: a clear message, an exit code that is not zero, and nothing touched."""

from __future__ import annotations

import json
import shutil
import tarfile
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from langbord.operate import manifest, restoring, swap
from langbord.operate.errors import Refused
from langbord.operate.restoring import Request
from langbord.vault import keyfiles

from .conftest import World
from .running import everything, langbord_


def request_of(world: World, into: Path, **more: Any) -> Request:
    given: dict[str, Any] = {
        "data": Path(world.third["data"]),
        "vault": Path(world.third["vault"]),
        "into": into,
        "master": world.folder / "master.key",
        "lookup": world.folder / "lookup.key",
    }
    return Request(**(given | more))


def refused(world: World, tmp_path: Path, code: str, **more: Any) -> Refused:
    """The restore is refused for this reason, and neither the installation nor the target has changed."""
    into = more.pop("into", tmp_path / "new")
    before, target = everything(world.folder), everything(into)
    with pytest.raises(Refused) as found:
        restoring.restore(request_of(world, into, **more))
    assert found.value.code == code, str(found.value)
    assert everything(world.folder) == before
    assert everything(into) == target
    assert not list(into.glob(f"{swap.STAGE}*"))
    assert found.value.nb != found.value.en
    return found.value


def flipped(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)


def member(path: Path, name: str) -> int:
    """Where a file begins in a backup."""
    with tarfile.open(path) as tar:
        return tar.getmember(name).offset_data


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit in the database": lambda p: flipped(p, member(p, "langbord.sqlite3") + 5000),
    "its last byte": lambda p: flipped(p, member(p, "files/0b5e") + 1599),
    "a bit in the list of contents": lambda p: flipped(p, member(p, "manifest.json") + 40),
    "a header": lambda p: flipped(p, 10),
    "cut off": lambda p: p.write_bytes(p.read_bytes()[: p.stat().st_size // 2]),
    "empty": lambda p: p.write_bytes(b""),
    "something else": lambda p: p.write_text("hello"),
    "gone": lambda p: p.unlink(),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_backup(here: World, tmp_path: Path, how: str) -> None:
    path = Path(shutil.copy(here.third["data"], tmp_path / "bad.tar"))
    DAMAGE[how](path)
    error = refused(here, tmp_path, "damaged", data=path)
    assert str(path) in error.nb
    if how != "gone":
        assert "Ingenting er endret" in error.nb


def test_something_smuggled_into_a_backup(here: World, tmp_path: Path) -> None:
    path = Path(shutil.copy(here.third["data"], tmp_path / "more.tar"))
    with tarfile.open(path, "a") as tar:
        info = tarfile.TarInfo("../escaped")
        info.size = 4
        tar.addfile(info, BytesIO(b"evil"))
    refused(here, tmp_path, "damaged", data=path)
    assert not list(tmp_path.rglob("escaped"))


def test_the_two_mixed_up(here: World, tmp_path: Path) -> None:
    data, vault = Path(here.third["data"]), Path(here.third["vault"])
    assert "byttet om" in refused(here, tmp_path, "kind", data=vault, vault=data).nb
    refused(here, tmp_path, "kind", vault=data)


def rewritten(path: Path, target: Path, **changes: Any) -> Path:
    """The same backup with other things in its list of contents, rightly signed."""
    with tarfile.open(path) as old, tarfile.open(target, "w") as new:
        for info in old:
            file = old.extractfile(info)
            assert file is not None
            raw = file.read()
            if info.name == manifest.NAME:
                made = manifest.from_bytes(raw)
                for name, value in changes.items():
                    setattr(made, name, value)
                raw = made.to_bytes()
                info.size = len(raw)
            new.addfile(info, BytesIO(raw))
    return target


@pytest.mark.parametrize(
    "changes", [{"product": "99.0"}, {"format": 2}, {"migrations": {"people": ["0999_from_the_future"]}}]
)
def test_a_backup_of_a_newer_product(here: World, tmp_path: Path, changes: dict[str, Any]) -> None:
    newer = rewritten(Path(here.third["data"]), tmp_path / "newer.tar", **changes)
    assert "Oppdater Langbord først" in refused(here, tmp_path, "newer", data=newer).nb


def test_words_and_keys_of_two_installations(here: World, tmp_path: Path) -> None:
    other = rewritten(Path(here.third["vault"]), tmp_path / "other.tar", installation=str(uuid.uuid4()))
    assert "forskjellige installasjoner" in refused(here, tmp_path, "pair", vault=other, accept=True).nb


def test_no_master_key(here: World, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.key"
    assert str(missing) in refused(here, tmp_path, "master-missing", master=missing).nb
    (tmp_path / "torn.key").write_text('{"id": "x"')
    refused(here, tmp_path, "master-missing", master=tmp_path / "torn.key")
    refused(here, tmp_path, "lookup", lookup=missing)


def test_an_old_master_key(here: World, tmp_path: Path) -> None:
    """The keys were copied after the master key was exchanged, and the file is the one from before."""
    old = here.folder / "master.key"
    retired = {keyfiles.master_path().name: "", json.loads(old.read_text())["id"]: "2026-11-20", "new": None}
    later = rewritten(Path(here.third["vault"]), tmp_path / "later.tar", masters=retired)
    assert "Hovednøkkelen er gammel" in refused(here, tmp_path, "master-old", vault=later).nb


def test_a_backup_of_keys_from_before_the_master_key_was_exchanged(here: World, tmp_path: Path) -> None:
    new = keyfiles.make(tmp_path / "new.key", str(uuid.uuid4()))
    error = refused(here, tmp_path, "master-wrong", master=new.path)
    assert "slik skal det være" in error.nb


def test_a_master_key_with_the_right_id_and_the_wrong_key(here: World, tmp_path: Path) -> None:
    forged = keyfiles.make(
        tmp_path / "forged.key", json.loads((here.folder / "master.key").read_text())["id"]
    )
    assert "ikke den som hører til" in refused(here, tmp_path, "unsound", master=forged.path, accept=True).nb


def test_a_row_that_is_missing_in_the_copy(here: World, tmp_path: Path) -> None:
    made = manifest.from_bytes(archive_list(Path(here.third["data"])))
    fewer = rewritten(
        Path(here.third["data"]),
        tmp_path / "f.tar",
        rows=made.rows | {"people_person": made.rows["people_person"] + 1},
    )
    assert "people_person" in refused(here, tmp_path, "unsound", data=fewer, accept=True).nb


def archive_list(path: Path) -> bytes:
    with tarfile.open(path) as tar:
        file = tar.extractfile(manifest.NAME)
        assert file is not None
        return file.read()


def test_while_somebody_is_serving_from_the_folder(here: World, tmp_path: Path) -> None:
    into = tmp_path / "served"
    handle = swap.hold(into)
    try:
        assert "Stopp den først" in refused(here, tmp_path, "running", into=into).nb
    finally:
        import os

        os.close(handle)


def test_nothing_is_served_while_it_is_being_restored(tmp_path: Path) -> None:
    with swap.alone(tmp_path), pytest.raises(Refused) as found:
        swap.hold(tmp_path)
    assert found.value.code == "running"


def test_in_the_terminal(history: World, tmp_path: Path) -> None:
    bad = tmp_path / "bad.tar"
    bad.write_text("hello")
    given = ["--data", str(bad), "--vault", history.third["vault"], "--into", str(tmp_path / "new")]
    done = langbord_(history.folder, "restore", *given)
    assert done.returncode == 1
    assert "skadet" in done.stderr
    assert "Traceback" not in done.stderr
    drilled = langbord_(history.folder, "drill", *given[:4], "--json")
    assert drilled.returncode == 1
    assert json.loads(drilled.stdout.splitlines()[0])["code"] == "damaged"
